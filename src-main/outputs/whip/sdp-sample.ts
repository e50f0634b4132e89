/** An offer as a page makes it, shortened, and a fitting answer; for tests. */

const media = (kind: string, mid: number, codec: string, direction: string) => [
  `m=${kind} 9 UDP/TLS/RTP/SAVPF ${codec.split(' ')[0]}`,
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:EsAw',
  'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1',
  'a=ice-options:trickle',
  'a=fingerprint:sha-256 DA:39:A3:EE:5E:6B:4B:0D:32:55:BF:EF:95:60:18:90:AF:D8:07:09:AF:D8:07:09:AF:D8:07:09:AF:D8:07:09',
  direction === 'recvonly' ? 'a=setup:passive' : 'a=setup:actpass',
  `a=mid:${mid}`,
  `a=${direction}`,
  'a=rtcp-mux',
  'a=rtcp-mux-only',
  `a=rtpmap:${codec}`,
]

const sdp = (...sections: string[][]): string =>
  ['v=0', 'o=- 5228595038118931041 2 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${sections.map((_, at) => at).join(' ')}`, ...sections.flat(), ''].join('\r\n')

export const OFFER = sdp(media('audio', 0, '111 opus/48000/2', 'sendonly'), media('video', 1, '96 H264/90000', 'sendonly'))
export const ANSWER = sdp(media('audio', 0, '111 opus/48000/2', 'recvonly'), media('video', 1, '96 H264/90000', 'recvonly'))
/** The same offer after an ICE restart. */
export const RESTART_OFFER = OFFER.replaceAll('EsAw', 'ysXw').replaceAll('P2uYro0UCOQ4zxjKXaWCBui1', 'vw5LmwG4yE6dPPzAP9Gp5k00')
