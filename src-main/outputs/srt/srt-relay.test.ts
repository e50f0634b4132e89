import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../base/fake-clock.ts'
import { freeUdpPort, udpPortTaken } from './fake-srt-peer.ts'
import { SrtRelay } from './srt-relay.ts'

const closers: (() => unknown)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function socketAt(port = 0): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(port, '127.0.0.1')
  await once(socket, 'listening')
  closers.push(() => socket.close())
  return socket
}

describe('a relay that waits for callers', () => {
  it('makes room for the next one, however often somebody knocks who is not let in', async () => {
    const clock = new FakeClock()
    const port = await freeUdpPort()
    const relay = await SrtRelay.open({ mode: 'listener', address: { host: '127.0.0.1', port }, clock, onChange: () => {} })
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

describe('looking at a port', () => {
  it('sees whether it is taken', async () => {
    const port = await freeUdpPort()
    expect(await udpPortTaken(port)).toBe(false)
    await socketAt(port)
    expect(await udpPortTaken(port)).toBe(true)
  })
})
