import { parse } from 'sdp-transform'
import { describe, expect, it } from 'vitest'
import { RECORDED_ANSWER, RECORDED_OFFER } from './recorded-sdp-sample.ts'
import { answerToApply, checkAnswer, iceCredentials, offerToSend, restartedAnswer } from './sdp-edit.ts'

const fmtp = (sdp: string, codec: string): string => {
  const media = parse(sdp).media.find(({ rtp }) => rtp.some((each) => each.codec.toLowerCase() === codec))
  const payload = media?.rtp.find((each) => each.codec.toLowerCase() === codec)?.payload
  return media?.fmtp.find((each) => each.payload === payload)?.config ?? ''
}
const lines = (sdp: string, start: string): string[] => sdp.split('\r\n').filter((line) => line.startsWith(start))

describe('offerToSend', () => {
  const sent = offerToSend(RECORDED_OFFER, { audioKbps: 160, complete: true })

  it('says rtcp-mux-only in each section, besides rtcp-mux, once', () => {
    expect(lines(RECORDED_OFFER, 'a=rtcp-mux-only')).toHaveLength(0)
    expect(lines(sent, 'a=rtcp-mux-only')).toHaveLength(2)
    expect(lines(sent, 'a=rtcp-mux').filter((line) => line === 'a=rtcp-mux')).toHaveLength(2)
  })

  it('is a sendonly offer of one stream that leaves the role to the server', () => {
    expect(lines(sent, 'a=sendonly')).toHaveLength(2)
    expect(lines(sent, 'a=setup:actpass')).toHaveLength(2)
    expect(new Set(lines(sent, 'a=msid:').map((line) => line.split(/[: ]/)[1])).size).toBe(1)
    expect(lines(sent, 'a=group:BUNDLE')).toEqual(['a=group:BUNDLE 0 1'])
  })

  it('offers stereo with in-band FEC at the wanted rate, and keeps what was said before', () => {
    expect(fmtp(sent, 'opus').split(';')).toEqual(['minptime=10', 'useinbandfec=1', 'stereo=1', 'sprop-stereo=1', 'maxaveragebitrate=160000'])
  })

  it('loses nothing of what Chromium wrote', () => {
    const before = new Set(RECORDED_OFFER.split('\r\n').filter((line) => !line.startsWith('a=fmtp:111')))
    const after = new Set(sent.split('\r\n'))
    expect([...before].filter((line) => !after.has(line))).toEqual([])
  })

  it('tells the end of the candidates only when it is the end', () => {
    expect(lines(sent, 'a=end-of-candidates').length).toBeGreaterThan(0)
    expect(lines(offerToSend(RECORDED_OFFER, { audioKbps: 160, complete: false }), 'a=end-of-candidates')).toEqual([])
  })
})

describe('answerToApply', () => {
  const applied = answerToApply(RECORDED_ANSWER, { startKbps: 2400.4, audioKbps: 128 })

  it('starts the estimate at the wanted rate, and forces no least rate unless it is told to', () => {
    expect(fmtp(applied, 'h264')).toContain('x-google-start-bitrate=2400')
    expect(applied).not.toContain('x-google-min-bitrate')
    expect(fmtp(answerToApply(RECORDED_ANSWER, { startKbps: 2500, minKbps: 2500, audioKbps: 128 }), 'h264')).toContain('x-google-min-bitrate=2500')
    expect(fmtp(applied, 'rtx')).toMatch(/^apt=\d+$/)
  })

  it('offers and wants one channel where that is asked for', () => {
    expect(fmtp(offerToSend(RECORDED_OFFER, { audioKbps: 50, audioChannels: 1, complete: true }), 'opus').split(';')).toEqual(['minptime=10', 'useinbandfec=1', 'stereo=0', 'sprop-stereo=0', 'maxaveragebitrate=50000'])
    expect(fmtp(answerToApply(RECORDED_ANSWER, { startKbps: 2400, audioKbps: 50, audioChannels: 1 }), 'opus')).toContain('stereo=0')
  })

  it('wants stereo where the server is silent, and obeys it where it is not', () => {
    expect(fmtp(applied, 'opus')).toContain('stereo=1')
    const mono = RECORDED_ANSWER.replace('minptime=10', 'minptime=10;stereo=0;maxaveragebitrate=32000')
    const obeyed = fmtp(answerToApply(mono, { startKbps: 2400, audioKbps: 128 }), 'opus').split(';')
    expect(obeyed).toContain('stereo=0')
    expect(obeyed).toContain('maxaveragebitrate=32000')
    expect(obeyed).not.toContain('stereo=1')
  })

  it('makes a line of parameters where there is none, as for VP8', () => {
    const vp8 = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'c=IN IP4 0.0.0.0', 'a=rtpmap:96 VP8/90000', 'a=recvonly', ''].join('\r\n')
    expect(fmtp(answerToApply(vp8, { startKbps: 900, audioKbps: 64 }), 'vp8')).toBe('x-google-start-bitrate=900')
  })
})

describe('checkAnswer', () => {
  const reasonOf = (answer: string): string => {
    try {
      checkAnswer(answer, RECORDED_OFFER)
      return 'taken'
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  it('takes an answer to both', () => {
    expect(reasonOf(RECORDED_ANSWER)).toBe('taken')
  })

  it('names a section that is refused, missing, the wrong way round, or of another codec', () => {
    expect(reasonOf(RECORDED_ANSWER.replace(/m=video \d+/, 'm=video 0'))).toBe('offer-rejected: the server takes no video')
    expect(reasonOf(RECORDED_ANSWER.slice(0, RECORDED_ANSWER.indexOf('m=video')))).toBe('offer-rejected: the answer has 1 of 2 media sections')
    expect(reasonOf(RECORDED_ANSWER.replaceAll('a=recvonly', 'a=inactive'))).toBe('offer-rejected: the server would not receive audio (inactive)')
    expect(reasonOf(RECORDED_ANSWER.replaceAll('H264/90000', 'VP9/90000'))).toBe('offer-rejected: the server answers video with VP9, rtx, VP9, rtx')
  })

  it('takes a section that rides along in the bundle without a port of its own', () => {
    expect(reasonOf(RECORDED_ANSWER.replace(/m=video \d+(.*)\r\n/, 'm=video 0$1\r\na=bundle-only\r\n'))).toBe('taken')
  })
})

describe('restartedAnswer', () => {
  const FRAGMENT = ['a=ice-ufrag:1234', 'a=ice-pwd:AnotherPasswordOf24Chars!', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', 'a=candidate:1 1 udp 2130706431 198.51.100.7 5004 typ host', 'a=end-of-candidates', ''].join('\r\n')

  it('replaces credentials and candidates and keeps everything else', () => {
    const renewed = restartedAnswer(RECORDED_ANSWER, FRAGMENT)
    expect(lines(renewed, 'a=ice-ufrag:')).toEqual(['a=ice-ufrag:1234', 'a=ice-ufrag:1234'])
    expect(lines(renewed, 'a=ice-pwd:')).toEqual(['a=ice-pwd:AnotherPasswordOf24Chars!', 'a=ice-pwd:AnotherPasswordOf24Chars!'])
    expect(lines(renewed, 'a=candidate:')).toEqual(['a=candidate:1 1 udp 2130706431 198.51.100.7 5004 typ host'])
    for (const kept of ['a=fingerprint:', 'a=setup:', 'a=ice-options:', 'm=', 'a=rtpmap:', 'a=extmap:']) expect(lines(renewed, kept)).toEqual(lines(RECORDED_ANSWER, kept))
  })

  it('reads a fragment that has everything inside its section', () => {
    const inside = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', 'a=ice-ufrag:ab+c', 'a=ice-pwd:YetAnotherPasswordOf24Chr', 'a=candidate:2 1 udp 2130706431 198.51.100.8 5006 typ host', ''].join('\r\n')
    const renewed = restartedAnswer(RECORDED_ANSWER, inside)
    expect(iceCredentials(renewed)).toEqual({ usernameFragment: 'ab+c', password: 'YetAnotherPasswordOf24Chr' })
    expect(lines(renewed, 'a=candidate:')).toHaveLength(1)
  })

  it('does not take a fragment without credentials', () => {
    expect(() => restartedAnswer(RECORDED_ANSWER, 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n')).toThrow('protocol-error')
  })
})
