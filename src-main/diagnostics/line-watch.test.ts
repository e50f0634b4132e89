import { createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { watchedLine } from '@shared/domain/network-line.ts'
import { systemClock } from '../base/clock.ts'
import { Scope } from '../base/scope.ts'
import { SpeedServer } from '../speed-server/speed-server.ts'
import { LineWatch } from './line-watch.ts'
import { FakeShapedLine } from './network/fake-shaped-line.ts'
import { linePointOf } from './network/line-point.ts'
import type { ReachableServer } from './network/reachable-servers.ts'

let scope = new Scope()
afterEach(async () => {
  await scope.close()
  scope = new Scope()
})

const until = async (condition: () => boolean): Promise<void> => { while (!condition()) await systemClock.sleep(20) }
const watchOf = (servers: ReachableServer[] = []) => scope.own(new LineWatch({ clock: systemClock, servers: () => servers }))

async function testServer(token = 'letmein') {
  const line = scope.own(await FakeShapedLine.open({ delayMs: 20 }))
  const server = scope.own(await SpeedServer.open({ host: '127.0.0.1', port: 0, token: 'letmein', clock: systemClock, announcedUdpPort: line.udpPort }))
  line.target = { tcp: server.port, udp: server.udpPort }
  return { line, address: `http://127.0.0.1:${line.port}/?access_token=${token}` }
}

describe('LineWatch', () => {
  it('adds a point a second, sees losses come, and stops', async () => {
    const { line, address } = await testServer()
    const watch = watchOf()
    await watch.start({ testServer: address })
    await until(() => watch.line.value.points.length >= 2)
    const [, second] = watch.line.value.points
    expect(second).toMatchObject({ lossRate: 0, quality: 1 })
    expect(second!.rttMs! / 40).toBeGreaterThan(0.9)
    line.shape.loseEveryUp = 2
    await until(() => (watch.line.value.points.at(-1)?.lossRate ?? 0) > 0.1)
    expect(watch.line.value).toMatchObject({ watching: true, by: 'datagrams', to: `127.0.0.1:${line.port}` })
    expect(watchedLine.safeParse(watch.line.value).success).toBe(true)
    expect(JSON.stringify(watch.line.value)).not.toContain('letmein')
    await watch.close()
    expect(watch.line.value.watching).toBe(false)
    expect(watch.line.value.points.length).toBeGreaterThan(2)
  })

  it('watches a destination’s server by connections, and its end', async () => {
    const server = createServer((socket) => socket.on('error', () => {}))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    scope.add(() => server.close())
    const { port } = server.address() as AddressInfo
    const watch = watchOf([{ destinationId: 'a', host: '127.0.0.1', port, trust: null, protocol: 'tcp' }])
    await watch.start({ destinationId: 'a' })
    await until(() => watch.line.value.points.some(({ quality }) => quality === 1))
    expect(watch.line.value).toMatchObject({ by: 'connections', to: `127.0.0.1:${port}` })
  })

  it('refuses what cannot be watched, and leaves nothing watched', async () => {
    const watch = watchOf()
    await expect(watch.start({ testServer: 'gopher://x' })).rejects.toMatchObject({ reason: 'address-invalid' })
    await expect(watch.start({ destinationId: 'none' })).rejects.toMatchObject({ reason: 'not-found' })
    const { address } = await testServer('wrong')
    await expect(watch.start({ testServer: address })).rejects.toMatchObject({ reason: 'token-rejected' })
    expect(watch.line.value.watching).toBe(false)
  })
})

describe('linePointOf', () => {
  const at = { nowMs: 20_000, atMs: 5 }
  const asked = (count: number, rtt: (i: number) => number | null) => Array.from({ length: count }, (_each, i) => ({ sentMs: 20_000 - (count - i) * 50, rttMs: rtt(i) }))
  it('knows nothing before the first answer', () => {
    expect(linePointOf(asked(5, () => null), at)).toEqual({ atMs: 5, rttMs: null, jitterMs: null, lossRate: null, quality: 0 })
  })
  it('counts what is lost for sure, not what is on its way', () => {
    expect(linePointOf(asked(100, (i) => (i > 95 ? null : 30)), at)).toMatchObject({ lossRate: 0, rttMs: 30, jitterMs: 0, quality: 1 })
    expect(linePointOf(asked(100, (i) => (i % 4 === 0 ? null : 30)), at).lossRate).toBeGreaterThan(0.2)
    expect(linePointOf(asked(100, (i) => (i % 4 === 0 ? null : 30)), at).quality).toBe(3)
  })
  it('is down when nothing has come for seconds', () => {
    expect(linePointOf(asked(150, (i) => (i < 60 ? 30 : null)), at).quality).toBe(6)
  })
})
