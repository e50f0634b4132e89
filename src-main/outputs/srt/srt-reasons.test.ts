import { describe, expect, it } from 'vitest'
import { reasonOfEnd, rejectionOf } from './srt-reasons.ts'

/** What FFmpeg 5.1.9 (Debian) and 7.0 really write, without the lines that say nothing. */
const ended = (stderrTail: string, open = false) => reasonOfEnd({ spawned: true, stderrTail, open })

describe('what FFmpeg says at its end', () => {
  it.each([
    ['another passphrase, FFmpeg 5', 'passphrase-wrong', '21:03:15.385313/SRT:RcvQ:w1!W:SRT.cn: processAsyncConnectRequest: REJECT reported from HS processing: Incorrect passphrase - not processing further\n[srt @ 0x5569e4a2bfc0] [error] Connection to srt://127.0.0.1:9912?mode=caller failed: Input/output error\n[error] srt://127.0.0.1:9912?mode=caller: Input/output error\n'],
    ['another passphrase, FFmpeg 7', 'passphrase-wrong', '21:03:24.057590/SRT:RcvQ:w1!W:SRT.cn: @338045365: processConnectResponse: rejecting per reception of a rejection HS response: ERROR:BADSECRET\n[srt @ 0x559c26be4480] [error] Connection to srt://127.0.0.1:9912?mode=caller failed: Input/output error\n'],
    ['no passphrase where one is needed, FFmpeg 5', 'passphrase-wrong', '21:03:15.490686/SRT:RcvQ:w1!W:SRT.cn: processAsyncConnectRequest: REJECT reported from HS processing: Password required or unexpected - not processing further\n'],
    ['no passphrase where one is needed, FFmpeg 7', 'passphrase-wrong', 'processConnectResponse: rejecting per reception of a rejection HS response: ERROR:UNSECURE\n'],
    ['a passphrase that is too short', 'passphrase-wrong', '[srt @ 0x55ae61454f00] [error] failed to set option SRTO_PASSPHRASE on socket: Operation not supported: Bad parameters\n[error] srt://127.0.0.1:9912?mode=caller: Input/output error\n'],
    ['nobody answers', 'connect-timeout', '[srt @ 0x561bcb05bfc0] [error] Connection to srt://127.0.0.1:9913?mode=caller failed: Input/output error\n[error] srt://127.0.0.1:9913?mode=caller: Input/output error\n'],
    ['an unknown name', 'name-not-resolved', '[srt @ 0x55fd7c90e000] [error] Failed to resolve hostname no-such-host.invalid: Name or service not known\n'],
    ['a port that is taken', 'port-taken', '[srt @ 0x559a46865fc0] [error] Connection setup failure: unable to create/configure SRT socket\n[error] srt://127.0.0.1:9914?mode=listener: Address already in use\n'],
    ['an FFmpeg without SRT', 'ffmpeg-missing', '[error] srtx://127.0.0.1:9914?mode=listener: Protocol not found\n'],
    ['secrets that are gone', 'ffmpeg-failed', "[fatal] File for preset '/nonexist' not found\n"],
    ['nothing', 'ffmpeg-failed', ''],
  ])('%s', (_, reason, text) => expect(ended(text).reason).toBe(reason))

  it('is a lost connection once media has flowed', () => {
    expect(ended('[error] av_interleaved_write_frame(): Input/output error\n', true).reason).toBe('connection-lost')
  })
  it('says that FFmpeg could not be started', () => {
    expect(reasonOfEnd({ spawned: false, stderrTail: 'spawn ffmpeg ENOENT', open: false })).toMatchObject({ reason: 'ffmpeg-missing', evidence: 'spawn ffmpeg ENOENT' })
  })
  it('quotes no secret, however long, when an FFmpeg without SRT prints what it does not know', () => {
    const streamId = `#!::r=live/show,s=${'0123456789abcdef'.repeat(24)}`
    const said = `[fatal] /tmp/castwright-srt-x/options.ffpreset: Invalid option or argument: 'srt_streamid=${streamId}\n', parsed as 'srt_streamid' = '${streamId}'\n`
    const { reason, evidence } = reasonOfEnd({ spawned: true, stderrTail: said, open: false, secrets: ['', streamId] })
    expect(reason).toBe('ffmpeg-missing')
    expect(evidence).toContain('Invalid option or argument')
    expect(evidence).not.toContain('0123456789')
  })
  it('quotes what matters, without memory addresses', () => {
    expect(ended('[info] Input #0\n[srt @ 0x561bcb05bfc0] [error] Connection to srt://127.0.0.1:1 failed: x\n').evidence).toBe('[srt] [error] Connection to srt://127.0.0.1:1 failed: x')
  })
})

describe('a refusal in the handshake', () => {
  it.each([[10, 'passphrase-wrong'], [11, 'passphrase-wrong'], [2, 'connect-rejected'], [5, 'server-busy'], [1401, 'key-rejected'], [1404, 'endpoint-not-found'], [77, 'connect-rejected']])('with code %i', (code, reason) =>
    expect(rejectionOf(code).reason).toBe(reason))
})
