import { describe, expect, it } from 'vitest'
import { Silence } from './silence.ts'

/** Looks twice a second at a server that has confirmed so much (kB) each time, of what was sent by then. */
function silenceAfter(confirmed: readonly (number | null)[], sent = confirmed.map((_, index) => 100 + index * 100)): (number | null)[] {
  const silence = new Silence()
  return confirmed.map((bytesAcknowledged, index) => {
    silence.look({ bytesSent: sent[index] ?? 0, bytesAcknowledged, queueMs: 0 }, 10_000 + index * 500)
    return silence.ms
  })
}

describe('Silence', () => {
  it('lasts from the last confirmation of a server that gives them all the time', () => {
    expect(silenceAfter([50, 150, 250, 350, 350, 350, 350, 480]).slice(3)).toEqual([null, 500, 1000, 1500, null])
  })

  it('means nothing where confirmations are rare, absent, or where nothing was sent that could be confirmed', () => {
    expect(silenceAfter([50, 50, 50, 200, 200, 200, 400, 400, 400, 400])).toEqual(Array.from({ length: 10 }, () => null))
    expect(silenceAfter([null, null, null, null, null])).toEqual([null, null, null, null, null])
    // The program stands still, everything has arrived.
    expect(silenceAfter([50, 150, 250, 350, 400, 400, 400], [100, 200, 300, 400, 400, 400, 400]).slice(4)).toEqual([null, null, null])
  })

  it('begins anew with another run', () => {
    expect(silenceAfter([50, 150, 250, 350, 20, 120, 120, 120])).toEqual([null, null, null, null, null, null, null, null])
  })
})
