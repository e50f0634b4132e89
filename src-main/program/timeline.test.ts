import { describe, expect, it } from 'vitest'
import { Timeline } from './timeline.ts'

/** mulberry32: a small generator with a seed, so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

describe('Timeline', () => {
  it('keeps time rising, by as much as has passed, whatever clocks the pages bring (seeded)', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const random = seeded(seed)
      const timeline = new Timeline()
      const last = { video: -1, audio: -1 }
      let nowMs = 1000
      let newest: { nowMs: number; us: number } | null = null
      for (let page = 0; page < 20; page++) {
        timeline.pageChanged()
        // A page's clock begins at zero, goes on with the system's, or is anywhere.
        const beganMs = [nowMs, 0, nowMs + random() * 1e9, random() * nowMs][page % 4] ?? 0
        const originMs = nowMs
        for (let i = 0; i < 60; i++) {
          const kind = i % 3 === 0 ? 'video' : 'audio'
          const timestampUs = (beganMs + nowMs - originMs - (kind === 'audio' ? random() * 40 : 0)) * 1000
          const placed = timeline.place({ kind, timestampUs: Math.max(0, timestampUs) }, nowMs)
          if (typeof placed === 'number') {
            if (placed <= last[kind]) expect.fail(`seed ${seed}: ${kind} went from ${last[kind]} to ${placed}`)
            last[kind] = placed
            const offMs: number = newest ? (placed - newest.us) / 1000 - (nowMs - newest.nowMs) : 0
            if (Math.abs(offMs) > 2100) expect.fail(`seed ${seed}: ${offMs} ms off`)
            if (!newest || placed > newest.us) newest = { nowMs, us: placed }
          } else if (placed === 'restarted') expect.fail(`seed ${seed}: a clock that goes on was taken for a new one`)
          nowMs += 11
        }
        nowMs += random() * 5000
      }
      expect(timeline.rebases, `seed ${seed}`).toBeGreaterThan(5)
    }
  })

  it('lets each track of sound rise for itself', () => {
    const timeline = new Timeline()
    const place = (track: number | undefined, ms: number) => timeline.place({ kind: 'audio', ...(track && { track }), timestampUs: ms * 1000 }, 0)
    expect([place(undefined, 100), place(2, 40), place(3, 40), place(2, 60), place(2, 60)]).toEqual([100_000, 40_000, 40_000, 60_000, 'late'])
  })

  it('names sound that comes late and a clock that begins anew', () => {
    const timeline = new Timeline()
    expect(timeline.place({ kind: 'audio', timestampUs: 5_000_000 }, 0)).toBe(5_000_000)
    expect(timeline.place({ kind: 'audio', timestampUs: 5_000_000 }, 0)).toBe('late')
    expect(timeline.place({ kind: 'video', timestampUs: 4_900_000 }, 0)).toBe(4_900_000)
    expect(timeline.place({ kind: 'audio', timestampUs: 4_100_000 }, 0)).toBe('late')
    expect(timeline.place({ kind: 'audio', timestampUs: 0 }, 0)).toBe('restarted')
  })
})
