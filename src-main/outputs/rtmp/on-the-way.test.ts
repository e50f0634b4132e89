import { describe, expect, it } from 'vitest'
import { COARSE_BYTES, OnTheWay } from './on-the-way.ts'

/** 100 bytes per ms (800 kbit/s) handed over in pieces of 1000 for a time. */
function send(way: OnTheWay, fromMs: number, toMs: number, each: (sentBytes: number, nowMs: number) => void): void {
  for (let nowMs = fromMs; nowMs < toMs; nowMs += 10) {
    way.sent(nowMs * 100 + 1000, nowMs)
    each(nowMs * 100 + 1000, nowMs)
  }
}

describe('OnTheWay', () => {
  it('knows nothing, and counts nothing, while nobody tells what has arrived', () => {
    const way = new OnTheWay()
    send(way, 0, 1000, () => {})
    expect([way.bytes, way.ageMs(1000), way.lineKbps(1000), way.stuckForMs(1000)]).toEqual([0, 0, undefined, 0])
  })

  it('counts what a server that acknowledges has not yet said to have, but not the step that it may be silent about', () => {
    const way = new OnTheWay()
    way.asked(2000)
    send(way, 0, 1000, (sent, nowMs) => sent % 2000 === 0 && way.acknowledged(sent, nowMs))
    expect(way.finelyAcknowledged).toBe(true)
    expect([way.bytes, way.ageMs(1000), way.lineKbps(1000)]).toEqual([0, 0, null])
    send(way, 1000, 1500, () => {})
    expect(way.bytes).toBe(48_000 + 1000 - 1000 - COARSE_BYTES)
    expect(way.ageMs(1500)).toBe(440)
    expect(way.stuckForMs(1500)).toBeGreaterThan(400)
  })

  it('measures a line that has become slower than what is sent', () => {
    const way = new OnTheWay()
    way.asked(2000)
    let received = 0
    send(way, 0, 3000, (sent, nowMs) => {
      // All of it at first, from 2 s on a quarter.
      received = nowMs < 2000 ? sent : received + 250
      if (nowMs < 2000 || received % 2000 === 0) way.acknowledged(received, nowMs)
      if (nowMs === 1990) expect(way.lineKbps(nowMs)).toBe(null)
    })
    expect(way.lineKbps(3000)).toBeCloseTo(200, -1)
    expect(way.line.baseMs).toBeLessThan(20)
  })

  it('takes the word of the system where the server says nothing', () => {
    const way = new OnTheWay()
    let kept = 0
    send(way, 0, 3000, (_sent, nowMs) => {
      if (nowMs >= 1000) kept += 750
      if (nowMs % 100 === 0) way.keptBySystem(kept, nowMs)
    })
    expect(way.lineKbps(3000)).toBeCloseTo(200, -1)
    expect(way.bytes).toBeGreaterThan(140_000)
    expect(way.ageMs(3000)).toBeGreaterThan(1300)
  })

  it('sees that nothing arrives any more', () => {
    const way = new OnTheWay()
    way.asked(2000)
    send(way, 0, 1000, (sent, nowMs) => sent % 2000 === 0 && way.acknowledged(sent, nowMs))
    send(way, 1000, 2000, (_sent, nowMs) => void way.ageMs(nowMs))
    expect(way.lineKbps(2000)).toBe(0)
  })

  it('prefers the system to a server that acknowledges in large steps of its own', () => {
    const way = new OnTheWay()
    way.asked(2000)
    send(way, 0, 3000, (sent, nowMs) => {
      if (sent % 50_000 === 0) way.acknowledged(sent, nowMs)
      if (nowMs % 100 === 0) way.keptBySystem(0, nowMs)
    })
    expect(way.finelyAcknowledged).toBe(false)
    expect(way.bytes).toBeLessThanOrEqual(10_000)
  })

  it('still believes a server that stops just when it is asked for smaller steps', () => {
    const way = new OnTheWay()
    way.asked(10_000)
    send(way, 0, 1000, (sent, nowMs) => sent % 10_000 === 0 && way.acknowledged(sent, nowMs))
    way.asked(1000)
    send(way, 1000, 3000, (_sent, nowMs) => {
      if (nowMs % 100 === 0) way.keptBySystem(0, nowMs)
      void way.ageMs(nowMs)
    })
    expect(way.ageMs(3000)).toBeGreaterThan(1800)
    expect(way.lineKbps(3000)).toBe(0)
  })
})
