import { StudioError } from '@shared/domain/errors.ts'
import { parse } from 'sdp-transform'

/**
 * Refuses an answer that would connect and then carry nothing (RFC 9725 §4.4.3 asks servers to refuse the whole offer
 * instead, but not all do): everything that was offered must be received, encrypted and with ICE.
 * Throws StudioError `offer-rejected`.
 */
export function checkAnswer(offerSdp: string, answerSdp: string): void {
  const answer = parse(answerSdp)
  // The parser is lenient: a web page is an empty description to it.
  if (!/^v=0\r?\n/.test(answerSdp)) throw refused('what the server answered is no session description')
  const offered = parse(offerSdp).media
  if (answer.media.length !== offered.length) throw refused(`${offered.length} tracks were offered, the server answered ${answer.media.length}`)
  for (const [at, media] of answer.media.entries()) {
    const kind = offered[at]?.type ?? media.type
    if (media.type !== kind) throw refused(`${kind} was offered, the server answered something else`)
    if (media.port === 0) throw refused(`the server does not take the ${kind}`)
    const direction = media.direction ?? answer.direction ?? 'sendrecv'
    if (direction !== 'recvonly' && direction !== 'sendrecv') throw refused(`the server does not want to receive the ${kind} (${direction})`)
  }
  const some = <K extends 'iceUfrag' | 'icePwd' | 'fingerprint'>(name: K) => answer[name] ?? answer.media[0]?.[name]
  if (!some('iceUfrag') || !some('icePwd')) throw refused('the answer has no ICE credentials')
  if (!some('fingerprint')) throw refused('the answer has no DTLS fingerprint')
}

const refused = (evidence: string): StudioError => new StudioError('offer-rejected', evidence)
