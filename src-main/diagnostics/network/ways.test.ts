import { execFileSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createWebServer } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { newDestination } from '@shared/domain/destination.ts'
import { lineFigures } from '@shared/domain/network-line.ts'
import { systemClock } from '../../base/clock.ts'
import { Scope } from '../../base/scope.ts'
import { SpeedServer } from '../../speed-server/speed-server.ts'
import { networkClock } from '../checks/network-clock.ts'
import { networkDns } from '../checks/network-dns.ts'
import { networkLine } from '../checks/network-line.ts'
import { networkNdt7 } from '../checks/network-ndt7.ts'
import { askGateway, findGateway, type SystemParts } from './gateway.ts'
import { locateNdt7 } from './ndt7-locate.ts'
import { askNtp, readNtp } from './ntp.ts'
import { reachableServers, serverOf } from './reachable-servers.ts'
import { findRoute } from './route-hops.ts'
import { systemTools } from './run-tool.ts'
import { stageTimes } from './stage-times.ts'
import { parseTestServer } from './test-server-address.ts'
import { findWifi } from './wifi.ts'

let scope = new Scope()
afterEach(async () => {
  await scope.close()
  scope = new Scope()
})

const clock = systemClock
const never = new AbortController().signal
const silent = { info() {}, warn() {} }
const local = async (server: ReturnType<typeof createServer>): Promise<number> => {
  scope.add(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

describe('reachableServers', () => {
  const place = (kind: 'rtmp' | 'srt' | 'whip' | 'hls' | 'rehearsal', address: string, more = {}) => newDestination({ id: kind, name: '', kind, address, enabled: true, ...more })
  it('finds host, port and TLS of each kind', () => {
    expect(serverOf(place('rtmp', 'rtmps://live.example/app'))).toMatchObject({ host: 'live.example', port: 443, trust: { verifyCertificate: true }, protocol: 'tcp' })
    expect(serverOf(place('srt', 'srt://srt.example:9000'))).toMatchObject({ host: 'srt.example', port: 9000, trust: null, protocol: 'udp' })
    expect(serverOf(place('whip', 'https://whip.example/publish'))).toMatchObject({ host: 'whip.example', port: 443 })
    expect(serverOf(place('hls', '/srv/stream'))).toBeNull()
    expect(serverOf(place('rehearsal', ''))).toBeNull()
    expect(serverOf(place('srt', 'srt://:9000', { srt: { mode: 'listener' } }))).toBeNull()
  })
  it('leaves out what is off, not chosen, or cannot be read', () => {
    const all = [place('rtmp', 'rtmp://one.example/live'), { ...place('whip', 'https://two.example/w'), enabled: false }, place('hls', 'https://[broken')]
    const hosts = (options: Parameters<typeof reachableServers>[1]) => reachableServers(all, options).map(({ host }) => host)
    expect(hosts({})).toEqual(['one.example'])
    expect(hosts({ destinationIds: ['whip'], testServer: 'http://test.example:5201/?access_token=x' })).toEqual(['test.example', 'two.example'])
    expect(hosts({ testServer: 'nonsense' })).toEqual(['one.example'])
  })
})

describe('parseTestServer', () => {
  it('reads what the server prints', () => {
    expect(parseTestServer(' http://192.0.2.5:5201/?access_token=abc ')).toEqual({ origin: 'http://192.0.2.5:5201', webSocketOrigin: 'ws://192.0.2.5:5201', host: '192.0.2.5', port: 5201, secure: false, token: 'abc' })
    expect(parseTestServer('wss://[2001:db8::1]')).toMatchObject({ origin: 'https://[2001:db8::1]', host: '2001:db8::1', port: 443, secure: true, token: '' })
  })
  it.each(['', 'test.example', 'ftp://x', 'http://user:hush@x/', `http://x/${'y'.repeat(3000)}`])('refuses %s without quoting it', (text) => {
    expect(() => parseTestServer(text)).toThrow(/^address-invalid(?!.*hush)/)
  })
})

describe('stageTimes', () => {
  const lookUp = async () => [{ address: '127.0.0.1' }]
  it('times each step as far as TLS', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'castwright-tls-'))
    scope.add(() => rmSync(folder, { recursive: true }))
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=x', '-addext', 'subjectAltName=DNS:live.example', '-keyout', join(folder, 'key'), '-out', join(folder, 'pem')], { stdio: 'ignore' })
    const [key, cert] = [readFileSync(join(folder, 'key'), 'utf8'), readFileSync(join(folder, 'pem'), 'utf8')]
    const port = await local(createTlsServer({ key, cert }, (socket) => socket.on('error', () => {})))
    const server = { destinationId: 'a', host: 'live.example', port, trust: { certificateAuthority: cert, verifyCertificate: true }, protocol: 'tcp' as const }
    const times = await stageTimes(server, { clock, signal: never, lookUp })
    expect(times).toMatchObject({ ip: '127.0.0.1', failure: null })
    expect([times.dnsMs, times.tcpMs, times.tlsMs].every((ms) => ms !== null && ms >= 0)).toBe(true)
    const stranger = await stageTimes({ ...server, trust: { certificateAuthority: '', verifyCertificate: true } }, { clock, signal: never, lookUp })
    expect(stranger).toMatchObject({ tlsMs: null, failure: { stage: 'tls', reason: 'certificate-unknown-issuer' } })
  })

  it('says which step failed', async () => {
    const port = await local(createServer())
    const server = { destinationId: 'a', host: 'live.example', port, trust: null, protocol: 'tcp' as const }
    const gone = Object.assign(new Error(), { code: 'ENOTFOUND' })
    expect(await stageTimes(server, { clock, signal: never, lookUp: () => Promise.reject(gone) })).toMatchObject({ dnsMs: null, failure: { stage: 'dns', reason: 'name-not-resolved' } })
    await scope.close()
    expect(await stageTimes(server, { clock, signal: never, lookUp })).toMatchObject({ tcpMs: null, failure: { stage: 'tcp', reason: 'connection-refused' } })
  })

  it('looks each name up once for network.dns, and no addresses', async () => {
    const asked: string[] = []
    const hosts = ['one.example', '192.0.2.1', 'one.example', 'two.example']
    const check = networkDns({ clock, lookUp: async (host) => (asked.push(host), [{ address: '192.0.2.2' }]), servers: () => hosts.map((host) => ({ destinationId: host, host, port: 1, trust: null, protocol: 'tcp' })) })
    expect(await check.perform({ clock, options: {}, log: silent, signal: never, progress() {} })).toMatchObject({ status: 'pass', code: 'good' })
    expect(asked).toEqual(['one.example', 'two.example'])
  })
})

describe('network.line without a test server', () => {
  it('tells the delay to the first destination, and no more', async () => {
    const port = await local(createServer((socket) => socket.on('error', () => {})))
    const check = networkLine({ clock, servers: () => [{ destinationId: 'a', host: '127.0.0.1', port, trust: null, protocol: 'tcp' }] })
    const found = await check.perform({ clock, options: {}, log: silent, signal: never, progress() {} })
    expect(found).toMatchObject({ status: 'pass', code: 'delay-only', data: { success: true, quality: 1, upLostRate: null, availableUpBandwidth: -1 } })
    expect(lineFigures.safeParse(found.data).success).toBe(true)
  })
})

describe('what the system tells', () => {
  const parts = (tools: Record<string, string>, more: Partial<SystemParts> = {}): SystemParts => ({
    clock, platform: 'linux', readText: async () => null, runTool: async (command) => ({ found: command in tools, code: 0, stdout: tools[command] ?? '' }), ...more,
  })
  it('about the router', async () => {
    expect(await findGateway(parts({ ip: 'default via 192.0.2.1 dev eth0\n' }), never)).toBe('192.0.2.1')
    expect(await findGateway(parts({ ip: '' }), never)).toBeNull()
    expect(await findGateway(parts({}, { platform: 'darwin' }), never)).toBeUndefined()
    expect(await askGateway('127.0.0.1', parts({ ping: 'time=1.5 ms\ntime=2.5 ms\n' }), never)).toEqual({ by: 'ping', sent: 10, rttsMs: [1.5, 2.5] })
    // Refusing is answering.
    expect((await askGateway('127.0.0.1', parts({}), never))?.rttsMs.length).toBe(10)
  })
  it('about Wi-Fi and routes', async () => {
    expect(await findWifi(parts({}), never)).toBeUndefined()
    expect(await findWifi(parts({ iw: '' }), never)).toBeNull()
    expect(await findWifi(parts({ netsh: '  Signal : 60%' }, { platform: 'win32' }), never)).toEqual({ dbm: -70, band: null })
    expect(await findRoute('192.0.2.9', parts({}), never)).toBeNull()
    expect(await findRoute('192.0.2.9', parts({ mtr: 'no permission', traceroute: ' 1  192.0.2.9  0.5 ms\n' }), never)).toMatchObject({ by: 'traceroute', hops: [{ ip: '192.0.2.9' }] })
  })
  it('is taken from real programs, up to their limit', async () => {
    const run = systemTools(clock, process.env)
    expect(await run('castwright-no-such-program', [], 1000, never)).toMatchObject({ found: false, stdout: '' })
    expect(await run(process.execPath, ['-e', 'console.log(process.env.LC_ALL)'], 10_000, never)).toMatchObject({ found: true, code: 0, stdout: 'C\n' })
    const endless = await run(process.execPath, ['-e', 'setInterval(() => process.stdout.write("x".repeat(100000)), 1)'], 1500, never)
    expect(endless.stdout.length).toBeLessThanOrEqual(256 * 1024)
  })
})

describe('time', () => {
  const SECONDS_1900 = 2_208_988_800
  /** A server whose clock is `aheadMs` ahead. */
  async function ntpServer(aheadMs: number, change: (answer: Buffer) => void = () => {}): Promise<number> {
    const socket = createSocket('udp4')
    scope.add(() => socket.close())
    socket.on('message', (question, from) => {
      const answer = Buffer.alloc(48)
      answer[0] = 0x24
      answer[1] = 2
      question.copy(answer, 24, 40, 48)
      for (const at of [32, 40]) {
        const seconds = (clock.now() + aheadMs) / 1000 + SECONDS_1900
        answer.writeUInt32BE(Math.floor(seconds), at)
        answer.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), at + 4)
      }
      change(answer)
      socket.send(answer, from.port, from.address)
    })
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    return socket.address().port
  }
  const check = (port: number, heard: number | null, agreed: ('public-service')[]) => networkClock({ clock, heardOffsetMs: () => heard, ntp: { host: '127.0.0.1', port } }).perform({ clock, options: { agreed }, log: silent, signal: never, progress() {} })

  it('comes from NTP where that was agreed to, else from what HTTP servers said', async () => {
    const port = await ntpServer(90_000)
    const { offsetMs } = await askNtp({ host: '127.0.0.1', port }, { clock, signal: never })
    expect(offsetMs / 90_000).toBeCloseTo(1, 2)
    expect(await check(port, 0, ['public-service'])).toMatchObject({ status: 'fail', code: 'far', data: { by: 'ntp' } })
    expect(await check(port, 100, [])).toMatchObject({ status: 'pass', data: { by: 'http' } })
    expect(await check(port, null, [])).toMatchObject({ status: 'skipped', code: 'nobody' })
  })

  it('is not taken from a server that has none, or that answers another question', async () => {
    const stratum0 = await ntpServer(0, (answer) => (answer[1] = 0))
    await expect(askNtp({ host: '127.0.0.1', port: stratum0 }, { clock, signal: never })).rejects.toMatchObject({ reason: 'protocol-error' })
    const other = await ntpServer(0, (answer) => answer.fill(7, 24, 32))
    const hurried = { ...clock, sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms / 20, signal) }
    await expect(askNtp({ host: '127.0.0.1', port: other }, { clock: hurried, signal: never })).rejects.toMatchObject({ reason: 'connect-timeout' })
    expect(readNtp(Buffer.alloc(48, 0xe4), { sentWallMs: 0, delayMs: 0 })).toBeNull()
  })
})

describe('ndt7', () => {
  const hurried = { ...clock, monotonicMs: () => clock.monotonicMs() * 10, sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms / 10, signal), every: (ms: number, tick: () => void) => clock.every(ms / 10, tick) }
  it('finds a public server and measures both ways with its own tokens', async () => {
    const server = scope.own(await SpeedServer.open({ host: '127.0.0.1', port: 0, token: 'theirs', clock }))
    const at = (path: string) => `ws://127.0.0.1:${server.port}${path}?access_token=theirs`
    const list = { results: [{ machine: 'mlab1-test', urls: { 'wss:///ndt/v7/download': at('/ndt/v7/download'), 'wss:///ndt/v7/upload': at('/ndt/v7/upload') } }] }
    const port = await local(createWebServer((_request, response) => void response.end(JSON.stringify(list))))
    const found = await networkNdt7({ clock: hurried, locateUrl: `http://127.0.0.1:${port}/` }).perform({ clock: hurried, options: { agreed: ['public-service'] }, log: silent, signal: never, progress() {} })
    expect(found).toMatchObject({ status: 'pass', code: 'measured', data: { server: 'mlab1-test', ip: '127.0.0.1' } })
    expect(Number(found.data?.['upKbps'])).toBeGreaterThan(0)
    expect(JSON.stringify(found)).not.toContain('theirs')
  })
  it.each(['[]', '{"results":[]}', '{"results":[{"machine":"m","urls":{"wss:///ndt/v7/download":"file:///etc/passwd"}}]}'])('takes no list like %s', async (body) => {
    const port = await local(createWebServer((_request, response) => void response.end(body)))
    await expect(locateNdt7(`http://127.0.0.1:${port}/`, { clock, signal: never })).rejects.toMatchObject({ reason: 'protocol-error' })
  })
})
