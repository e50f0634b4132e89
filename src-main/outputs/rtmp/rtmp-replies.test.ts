import { expect, it } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { Scope } from '../../base/scope.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { FakeRtmpServer } from './fake-rtmp-server.ts'
import { EVENT, MESSAGE } from './messages.ts'
import { RtmpConnection } from './rtmp-connection.ts'
import { RTMP_LIMITS } from './rtmp-limits.ts'

/** A connection that may publish, and its server. */
async function connect(scope: Scope) {
  const server = scope.own(new FakeRtmpServer())
  const target = { scheme: 'rtmp', host: '127.0.0.1', port: await server.listen(), app: 'live', key: 'key' } as const
  const options = { target, trust: { certificateAuthority: '', verifyCertificate: true }, clock: systemClock, limits: RTMP_LIMITS, onPhase: () => {} }
  const connection = scope.own(await RtmpConnection.open(options, new AbortController().signal))
  return { connection, peer: await server.peer() }
}

/** One after the other, as one server would send them. */
function pings(count: number): Buffer {
  const writer = new ChunkWriter()
  const ping = { chunkStream: 2, type: MESSAGE.userControl, streamId: 0, timestampMs: 0, payload: Buffer.from([0, EVENT.pingRequest, 1, 2, 3, 4]) }
  return Buffer.concat(Array.from({ length: count }, () => writer.write(ping)).flat())
}

it('a server that asks without reading the answers is left, before they fill the memory', async () => {
  const scope = new Scope()
  const { connection, peer } = await connect(scope)
  peer.socket.pause()
  // More than the buffers of both systems hold, were all of them answered.
  for (let round = 0; round < 20; round++) peer.socket.write(pings(20_000))
  await new Promise((resolve) => connection.signal.addEventListener('abort', resolve, { once: true }))
  expect(connection.signal.reason).toMatchObject({ reason: 'protocol-error' })
  await scope.close()
})

it('a server that reads the answers may ask as often as it likes', async () => {
  const scope = new Scope()
  const { connection, peer } = await connect(scope)
  const answers = () => peer.messages.filter(({ type }) => type === MESSAGE.userControl).length
  for (let asked = 500; asked <= 5000; asked += 500) {
    peer.socket.write(pings(500))
    await peer.until(() => answers() === asked)
  }
  expect(connection.signal.aborted).toBe(false)
  await scope.close()
})
