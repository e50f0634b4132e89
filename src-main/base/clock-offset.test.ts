import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { ClockOffset, type HeardDate } from './clock-offset.ts'
import { systemClock } from './clock.ts'
import { hearDates } from './heard-dates.ts'

function setUp() {
  const time = { wallMs: 1_800_000_000_000, monotonicMs: 0 }
  const offset = new ClockOffset({ now: () => time.wallMs, monotonicMs: () => time.monotonicMs })
  /** A server whose clock is ahead by so much answers at once. */
  const hear = (aheadMs: number, host = 'h', tookMs = 0) => offset.hear({ host, dateMs: time.wallMs + aheadMs - 500, sentAtMs: time.monotonicMs - tookMs, heardAtMs: time.monotonicMs })
  return { time, offset, hear }
}

describe('ClockOffset', () => {
  it('knows nothing before it has heard something', () => {
    const { time, offset } = setUp()
    expect(offset.state).toEqual({ offsetMs: null, samples: 0, sources: [] })
    expect(offset.serverNow()).toBe(time.wallMs)
  })

  it('takes the median, so that one wrong server does not count, and names who said what', () => {
    const { time, offset, hear } = setUp()
    for (const ahead of [60_000, 61_000, 59_500]) hear(ahead)
    hear(-9_000_000, 'wrong.example')
    hear(60_500)
    expect(offset.state).toMatchObject({ offsetMs: 60_000, samples: 5 })
    expect(Object.fromEntries(offset.state.sources.map(({ host, offsetMs }) => [host, offsetMs]))).toEqual({ h: 60_500, 'wrong.example': -9_000_000 })
    expect(offset.serverNow()).toBe(time.wallMs + 60_000)
  })

  it('leaves the time alone for what may be rounding', () => {
    const { time, offset, hear } = setUp()
    hear(1500)
    expect([offset.state.offsetMs, offset.serverNow()]).toEqual([1500, time.wallMs])
  })

  it('does not believe slow answers, nonsense, old words, and none from before the clock was set', () => {
    const { time, offset, hear } = setUp()
    hear(60_000, 'slow', 20_000)
    offset.hear({ host: 'h', dateMs: Number.NaN, sentAtMs: 0, heardAtMs: 0 })
    expect(offset.state.samples).toBe(0)
    hear(60_000)
    time.wallMs += 60_000
    expect(offset.state.offsetMs).toBeNull()
    hear(0)
    time.wallMs += 7 * 3_600_000
    time.monotonicMs += 7 * 3_600_000
    expect(offset.state.offsetMs).toBeNull()
  })
})

describe('hearDates', () => {
  it('hears every answer, however it was asked for, but no cached one, and none after its end', async () => {
    const server = createServer((asked, answer) => {
      answer.setHeader('Date', new Date(Date.UTC(2030, 0, 1)).toUTCString())
      if (asked.url === '/cached') answer.setHeader('Age', '30')
      answer.end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const place = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const heard: HeardDate[] = []
    const stop = hearDates(systemClock, (each) => heard.push(each), () => true)
    const deaf = hearDates(systemClock, () => expect.unreachable('this computer says nothing new'))
    const ask = () => new Promise((resolve) => request(place, { method: 'POST', agent: false }, (answer) => answer.resume().on('end', resolve)).end())
    await ask()
    await (await fetch(place)).text()
    await (await fetch(`${place}/cached`)).text()
    stop()
    deaf()
    await ask()
    expect(heard.map(({ host, dateMs }) => [host, dateMs])).toEqual([['127.0.0.1', Date.UTC(2030, 0, 1)], ['127.0.0.1', Date.UTC(2030, 0, 1)]])
    for (const { sentAtMs, heardAtMs } of heard) expect(heardAtMs).toBeGreaterThanOrEqual(sentAtMs)
    server.close()
  })
})
