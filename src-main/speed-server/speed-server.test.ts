import { createSocket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock } from '../base/clock.ts'
import { Scope } from '../base/scope.ts'
import { ECHO_AT, ECHO_BYTES, ECHO_MAGIC, NDT7_PATHS, NDT7_PROTOCOL, speedSession } from './speed-protocol.ts'
import { SpeedServer, type SpeedServerOptions } from './speed-server.ts'

let scope = new Scope()
afterEach(async () => {
  await scope.close()
  scope = new Scope()
})

const open = async (options: Partial<SpeedServerOptions> = {}) => scope.own(await SpeedServer.open({ host: '127.0.0.1', port: 0, token: 'letmein', clock: systemClock, ...options }))
const bearer = { authorization: 'Bearer letmein' }

function connect(url: string): WebSocket {
  const webSocket = new WebSocket(url, NDT7_PROTOCOL, { perMessageDeflate: false })
  webSocket.on('error', () => {})
  scope.add(() => webSocket.terminate())
  return webSocket
}
const closed = (webSocket: WebSocket) => new Promise<void>((resolve) => webSocket.once('close', () => resolve()))

describe('SpeedServer', () => {
  it('lets nobody in who does not know the token', async () => {
    const { port } = await open()
    const origin = `http://127.0.0.1:${port}`
    expect((await fetch(origin)).status).toBe(403)
    expect((await fetch(`${origin}/session`, { method: 'POST', headers: { authorization: 'Bearer letmeiN' } })).status).toBe(403)
    expect((await fetch(`${origin}/?access_token=letmein`)).status).toBe(200)
    const status = await new Promise((resolve) => connect(`ws://127.0.0.1:${port}${NDT7_PATHS.download}`).once('unexpected-response', (_request, response) => resolve(response.statusCode)))
    expect(status).toBe(403)
  })

  it('sends datagrams back to those with a place, and counts them', async () => {
    const server = await open()
    const origin = `http://127.0.0.1:${server.port}`
    const { id, udpPort } = speedSession.parse(await (await fetch(`${origin}/session`, { method: 'POST', headers: bearer })).json())
    const socket = createSocket('udp4')
    scope.add(() => socket.close())
    const datagram = Buffer.alloc(ECHO_BYTES)
    ECHO_MAGIC.copy(datagram)
    const stranger = Buffer.from(datagram)
    datagram.write(id, ECHO_AT.id, 'hex')
    const echoes: Buffer[] = []
    const two = new Promise<void>((resolve) => socket.on('message', (data) => echoes.push(data) === 2 && resolve()))
    for (const each of [stranger, Buffer.from('CWE1'), datagram, datagram]) socket.send(each, udpPort!, '127.0.0.1')
    await two
    expect(echoes.map((echo) => echo.readUInt32BE(ECHO_AT.received))).toEqual([1, 2])
    expect(echoes[0]?.length).toBe(ECHO_BYTES)
    expect(await (await fetch(`${origin}/session/${id}`, { headers: bearer })).json()).toEqual({ received: 2 })
    expect((await fetch(`${origin}/session/${'0'.repeat(32)}`, { headers: bearer })).status).toBe(404)
  })

  it('gives no more places than it has', async () => {
    const { port } = await open()
    const ask = () => fetch(`http://127.0.0.1:${port}/session`, { method: 'POST', headers: bearer }).then(({ status }) => status)
    for (let i = 0; i < 16; i++) expect(await ask()).toBe(200)
    expect(await ask()).toBe(503)
  })

  it('ends a download after its bytes', async () => {
    const { port } = await open({ limits: { maxMs: 500, maxBytes: 1_000_000 } })
    const url = `ws://127.0.0.1:${port}${NDT7_PATHS.download}?access_token=letmein`
    const reading = connect(url)
    let bytes = 0
    reading.on('message', (data: Buffer, binary) => { if (binary) bytes += data.length })
    await closed(reading)
    expect(bytes).toBeGreaterThanOrEqual(1_000_000)
    expect(bytes).toBeLessThan(2_000_000)
  })

  it('is rid of a client that reads nothing after its time, and takes no more clients than it may', async () => {
    const { port } = await open({ limits: { maxMs: 300, maxClients: 1 } })
    const url = `ws://127.0.0.1:${port}${NDT7_PATHS.download}?access_token=letmein`
    const unread = connect(url)
    unread.once('upgrade', ({ socket }) => setImmediate(() => socket.pause()))
    await new Promise((resolve) => unread.once('open', resolve))
    const attempt = () => new Promise<number>((resolve) => connect(url).once('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode)).once('open', () => resolve(101)))
    expect(await attempt()).toBe(503)
    while ((await attempt()) !== 101) await systemClock.sleep(50)
  })

  it('tells whoever sends how much came, and takes no endless message', async () => {
    const { port } = await open()
    const url = `ws://127.0.0.1:${port}${NDT7_PATHS.upload}?access_token=letmein`
    const sending = connect(url)
    await new Promise((resolve) => sending.once('open', resolve))
    sending.send(Buffer.alloc(100_000))
    const counted = await new Promise<number>((resolve) => sending.on('message', (data: Buffer) => {
      const { TCPInfo } = JSON.parse(data.toString())
      if (TCPInfo.BytesReceived >= 100_000) resolve(TCPInfo.BytesReceived)
    }))
    expect(counted).toBeLessThan(100_100)
    sending.send(Buffer.alloc(2_000_000))
    await closed(sending)
  })

  it('says that its port is taken, and closes with clients there', async () => {
    const first = await open()
    await expect(open({ port: first.port })).rejects.toMatchObject({ reason: 'port-taken' })
    const client = connect(`ws://127.0.0.1:${first.port}/ping?access_token=letmein`)
    await new Promise((resolve) => client.once('open', resolve))
    await Promise.all([first.close(), closed(client)])
  })
})
