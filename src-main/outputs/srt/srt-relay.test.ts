import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../base/fake-clock.ts'
import { freeUdpPort, udpPortTaken } from './fake-srt-peer.ts'
import { SrtRelay } from './srt-relay.ts'

const never = new AbortController().signal
const closers: (() => unknown)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function socketAt(port = 0, address = '127.0.0.1'): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(port, address)
  await once(socket, 'listening')
  closers.push(() => socket.close())
  return socket
}

describe('a relay that waits for callers', () => {
  it('makes room for the next one, however often somebody knocks who is not let in', async () => {
    const clock = new FakeClock()
    const port = await freeUdpPort()
    const relay = await SrtRelay.open({ mode: 'listener', address: { host: '127.0.0.1', port }, clock, connectMs: 5000, signal: never, onChange: () => {} })
    closers.push(() => relay.close())
    const arrived: string[] = []
    const ffmpeg = await socketAt(relay.studioPort)
    ffmpeg.on('message', (bytes) => arrived.push(bytes.toString()))
    const [junk, caller] = [await socketAt(), await socketAt()]
    for (let second = 1; second <= 5; second++) {
      junk.send(`junk ${second}`, port, '127.0.0.1')
      await expect.poll(() => arrived.length).toBe(second)
      await clock.advance(1000)
    }
    caller.send('caller', port, '127.0.0.1')
    await expect.poll(() => arrived.at(-1)).toBe('caller')
  })
})

/** On Linux all of 127.0.0.0/8 is this computer. */
describe.skipIf(process.platform !== 'linux')('a relay that calls a name with several addresses', () => {
  const [SILENT, REFUSING, ANSWERING] = ['127.0.0.2', '127.0.0.3', '127.0.0.4']

  /** One that hears and says nothing, one where nobody listens, one that sends everything back. */
  async function call(addresses: string[]) {
    const clock = new FakeClock()
    const [heard, arrived]: string[][] = [[], []]
    const silent = await socketAt(0, SILENT)
    const { port } = silent.address()
    silent.on('message', (bytes) => heard?.push(bytes.toString()))
    const answering = await socketAt(port, ANSWERING)
    answering.on('message', (bytes, from) => answering.send(`re: ${bytes.toString()}`, from.port, from.address))
    const asked: string[] = []
    const resolve = (host: string) => (asked.push(host), Promise.resolve(addresses))
    const relay = await SrtRelay.open({ mode: 'caller', address: { host: 'ingest.example', port }, clock, connectMs: 4000, signal: never, resolve, onChange: () => {} })
    closers.push(() => relay.close())
    const ffmpeg = await socketAt()
    ffmpeg.on('message', (bytes) => arrived?.push(bytes.toString()))
    const send = (text: string) => ffmpeg.send(text, relay.studioPort, '127.0.0.1')
    return { clock, relay, send, asked, heard, arrived }
  }

  it('goes on to the next one that refuses or has no way to it, and lets it hear at once what was said', async () => {
    const { relay, send, asked, arrived } = await call([REFUSING, '::ffff:0:0', ANSWERING])
    send('knock')
    await expect.poll(() => arrived).toEqual(['re: knock'])
    expect([asked, relay.broken]).toEqual([['ingest.example'], null])
  })

  it('leaves one that says nothing after its share of the time, and comes back to it after all others', async () => {
    const { clock, relay, send, heard, arrived } = await call([SILENT, REFUSING])
    send('first')
    await expect.poll(() => heard).toEqual(['first'])
    await clock.advance(1499)
    expect(heard).toEqual(['first'])
    await clock.advance(1)
    await expect.poll(() => heard).toEqual(['first', 'first'])
    expect([relay.broken, arrived, clock.pending]).toEqual([null, [], 0])
  })

  it('stays with whoever has answered', async () => {
    const { clock, relay, send, heard, arrived } = await call([SILENT, ANSWERING])
    send('knock')
    await expect.poll(() => heard?.length).toBe(1)
    await clock.advance(1500)
    await expect.poll(() => arrived).toEqual(['re: knock'])
    await clock.advance(10_000)
    send('media')
    await expect.poll(() => arrived).toEqual(['re: knock', 're: media'])
    expect([heard, relay.broken, clock.pending]).toEqual([['knock'], null, 0])
  })

  it('gives up when all refuse, and says so rather than that there is no way to one of them', async () => {
    const { relay, send } = await call([REFUSING, '127.0.0.5', '::ffff:0:0'])
    send('knock')
    await expect.poll(() => relay.broken?.reason).toBe('connection-refused')
  })

  it('does not wait for a name server for longer than it may, nor after it was told to stop', async () => {
    const clock = new FakeClock()
    const stop = new AbortController()
    const open = (signal: AbortSignal) =>
      SrtRelay.open({ mode: 'caller', address: { host: 'h', port: 9 }, clock, connectMs: 4000, signal, resolve: () => new Promise(() => {}), onChange: () => {} }).catch((reason: unknown) => reason)
    const [late, stopped] = [open(never), open(stop.signal)]
    stop.abort(new Error('enough'))
    expect(await stopped).toBe(stop.signal.reason)
    await clock.advance(4000)
    expect(await late).toMatchObject({ reason: 'name-not-resolved' })
    expect(clock.pending).toBe(0)
  })
})

describe('looking at a port', () => {
  it('sees whether it is taken', async () => {
    const port = await freeUdpPort()
    expect(await udpPortTaken(port)).toBe(false)
    await socketAt(port)
    expect(await udpPortTaken(port)).toBe(true)
  })
})
