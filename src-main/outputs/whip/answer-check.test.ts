import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { checkAnswer } from './answer-check.ts'
import { ANSWER, OFFER } from './sdp-sample.ts'

function verdict(answer: string): string {
  try {
    checkAnswer(OFFER, answer)
    return 'fine'
  } catch (failure) {
    return failure instanceof StudioError ? `${failure.reason}: ${failure.evidence}` : String(failure)
  }
}

describe('an answer', () => {
  it('that takes everything is fine, with what belongs to all in the session part, too', () => {
    expect(verdict(ANSWER)).toBe('fine')
    expect(verdict(ANSWER.replaceAll('a=recvonly', 'a=sendrecv'))).toBe('fine')
    const lines = ['a=ice-ufrag:u', 'a=ice-pwd:p', 'a=fingerprint:sha-256 00:11']
    expect(verdict(ANSWER.replaceAll(/^a=(ice-ufrag|ice-pwd|fingerprint):.*\r\n/gm, '').replace('t=0 0', `t=0 0\r\n${lines.join('\r\n')}`))).toBe('fine')
  })

  it.each([
    ['a refused track', ANSWER.replace('m=video 9', 'm=video 0'), /does not take the video/],
    ['a missing track', ANSWER.slice(0, ANSWER.indexOf('m=video')), /2 tracks were offered, the server answered 1/],
    ['tracks in another order', ANSWER.replace('m=audio', 'm=x').replace('m=video', 'm=audio').replace('m=x', 'm=video'), /audio was offered/],
    ['an inactive track', ANSWER.replace('a=recvonly', 'a=inactive'), /does not want to receive the audio \(inactive\)/],
    ['a track that sends', ANSWER.replace('a=recvonly', 'a=sendonly'), /sendonly/],
    ['no ICE', ANSWER.replaceAll(/^a=ice-pwd:.*\r\n/gm, ''), /ICE/],
    ['no DTLS', ANSWER.replaceAll(/^a=fingerprint:.*\r\n/gm, ''), /fingerprint/],
    ['a web page', '<!doctype html><title>Hello</title>', /no session description/],
    ['nothing', '', /no session description/],
  ])('%s is refused', (_what, answer, evidence) => {
    expect(verdict(answer)).toMatch(/^offer-rejected: /)
    expect(verdict(answer)).toMatch(evidence)
  })
})
