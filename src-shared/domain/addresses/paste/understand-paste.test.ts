import { describe, expect, it } from 'vitest'
import { TENCENT_WHIP_ADDRESS } from '../platform.ts'
import { understandPaste } from './understand-paste.ts'
import type { PastedPlace } from './paste-result.ts'

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoxfQ.c2lnbmF0dXJl'
const rtmp = (address: string, key = '') => ({ ok: true, kind: 'rtmp', address, key })
const whip = (address: string, key = '') => ({ ok: true, kind: 'whip', address, key })
const srt = (address: string, key = '', passphrase = '', options: PastedPlace['srt'] = {}) => ({ ok: true, kind: 'srt', address, key, passphrase, srt: options })

const UNDERSTOOD: [what: string, text: string, expected: object][] = [
  // Server and key
  ['server and key on two lines', 'rtmp://live.example.com/app\nabcd-1234-efgh', rtmp('rtmp://live.example.com/app', 'abcd-1234-efgh')],
  ['server and key on one line', 'rtmp://live.example.com/app abcd-1234', rtmp('rtmp://live.example.com/app', 'abcd-1234')],
  ['the last slash of an application', 'rtmp://live.example.com/app/\nabcd-1234', rtmp('rtmp://live.example.com/app', 'abcd-1234')],
  ['a plain word as a key', 'rtmp://live.example.com/app/\nmystream', rtmp('rtmp://live.example.com/app', 'mystream')],
  ['application and instance with a key apart', 'rtmp://live.example.com/app/instance\nk3y', rtmp('rtmp://live.example.com/app/instance', 'k3y')],
  ['a whole address', 'rtmp://live.example.com/app/abcd-1234', rtmp('rtmp://live.example.com/app', 'abcd-1234')],
  ['a whole address with a query', 'rtmps://live.example.com:443/app/abcd?token=x%2Fy&e=1', rtmp('rtmps://live.example.com:443/app', 'abcd?token=x%2Fy&e=1')],
  ['an address without a key', 'rtmps://a.rtmps.youtube.com:443/live2', rtmp('rtmps://a.rtmps.youtube.com:443/live2')],
  ['a query of the server, and a key', 'rtmps://b.rtmps.youtube.com:443/live2?backup=1\nabcd-efgh-ijkl', rtmp('rtmps://b.rtmps.youtube.com:443/live2?backup=1', 'abcd-efgh-ijkl')],
  ['a key that is a query alone', 'rtmp://live-push.bilivideo.com/live-bvc/\n?streamname=live_1_2&key=abc&schedule=rtmp', rtmp('rtmp://live-push.bilivideo.com/live-bvc', '?streamname=live_1_2&key=abc&schedule=rtmp')],
  ['a template with a place for the key', 'rtmp://fra05.contribute.live-video.net/app/{stream_key}', rtmp('rtmp://fra05.contribute.live-video.net/app')],
  ['words of thanks behind a whole address', 'rtmp://h.example/app/key-1\nThanks', rtmp('rtmp://h.example/app', 'key-1')],
  ['a sentence around an address', 'Please stream to rtmp://h.example/app/key-1, then call me back.', rtmp('rtmp://h.example/app', 'key-1')],
  ['the key in both places', 'Server: rtmp://h.example/app/key-1\nKey: key-1', rtmp('rtmp://h.example/app', 'key-1')],
  ['capital letters in the scheme', 'RTMP://H.example/app\nk1', rtmp('RTMP://H.example/app', 'k1')],
  // Labels
  ['English labels', 'Server: rtmp://h.example/live\nStream key: abcd-1234', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['labels in one line', 'Server: rtmp://h.example/live Stream key: abcd-1234', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['labels with remarks', 'Server URL (RTMPS):\n  rtmps://h.example/live\nStream Key (keep it secret):\n  abcd-1234', rtmp('rtmps://h.example/live', 'abcd-1234')],
  ['labels on lines of their own', 'Stream URL\nrtmp://h.example/live\n\nStream Key\nabcd-1234', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['the key first', 'Stream key = abcd-1234\nIngest URL = rtmp://h.example/live', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['columns of a table', 'Server\trtmp://h.example/live\nStream Key\tabcd-1234', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['a key in words of a chat', 'stream key abcd-1234\nserver rtmp://h.example/live', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['a list in Markdown', '- **Server**: `rtmp://h.example/live`\n- **Stream key**: `abcd-1234`'.replaceAll('**', ''), rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['Chinese labels', '推流地址：rtmp://h.example/live\n串流密钥：abcd-1234', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['Chinese labels in one line', '服务器：rtmp://h.example/live 推流码：abcd-1234', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['Chinese labels with values below', '服务器地址\nrtmp://h.example/live\n直播码\n?streamname=a&key=b', rtmp('rtmp://h.example/live', '?streamname=a&key=b')],
  ['a playback address beside it', '推流地址：rtmp://push.example/live/room1?txSecret=a&txTime=b\n播放地址：http://play.example/live/room1.flv', { ...rtmp('rtmp://push.example/live', 'room1?txSecret=a&txTime=b'), ignored: [{ what: 'playback' }] }],
  ['a backup beside it', 'Backup server: rtmps://b.example/live2?backup=1\nPrimary server: rtmps://a.example/live2\nStream key: k-1', { ...rtmp('rtmps://a.example/live2', 'k-1'), ignored: [{ what: 'backup' }] }],
  // Wrappings
  ['quotes', '"rtmp://h.example/live" "abcd-1234"', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['curly quotes', '“rtmp://h.example/live/abcd-1234”', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['angle brackets', '<rtmp://h.example/live/abcd-1234>', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['HTML entities', 'rtmp://h.example/live/room?a=1&amp;b=2', rtmp('rtmp://h.example/live', 'room?a=1&b=2')],
  ['entities escaped twice', 'rtmp://h.example/live/room?a=1&amp;amp;b=2', rtmp('rtmp://h.example/live', 'room?a=1&b=2')],
  ['numbers as entities', 'rtmp:&#47;&#x2F;h.example/live/room', rtmp('rtmp://h.example/live', 'room')],
  ['white space and invisible marks', '\u00a0\u200b  rtmp://h.example/live/ab\u200bcd-1234 \r\n\r\n', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['lines of Windows', 'rtmp://h.example/live\r\nabcd-1234\r\n', rtmp('rtmp://h.example/live', 'abcd-1234')],
  ['a command of FFmpeg', 'ffmpeg -re -i https://h.example/in.mp4 -c copy -f flv "rtmp://h.example/live/abcd-1234"', rtmp('rtmp://h.example/live', 'abcd-1234')],
  // WHIP
  ['a WHIP address', 'https://h.example/whip/room-1', whip('https://h.example/whip/room-1')],
  ['a WHIP address and a token', `https://h.example/whip\n${TOKEN}`, whip('https://h.example/whip', TOKEN)],
  ['Bearer', `https://h.example/whip Bearer ${TOKEN}`, whip('https://h.example/whip', TOKEN)],
  ['a header', `WHIP URL: https://h.example/whip\nAuthorization: Bearer ${TOKEN}`, whip('https://h.example/whip', TOKEN)],
  ['labels of a token', `Server: https://h.example/whip\nBearer Token: ${TOKEN}`, whip('https://h.example/whip', TOKEN)],
  ['Chinese labels of a token', `服务器：https://h.example/whip\n令牌：${TOKEN}`, whip('https://h.example/whip', TOKEN)],
  ['a curl command', `curl -v -X POST 'https://h.example/whip?room=1' \\\n  -H "Authorization: Bearer ${TOKEN}" \\\n  -H 'Content-Type: application/sdp' --data-binary @offer.sdp`, whip('https://h.example/whip?room=1', TOKEN)],
  ['JSON', JSON.stringify({ url: 'https://h.example/whip', token: TOKEN }), whip('https://h.example/whip', TOKEN)],
  ['JSON with the word Bearer', JSON.stringify({ whipUrl: 'https://h.example/whip', authorization: `Bearer ${TOKEN}` }), whip('https://h.example/whip', TOKEN)],
  ['JSON of RTMP', JSON.stringify({ ingest_url: 'rtmps://h.example/live', stream_key: 'k-1' }), rtmp('rtmps://h.example/live', 'k-1')],
  ['nested JSON with playback', JSON.stringify({ result: { webRTCPlayback: { url: 'https://h.example/play' }, webRTC: { url: 'https://h.example/publish' } } }), whip('https://h.example/publish')],
  ['several ways in one JSON', JSON.stringify({ rtmps: { url: 'rtmps://h.example/live/', streamKey: 'k-1' }, srt: { url: 'srt://h.example:778', streamId: 's', passphrase: '0123456789' } }), { ...rtmp('rtmps://h.example/live', 'k-1'), ignored: [{ what: 'more-addresses', detail: '1' }] }],
  ['JSON in a sentence', `Answer: ${JSON.stringify({ url: 'https://h.example/whip', bearer_token: TOKEN })}`, whip('https://h.example/whip', TOKEN)],
  ['the secret beside the object of the address', JSON.stringify({ ingest: { endpoint: 'rtmps://h.example/app' }, credentials: { streamKey: 'k-1' } }), rtmp('rtmps://h.example/app', 'k-1')],
  ['whips://', 'whips://h.example/whip', whip('https://h.example/whip')],
  ['user info, which is the token', 'https://user:pass@h.example/whip', { ...whip('https://h.example/whip', 'Basic dXNlcjpwYXNz'), ignored: [] }],
  ['user info beside a token, which is left out', `https://user:pass@h.example/whip ${TOKEN}`, { ...whip('https://h.example/whip', TOKEN), ignored: [{ what: 'user-info' }] }],
  ['user info of a playlist, which is left out', 'https://user:pass@h.example/a.m3u8', { ok: true, kind: 'hls', address: 'https://h.example/a.m3u8', key: '', ignored: [{ what: 'user-info' }] }],
  ['a signed webrtc:// address', 'webrtc://push.example.com/live/room1?txSecret=ab&txTime=5F', whip(TENCENT_WHIP_ADDRESS, 'webrtc://push.example.com/live/room1?txSecret=ab&txTime=5F')],
  ['a WHIP address with a signed webrtc:// address as its token', `服务器: ${TENCENT_WHIP_ADDRESS}\n令牌: webrtc://p.example/live/a?txSecret=b&txTime=c`, whip(TENCENT_WHIP_ADDRESS, 'webrtc://p.example/live/a?txSecret=b&txTime=c')],
  // SRT
  ['an SRT address', 'srt://h.example:9000', srt('srt://h.example:9000')],
  ['SRT with options', 'srt://h.example:9000?streamid=room&passphrase=0123456789&latency=120&pbkeylen=32&mode=caller', srt('srt://h.example:9000', 'room', '0123456789', { latencyMs: 120, keyLength: 32, mode: 'caller' })],
  ['the access-control syntax', 'srt://h.example:10080?streamid=#!::r=live/livestream,m=publish', srt('srt://h.example:10080', '#!::r=live/livestream,m=publish')],
  ['SRT with labels', 'Server: srt://h.example:9000\nStream ID: room\nPassphrase: 0123456789\nLatency: 300 ms', srt('srt://h.example:9000', 'room', '0123456789', {})],
  ['an option that is not taken', 'srt://h.example:9000?streamid=a&pkt_size=1316', { ...srt('srt://h.example:9000', 'a'), ignored: [{ what: 'option', detail: 'pkt_size' }] }],
  ['SRT in a command', "ffmpeg -re -i in.mp4 -f mpegts 'srt://127.0.0.1:10080?streamid=#!::r=live/a,m=publish'", srt('srt://127.0.0.1:10080', '#!::r=live/a,m=publish')],
  // HLS
  ['an HLS address', 'https://h.example/up/stream.m3u8', { ok: true, kind: 'hls', address: 'https://h.example/up/stream.m3u8' }],
  ['an HLS address of YouTube', 'https://a.upload.youtube.com/http_upload_hls?cid=abcd&copy=0&file=out.m3u8', { ok: true, kind: 'hls', address: 'https://a.upload.youtube.com/http_upload_hls?cid=abcd&copy=0&file=out.m3u8' }],
  ['a folder', '/home/ann/My streams', { ok: true, kind: 'hls', address: '/home/ann/My streams' }],
  ['a folder of Windows', '"C:\\Streams\\today"', { ok: true, kind: 'hls', address: 'C:\\Streams\\today' }],
]

const NOT_UNDERSTOOD: [what: string, text: string, expected: object][] = [
  ['nothing', ' \n ', { problem: 'empty' }],
  ['10,000 characters', `rtmp://h.example/app/${'k'.repeat(10_000)}`, { problem: 'too-long' }],
  ['control characters', 'rtmp://h.example/app/ke\u0000y', { problem: 'control-characters' }],
  ['an escape sequence', '\u001b[31mrtmp://h.example/app', { problem: 'control-characters' }],
  ['words', 'how do I go live?', { problem: 'no-address' }],
  ['a host alone', 'live.example.com', { problem: 'no-address' }],
  ['a key alone', 'abcd-1234-efgh-5678', { problem: 'only-secret', secret: 'abcd-1234-efgh-5678' }],
  ['a labelled key alone', 'Stream key: mykey', { problem: 'only-secret', secret: 'mykey' }],
  ['a token alone', `Bearer ${TOKEN}`, { problem: 'only-secret', secret: TOKEN }],
  ['an address for watching', '播放地址：http://play.example/live/room1.flv', { problem: 'playback-address' }],
  ['a WHEP address', 'https://h.example/live/whep', { problem: 'playback-address' }],
  ['a scheme that cannot be sent to', 'rtsp://h.example/live', { problem: 'scheme', scheme: 'rtsp' }],
  ['no application', 'rtmp://h.example', { problem: 'address', reason: 'address-invalid', evidence: 'no application after the host' }],
  ['no port', 'srt://h.example', { problem: 'address', reason: 'address-invalid', evidence: 'there is no port' }],
  ['user info of RTMP', 'rtmp://user:hush@h.example/app/key', { problem: 'address', reason: 'address-invalid' }],
]

describe('understandPaste', () => {
  it.each(UNDERSTOOD)('understands %s', (_what, text, expected) => {
    const { srt: options, ...rest } = expected as { srt?: object }
    const result = understandPaste(text)
    expect(result).toMatchObject(rest)
    if (options && Object.keys(options).length > 0) expect(result).toMatchObject({ srt: options })
  })

  it('reads a latency with its unit', () => {
    expect(understandPaste('Server: srt://h.example:9000\nLatency: 300 ms')).toMatchObject({ srt: { latencyMs: 300 }, found: ['address', 'latency'] })
  })

  it('says what it found', () => {
    expect(understandPaste('srt://h:9000?streamid=a&passphrase=0123456789&mode=caller')).toMatchObject({ found: ['address', 'streamId', 'passphrase', 'mode'] })
    expect(understandPaste(`https://h.example/whip Bearer ${TOKEN}`)).toMatchObject({ found: ['address', 'token'] })
  })

  it.each(NOT_UNDERSTOOD)('says what is wrong with %s', (_what, text, expected) => {
    expect(understandPaste(text)).toMatchObject({ ok: false, ...expected })
  })

  it('quotes nothing secret in a problem', () => {
    for (const text of ['rtmp://user:hush@h.example/app/hush', 'srt://h.example?passphrase=hushhushhush', 'rtsp://h.example/hush']) expect(JSON.stringify(understandPaste(text))).not.toContain('hush')
  })

  it('ends soon on hostile text', () => {
    for (const piece of ['Key: ', '{"url":', 'rtmp://', '&amp;', 'stream key (', '推流地址', '((((', '- - - '])
      expect(understandPaste(piece.repeat(Math.floor(7900 / piece.length))).ok).toBe(false)
  })
})
