import { createSocket } from 'node:dgram'
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import type { DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import { systemClock } from '../../base/clock.ts'
import type { Clock } from '../../base/clock.ts'
import { Scope } from '../../base/scope.ts'
import { ECHO_AT } from '../../speed-server/speed-protocol.ts'
import { networkLine } from '../checks/network-line.ts'
import { networkNdt7 } from '../checks/network-ndt7.ts'
import { askForJson } from './bounded-json.ts'
import { ServerCounter } from './throughput.ts'

let scope = new Scope()
afterEach(async () => {
  await scope.close()
  scope = new Scope()
})

/** Ten times as fast: a limit of five seconds is over after half of one. */
const hurried: Clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() * 10, sleep: (ms, signal) => systemClock.sleep(ms / 10, signal), every: (ms, tick) => systemClock.every(ms / 10, tick) }

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/?access_token=hush`
}

/** A server that does with each connection what it likes. */
async function tcp(behave: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createTcp((socket) => {
    sockets.add(socket)
    behave(socket.on('error', () => {}))
  })
  scope.add(() => (sockets.forEach((socket) => socket.destroy()), server.close()))
  return listening(server)
}

/** An HTTP server, with WebSockets. */
async function web(answer: (request: IncomingMessage, response: ServerResponse) => void, onWebSocket: (webSocket: WebSocket, path: string) => void = () => {}): Promise<string> {
  const server = createServer(answer)
  const webSockets = new WebSocketServer({ server, handleProtocols: (offered) => [...offered][0] ?? false })
  webSockets.on('connection', (webSocket, request) => onWebSocket(webSocket.on('error', () => {}), request.url ?? ''))
  scope.add(() => (webSockets.clients.forEach((each) => each.terminate()), server.closeAllConnections(), server.close()))
  return listening(server)
}

const session = (udpPort: unknown) => (_request: IncomingMessage, response: ServerResponse) => void response.end(JSON.stringify({ service: 'castwright-speed-server', id: 'a'.repeat(32), udpPort }))
const given = (options: DiagnosticOptions, clock: Clock) => ({ clock, options, log: { info() {}, warn() {} }, signal: new AbortController().signal, progress() {} })
const line = (testServer: string, clock = hurried) => networkLine({ clock, servers: () => [] }).perform(given({ testServer, seconds: 4 }, clock))
const ndt7 = (testServer: string) => networkNdt7({ clock: hurried, locateUrl: '' }).perform(given({ testServer }, hurried))

describe('network.line', () => {
  it('finds a server that hangs down, within its time', async () => {
    expect(await line(await tcp(() => {}))).toMatchObject({ status: 'fail', code: 'down', data: { success: false, quality: 6, errMsg: 'connect-timeout', availableUpBandwidth: -1, advice: ['lower-bitrate', 'cable', 'another-network', 'sound-only'] } })
  })

  it.each<[string, (socket: Socket) => void]>([
    ['garbage', (socket) => void socket.end('\0\x01\x02 no HTTP at all\r\n\r\n')],
    ['an endless header', (socket) => void flood(socket, `HTTP/1.1 200 OK\r\nx: `)],
    ['an endless answer', (socket) => void flood(socket, 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n"')],
    ['no JSON', (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n<html')],
    ['another service’s JSON', (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')],
    ['a redirect', (socket) => void socket.end('HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n')],
  ])('says that %s is no test server’s', async (_what, behave) => {
    const found = await line(await tcp((socket) => socket.once('data', () => behave(socket))))
    expect(found).toMatchObject({ status: 'error', code: 'server-wrong', data: { success: false, quality: 0 } })
    expect(JSON.stringify(found)).not.toContain('hush')
  })

  it('tells a wrong token from a server that is down, and a wrong address from both', async () => {
    expect(await line(await web((_request, response) => response.writeHead(403).end('{}')))).toMatchObject({ code: 'server-refused' })
    expect(await line('http://127.0.0.1:1/')).toMatchObject({ code: 'down', data: { quality: 6 } })
    expect(await line('not an address')).toMatchObject({ code: 'server-address' })
    expect(await networkLine({ clock: hurried, servers: () => [] }).perform(given({}, hurried))).toMatchObject({ status: 'skipped', code: 'no-server' })
  })

  it('believes no count that cannot be true', async () => {
    const lies = (path: string, webSocket: WebSocket): void => {
      if (path.includes('upload')) webSocket.once('message', () => webSocket.send(JSON.stringify({ TCPInfo: { BytesReceived: 1e15, ElapsedTime: 1 } })))
    }
    expect(await line(await web(session(null), (webSocket, path) => lies(path, webSocket)))).toMatchObject({ status: 'error', code: 'server-wrong', evidence: 'it says that more came than was sent', data: { success: false, availableUpBandwidth: -1 } })
  })
})

describe('a test server that takes connections and does nothing', () => {
  it('is not taken for a good line', async () => {
    expect(await line(await web(session(null)))).toMatchObject({ status: 'error', code: 'server-wrong', evidence: 'it sent nothing that could be counted' })
  })

  it('is not believed that more datagrams came than were sent', async () => {
    const echo = createSocket('udp4').on('message', (data, from) => (data.writeUInt32BE(4_000_000_000, ECHO_AT.received), echo.send(data, from.port, from.address)))
    await new Promise<void>((resolve) => echo.bind(0, '127.0.0.1', resolve))
    scope.add(() => echo.close())
    const open = session(echo.address().port)
    const address = await web((request, response) => (request.method === 'POST' ? open(request, response) : void response.end('{"received":-5}')))
    const found = await networkLine({ clock: hurried, servers: () => [] }).perform(given({ testServer: address, seconds: 4, expectedUpKbps: 0, expectedDownKbps: 0 }, hurried))
    expect(found).toMatchObject({ code: 'server-wrong', evidence: 'it says that other datagrams came than were sent', data: { upLostRate: null } })
  })
})

describe('network.ndt7', () => {
  it('ends with a server that sends without end, and counts nothing that it did not get', async () => {
    const address = await web((_request, response) => response.end(), (webSocket) => {
      const more = (): void => { if (webSocket.readyState === webSocket.OPEN) webSocket.send(Buffer.alloc(64 * 1024), () => setImmediate(more)) }
      more()
    })
    // It never says how much came upwards.
    expect(await ndt7(address)).toMatchObject({ status: 'error', code: 'unusable', data: { upKbps: -1 } })
  })

  it('cuts off a message that is too long, and says when words make no sense', async () => {
    const address = await web((_request, response) => response.end(), (webSocket, path) => {
      if (path.includes('download')) webSocket.send(Buffer.alloc((1 << 24) + 1))
      else webSocket.on('message', () => webSocket.send('{"TCPInfo": "garbage'))
    })
    expect(await ndt7(address)).toMatchObject({ status: 'error', code: 'server-wrong', evidence: 'its measurements cannot be read' })
  })

  it('asks nobody without consent', async () => {
    expect(await networkNdt7({ clock: hurried, locateUrl: 'http://127.0.0.1:1/' }).perform(given({}, hurried))).toMatchObject({ status: 'skipped', code: 'no-consent' })
  })
})

describe('ServerCounter', () => {
  const say = (...counts: unknown[]) => {
    const counter = new ServerCounter(() => 1000)
    counts.forEach((BytesReceived, at) => counter.take(Buffer.from(JSON.stringify({ TCPInfo: { BytesReceived } })), at))
    return counter
  }
  it('takes counts that rise within what was sent', () => {
    expect(say(0, 500, 1000)).toMatchObject({ wrong: null, samples: [{ bytes: 0 }, { bytes: 500 }, { bytes: 1000 }] })
  })
  it.each([[[-1]], [[1001]], [[500, 400]], [['much']]])('takes none of %j', (counts) => {
    expect(say(...counts).wrong).not.toBeNull()
  })
  it('keeps no more of them than a test has', () => {
    expect(say(...Array.from({ length: 5000 }, () => 1)).samples.length).toBe(1000)
  })
})

describe('askForJson', () => {
  it('takes no more than 64 KiB', async () => {
    const url = await tcp((socket) => socket.once('data', () => void flood(socket, 'HTTP/1.1 200 OK\r\n\r\n"')))
    await expect(askForJson({ url, signal: new AbortController().signal })).rejects.toMatchObject({ reason: 'protocol-error' })
  })
})

/** Goes on as long as somebody reads. */
function flood(socket: Socket, begin: string): void {
  socket.write(begin)
  const more = (): void => { if (!socket.destroyed) socket.write('x'.repeat(16_000), () => setImmediate(more)) }
  more()
}
