import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { Scope } from '../../base/scope.ts'
import { SpeedServer } from '../../speed-server/speed-server.ts'
import { FakeShapedLine, type LineShape } from './fake-shaped-line.ts'
import { median } from '@shared/diagnostics/line-numbers.ts'
import { testLine, type MeasuredLine } from './line-test.ts'
import { parseTestServer } from './test-server-address.ts'

let scope = new Scope()
afterEach(async () => {
  await scope.close()
  scope = new Scope()
})

/** A line of that shape with a test server behind it. `udp: false` = the server tells of no datagrams. */
async function lineOf(shape: LineShape, { udp = true } = {}) {
  const line = scope.own(await FakeShapedLine.open(shape))
  const server = scope.own(await SpeedServer.open({ host: '127.0.0.1', port: 0, token: 'letmein', clock: systemClock, announcedUdpPort: udp ? line.udpPort : null }))
  line.target = { tcp: server.port, udp: server.udpPort }
  return parseTestServer(`http://127.0.0.1:${line.port}/?access_token=letmein`)
}

async function measure(shape: LineShape, options: Partial<Parameters<typeof testLine>[0]> & { udp?: boolean } = {}): Promise<MeasuredLine> {
  const server = await lineOf(shape, { udp: options.udp ?? true })
  return testLine({ server, clock: systemClock, signal: new AbortController().signal, seconds: 9, up: false, down: false, progress() {}, ...options })
}

describe('testLine', () => {
  // A busy computer delays what it relays: what must hold is that the figures are right when it is not.
  it('counts losses each way exactly, and the delay within a tenth', { retry: 2 }, async () => {
    const measured = await measure({ loseEveryUp: 20, loseEveryDown: 10, delayMs: 30 })
    expect(measured.udp?.sent).toBeGreaterThan(200)
    expect(Math.abs((measured.lossUp ?? 1) - 0.05)).toBeLessThan(0.01)
    expect(Math.abs((measured.lossDown ?? 1) - 0.1)).toBeLessThan(0.01)
    expect(Math.abs(median(measured.rttsMs)! / 60 - 1)).toBeLessThan(0.1)
    expect(measured.wrong).toBeNull()
  })

  it('sees no loss where there is none, and takes pings where there are no datagrams', async () => {
    const [clean, without] = await Promise.all([measure({}, { seconds: 6 }), measure({}, { seconds: 3, udp: false })])
    expect([clean.lossUp, clean.lossDown]).toEqual([0, 0])
    expect(without.udp).toBeNull()
    expect(without.lossUp).toBeNull()
    expect(without.rttsMs.length).toBeGreaterThan(2)
  })

  it('says nothing about losses when no datagram comes back', async () => {
    const measured = await measure({ loseEveryUp: 1 }, { seconds: 3 })
    expect(measured.udp?.back).toBe(0)
    expect([measured.lossUp, measured.lossDown]).toEqual([null, null])
    expect(measured.rttsMs.length).toBeGreaterThan(2)
  })

  it('counts a line that is over before it was looked at twice', async () => {
    const server = scope.own(await SpeedServer.open({ host: '127.0.0.1', port: 0, token: 'letmein', clock: systemClock }))
    const measured = await testLine({ server: parseTestServer(`http://127.0.0.1:${server.port}/?access_token=letmein`), clock: systemClock, signal: new AbortController().signal, seconds: 4, up: true, down: true, progress() {} })
    expect(measured.wrong).toBeNull()
    expect(measured.downKbps!).toBeGreaterThan(50_000)
    expect(measured.upKbps!).toBeGreaterThan(50_000)
  })

  it('measures within a tenth what a narrow line carries each way, and that it is slow while full', { retry: 2 }, async () => {
    const measured = await measure({ upKbps: 2000, downKbps: 6000 }, { up: true, down: true, seconds: 12 })
    expect(Math.abs(measured.upKbps! / 2000 - 1)).toBeLessThan(0.1)
    expect(Math.abs(measured.downKbps! / 6000 - 1)).toBeLessThan(0.1)
    expect(measured.loadedPingMs!).toBeGreaterThan(measured.idlePingMs! + 20)
  })

  it.each(['idle', 'down', 'up'] as const)('ends soon when called off (%s)', async (when) => {
    const server = await lineOf({ upKbps: 2000, downKbps: 2000 })
    const ending = new AbortController()
    const reason = new Error('called off')
    let endedMs = 0
    const progress = (_fraction: number, { phase }: { phase: string }): void => {
      if (phase !== when || ending.signal.aborted) return
      endedMs = performance.now()
      ending.abort(reason)
    }
    await expect(testLine({ server, clock: systemClock, signal: ending.signal, seconds: 3, up: true, down: true, progress })).rejects.toBe(reason)
    expect(performance.now() - endedMs).toBeLessThan(2000)
  })
})
