import { describe, expect, it } from 'vitest'
import { iceDescriptionOf, sdpFragment } from './sdp-fragment.ts'
import { OFFER } from './sdp-sample.ts'

describe('fragments for trickle ICE', () => {
  it('say the session’s ICE lines and the first m-section only', () => {
    const ice = iceDescriptionOf(OFFER)
    if (!ice) throw new Error('the sample has ICE')
    expect(sdpFragment(ice, ['candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host', 'a=candidate:2 1 udp 1 192.0.2.2 9 typ host\r\na=evil:1'], true).split('\r\n')).toEqual([
      'a=ice-options:trickle',
      'a=group:BUNDLE 0 1',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'a=mid:0',
      'a=ice-ufrag:EsAw',
      'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1',
      'a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host',
      'a=candidate:2 1 udp 1 192.0.2.2 9 typ host a=evil:1',
      'a=end-of-candidates',
      '',
    ])
  })

  it('credentials may stand in the session part, candidates are found in the first m-section', () => {
    const sdp = ['v=0', 'a=ice-ufrag:u', 'a=ice-pwd:p', 'm=audio 9 X 0', 'a=candidate:1 here', 'a=end-of-candidates', 'm=video 9 X 1', 'a=candidate:2 not here'].join('\n')
    expect(iceDescriptionOf(sdp)).toEqual({
      sessionLines: [], mediaLine: 'm=audio 9 X 0', mid: null, usernameFragment: 'u', password: 'p', candidates: ['a=candidate:1 here'], endOfCandidates: true,
    })
  })

  it.each(['', 'v=0', 'v=0\nm=audio 9 X 0', 'v=0\nm=audio 9 X 0\na=ice-ufrag:u'])('there is none in %j', (sdp) => {
    expect(iceDescriptionOf(sdp)).toBeNull()
  })
})
