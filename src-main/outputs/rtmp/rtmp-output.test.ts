import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import type { Reason } from '@shared/domain/errors.ts'
import type { OutputFigures } from '@shared/domain/output.ts'
import { systemClock } from '../../base/clock.ts'
import { Scope } from '../../base/scope.ts'
import { Secret } from '../../base/secret.ts'
import { asObject } from './amf0.ts'
import { FAKE_HEADERS, FakeFeed, fakePacket } from './fake-feed.ts'
import { FakeRtmpServer } from './fake-rtmp-server.ts'
import type { FakePeer, Replies } from './fake-rtmp-server.ts'
import { acknowledgement, command, EVENT, MESSAGE, windowAcknowledgementSize } from './messages.ts'
import { RTMP_LIMITS } from './rtmp-limits.ts'
import type { RtmpLimits } from './rtmp-limits.ts'
import { rtmpOutput } from './rtmp-output.ts'

let scope = new Scope()
afterEach(async () => {
  await scope.close()
  scope = new Scope()
})

const KEY = 'str3am-k3y?token=t0ken-value'

async function serve(replies: Replies = {}): Promise<{ server: FakeRtmpServer; address: string }> {
  const server = scope.own(new FakeRtmpServer(replies))
  return { server, address: `rtmp://127.0.0.1:${await server.listen()}/live` }
}

/** One run of the output against `address`; `program` starts packets that keep coming as a studio's would. */
function publish(address: string, limits: Partial<RtmpLimits> = {}, key = KEY) {
  const feed = new FakeFeed()
  const stop = new AbortController()
  const figures: OutputFigures[] = []
  const waiters = new Set<() => void>()
  const run = { feed, figures, stop, connectedTimes: 0, ended: false, result: Promise.resolve(null as unknown), until, program }
  const changed = () => {
    for (const wake of waiters) wake()
    waiters.clear()
  }
  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (run.ended) throw new Error('the output ended first', { cause: await run.result })
      await new Promise<void>((resolve) => {
        waiters.add(resolve)
      })
    }
  }
  function program({ bytes = 1000 } = {}): () => void {
    feed.push({ type: 'headers', headers: FAKE_HEADERS })
    let frame = 0
    const stopProgram = systemClock.every(10, () => {
      feed.push({ type: 'packet', packet: fakePacket('video', frame * 10, bytes, frame % 200 === 0) }, { type: 'packet', packet: fakePacket('audio', frame * 10, 20) })
      frame++
    })
    scope.add(stopProgram)
    return stopProgram
  }
  run.result = rtmpOutput({ ...RTMP_LIMITS, reportMs: 50, ...limits })(
    { address, key: new Secret(key), certificateAuthority: '', verifyCertificate: true },
    {
      feed,
      signal: stop.signal,
      clock: systemClock,
      connected: () => {
        run.connectedTimes++
        changed()
      },
      interrupted: () => {},
      report: (now) => {
        figures.push(now)
        changed()
      },
    },
  ).then(
    () => null,
    (error: unknown) => error,
  ).finally(() => {
    run.ended = true
    changed()
  })
  scope.add(async () => {
    stop.abort(new Error('end of test'))
    await run.result
  })
  return run
}

const reasonOf = async (run: { result: Promise<unknown> }): Promise<Reason> => {
  const error = await run.result
  expect(error).toBeInstanceOf(StudioError)
  expect(String(error)).not.toMatch(/str3am|t0ken/)
  return (error as StudioError).reason
}

describe('a good run', () => {
  it('opens the stream as publishers do, describes it, and sends media with time stamps from zero', async () => {
    const { server, address } = await serve()
    const run = publish(address)
    run.feed.push(
      { type: 'headers', headers: FAKE_HEADERS },
      { type: 'packet', packet: fakePacket('video', 500_000, 70_000, true) },
      { type: 'packet', packet: fakePacket('audio', 500_021) },
      { type: 'packet', packet: fakePacket('video', 500_033) },
    )
    const peer = await server.peer()
    await peer.until(() => peer.media('video').length === 3)

    expect(peer.commands).toEqual(['connect', 'releaseStream', 'FCPublish', 'createStream', 'publish'])
    expect(peer.data()[0]?.slice(0, 2)).toEqual(['@setDataFrame', 'onMetaData'])
    expect(asObject(peer.data()[0]?.[2])).toMatchObject({ width: 640, height: 360, framerate: 30, videocodecid: 7, audiocodecid: 10, videodatarate: 800, audiodatarate: 128, audiosamplerate: 48_000, encoder: 'Castwright' })
    const [header, key, inter] = peer.media('video')
    expect(header?.payload.toString('hex')).toBe('17000000000142e01fffe000')
    expect([key?.timestampMs, key?.payload.length, key?.payload.subarray(0, 6).toString('hex')]).toEqual([0, 70_005, '170100000020'])
    expect([inter?.timestampMs, inter?.payload.subarray(0, 5).toString('hex')]).toEqual([33, '2701000000'])
    expect(peer.media('audio').map((m) => [m.timestampMs, m.payload.subarray(0, 3).toString('hex')])).toEqual([[0, 'af0011'], [21, 'af0135']])
    expect(key?.streamId).toBe(1)
    await run.until(() => run.connectedTimes > 0)
    run.stop.abort(new Error('over'))
    expect(await run.result).toBe(run.stop.signal.reason)
    expect(run.connectedTimes).toBe(1)
    expect(run.figures.map((f) => f.stage).filter((stage, i, all) => stage !== all[i - 1])).toEqual(['connecting', 'handshaking', 'opening', 'publishing', 'sending', 'closed'])
  })

  it('tells the server the application and the key as typed', async () => {
    const { server, address } = await serve()
    publish(`${address.replace('/live', '/app/instance')}?x=1`)
    const peer = await server.peer()
    await peer.until(() => peer.commands.includes('publish'))
    const texts = peer.messages.filter((m) => m.type === MESSAGE.command).map((m) => m.payload.toString('latin1'))
    expect(texts[0]).toContain('app/instance?x=1')
    expect(texts.at(-1)).toContain(KEY)
  })

  it('is connected at the first acknowledgement of media, and reports what was acknowledged', async () => {
    const { server, address } = await serve({ connect: (peer, usual) => { peer.acknowledgeEvery = 5000; usual() } })
    const run = publish(address, { settleMs: 600_000 })
    run.program()
    await run.until(() => run.connectedTimes === 1)
    await run.until(() => (run.figures.at(-1)?.bytesAcknowledged ?? 0) > 20_000)
    const figures = run.figures.at(-1)
    expect(figures?.bytesSent).toBeGreaterThanOrEqual(figures?.bytesAcknowledged ?? Infinity)
    expect(figures?.framesSent).toBeGreaterThan(10)
    expect(figures?.rttMs).not.toBeNull()
    const peer = await server.peer()
    expect(peer.messages.some((m) => m.type === MESSAGE.windowAcknowledgementSize)).toBe(true)
  })

  it('is connected without acknowledgements once the server has kept the connection for a while, not before', async () => {
    const { address } = await serve()
    const run = publish(address, { settleMs: 400 })
    run.program()
    const atMs = systemClock.monotonicMs()
    await run.until(() => (run.figures.at(-1)?.framesSent ?? 0) > 2)
    expect(run.connectedTimes).toBe(0)
    await run.until(() => run.connectedTimes === 1)
    expect(systemClock.monotonicMs() - atMs).toBeGreaterThan(350)
    expect(run.figures.at(-1)?.bytesAcknowledged).toBeNull()
  })

  it('is not connected while the program sends nothing', async () => {
    const { server, address } = await serve()
    const run = publish(address, { settleMs: 20 })
    run.feed.push({ type: 'headers', headers: FAKE_HEADERS })
    const peer = await server.peer()
    await peer.until(() => peer.media('video').length === 1)
    await systemClock.sleep(150)
    expect(run.connectedTimes).toBe(0)
  })

  it('sends headers again when the epoch rises, on the same time line', async () => {
    const { server, address } = await serve()
    const run = publish(address)
    const newer = { ...FAKE_HEADERS, epoch: 2 }
    run.feed.push({ type: 'headers', headers: FAKE_HEADERS }, { type: 'packet', packet: fakePacket('video', 0, 10, true) }, { type: 'headers', headers: FAKE_HEADERS })
    run.feed.push({ type: 'packet', packet: fakePacket('video', 40, 10) }, { type: 'headers', headers: newer }, { type: 'packet', packet: fakePacket('video', 80, 10, true) })
    const peer = await server.peer()
    await peer.until(() => peer.media('video').length === 5)
    expect(peer.media('video').map((m) => [m.timestampMs, m.payload[1]])).toEqual([[0, 0], [0, 1], [40, 1], [40, 0], [80, 1]])
    expect(peer.data()).toHaveLength(2)
  })

  it('answers pings and acknowledges what it receives', async () => {
    const { server, address } = await serve({
      publish: (peer, usual) => {
        peer.send(windowAcknowledgementSize(2000))
        peer.send({ chunkStream: 2, type: MESSAGE.userControl, streamId: 0, timestampMs: 0, payload: Buffer.from([0, EVENT.pingRequest, 1, 2, 3, 4]) })
        usual()
      },
    })
    publish(address)
    const peer = await server.peer()
    await peer.until(() => peer.messages.some((m) => m.type === MESSAGE.userControl) && peer.messages.some((m) => m.type === MESSAGE.acknowledgement))
    expect(peer.messages.find((m) => m.type === MESSAGE.userControl)?.payload.toString('hex')).toBe('000701020304')
    expect(peer.messages.find((m) => m.type === MESSAGE.acknowledgement)?.payload.readUInt32BE()).toBeGreaterThan(3073)
  })
})

describe('stopping', () => {
  it('sends what is queued, says goodbye and closes', async () => {
    const { server, address } = await serve()
    const run = publish(address)
    run.feed.push({ type: 'headers', headers: FAKE_HEADERS }, { type: 'packet', packet: fakePacket('video', 0, 10, true) })
    await run.until(() => run.connectedTimes === 1)
    for (let i = 1; i <= 50; i++) run.feed.push({ type: 'packet', packet: fakePacket('video', i * 33, 5000) })
    run.stop.abort(new StudioError('stopped'))
    expect(await reasonOf(run)).toBe('stopped')
    const peer = await server.peer()
    await peer.until(() => peer.closed)
    expect(peer.media('video')).toHaveLength(52)
    expect(peer.commands.slice(-2)).toEqual(['FCUnpublish', 'deleteStream'])
    expect(run.figures.map((f) => f.stage)).toContain('draining')
    expect(run.figures.at(-1)?.stage).toBe('closed')
    expect(run.feed.waitingReaders).toBe(0)
  })

  it('takes no longer than the time for draining and farewell when the server reads nothing', async () => {
    const { server, address } = await serve()
    const run = publish(address, { drainMs: 200, farewellMs: 100 })
    run.program({ bytes: 200_000 })
    await run.until(() => run.connectedTimes === 1)
    const peer = await server.peer()
    peer.socket.pause()
    await run.until(() => run.feed.queuedMs > 300)
    const atMs = systemClock.monotonicMs()
    run.stop.abort(new StudioError('stopped'))
    expect(await reasonOf(run)).toBe('stopped')
    expect(systemClock.monotonicMs() - atMs).toBeLessThan(1000)
  })

  it('ends at once for any other reason, and at any stage', async () => {
    const { server, address } = await serve({ handshake: () => {} })
    const run = publish(address)
    await server.peer()
    run.stop.abort(new StudioError('unexpected'))
    expect(await reasonOf(run)).toBe('unexpected')
    const early = publish(address)
    early.stop.abort(new StudioError('stopped'))
    expect(await reasonOf(early)).toBe('stopped')
    const peer = await server.peer()
    await peer.until(() => peer.closed)
  })

  it('passes on that the program is gone', async () => {
    const { server, address } = await serve()
    const run = publish(address)
    run.feed.push({ type: 'headers', headers: FAKE_HEADERS }, { type: 'packet', packet: fakePacket('video', 0, 10, true) })
    const peer = await server.peer()
    await peer.until(() => peer.media('video').length === 2)
    run.feed.close()
    expect(await reasonOf(run)).toBe('no-program')
  })
})

const status = (level: string, code: string, description: string) => (peer: FakePeer) => peer.status(level, code, description)
const refuseConnect = (code: string, description: string) => (peer: FakePeer) => peer.status('error', code, description, '_error', 1)
const close = (peer: FakePeer) => peer.socket.end()
const reset = (peer: FakePeer) => peer.socket.resetAndDestroy()

describe('a server that refuses', () => {
  it.each<[string, Replies, Reason]>([
    ['application refused', { connect: refuseConnect('NetConnection.Connect.Rejected', 'No such application') }, 'connect-rejected'],
    ['application unknown', { connect: refuseConnect('NetConnection.Connect.InvalidApp', 'str3am-k3y') }, 'connect-rejected'],
    ['closed after connect (nginx-rtmp, unknown application)', { connect: close }, 'connect-rejected'],
    ['no stream', { createStream: (peer) => peer.status('error', 'NetStream.Failed', '', '_error', 4) }, 'connect-rejected'],
    ['an answer to createStream without a number', { createStream: (peer) => peer.send(command('_result', 4, [null, 'one'])) }, 'protocol-error'],
    ['second publisher (nginx-rtmp, socket left open)', { publish: status('error', 'NetStream.Publish.BadName', 'Already publishing') }, 'already-publishing'],
    ['bad name', { publish: status('error', 'NetStream.Publish.BadName', 'Bad name str3am-k3y t0ken-value') }, 'key-rejected'],
    ['denied', { publish: status('error', 'NetStream.Publish.Denied', 'Denied') }, 'key-rejected'],
    ['unauthorized (MediaMTX)', { publish: status('error', 'NetStream.Publish.Unauthorized', 'Unauthorized') }, 'key-rejected'],
    ['rejected', { publish: status('error', 'NetStream.Publish.Rejected', 'Rejected') }, 'key-rejected'],
    ['closed after publish (nginx-rtmp, on_publish 403)', { publish: close }, 'key-rejected'],
    ['reset after publish', { publish: reset }, 'key-rejected'],
    ['Start, then closed (node-media-server)', { publish: (peer, usual) => { usual(); close(peer) } }, 'closed-at-once'],
    ['refused by onFCPublish', { publish: (peer) => peer.status('error', 'NetStream.Publish.Denied', '', 'onFCPublish') }, 'key-rejected'],
    ['a web server', { handshake: (peer) => void peer.socket.write('HTTP/1.1 400 Bad Request\r\n\r\n') }, 'not-rtmp'],
    ['closed in the handshake', { handshake: close }, 'handshake-failed'],
    ['a chunk size of zero', { connect: (peer) => peer.send({ chunkStream: 2, type: 1, streamId: 0, timestampMs: 0, payload: Buffer.alloc(4) }) }, 'protocol-error'],
  ])('%s', async (_, replies, reason) => {
    const { server, address } = await serve(replies)
    const run = publish(address)
    run.program()
    expect(await reasonOf(run)).toBe(reason)
    expect(run.connectedTimes).toBe(0)
    const peer = await server.peer()
    await peer.until(() => peer.closed)
  })

  it('says nothing: the stage decides', async () => {
    for (const [replies, reason] of [[{ handshake: () => {} }, 'handshake-failed'], [{ connect: () => {} }, 'publish-timeout'], [{ publish: () => {} }, 'publish-timeout']] as const) {
      const { address } = await serve(replies)
      expect(await reasonOf(publish(address, { connectMs: 150 }))).toBe(reason)
    }
  })

  it('is slow, but in time', async () => {
    const { address } = await serve({
      handshake: (_, usual) => void systemClock.sleep(120).then(usual),
      publish: (_, usual) => void systemClock.sleep(120).then(usual),
    })
    const run = publish(address, { connectMs: 2000 })
    run.program()
    await run.until(() => run.connectedTimes === 1)
  })

  it('is not there', async () => {
    const server = new FakeRtmpServer()
    const port = await server.listen()
    await server.close()
    expect(await reasonOf(publish(`rtmp://127.0.0.1:${port}/live`))).toBe('connection-refused')
    expect(await reasonOf(publish('rtmp://no-such-host.invalid/live'))).toBe('name-not-resolved')
    expect(await reasonOf(publish('rtmp://ho st/live'))).toBe('address-invalid')
  })
})

describe('a connection that breaks', () => {
  const settled = { firstMomentsMs: 50, settleMs: 50 }

  it.each<[string, (socket: Socket) => void, Reason]>([
    ['closed by the server', (socket) => socket.end(), 'server-closed'],
    ['cut', (socket) => socket.resetAndDestroy(), 'connection-lost'],
  ])('%s', async (_, breakIt, reason) => {
    const { server, address } = await serve()
    const run = publish(address, settled)
    run.program()
    await run.until(() => run.connectedTimes === 1)
    await run.until(() => run.figures.length > 8)
    breakIt((await server.peer()).socket)
    expect(await reasonOf(run)).toBe(reason)
    expect(run.feed.waitingReaders).toBe(0)
  })

  it('is told by the server that it is over', async () => {
    const { server, address } = await serve()
    const run = publish(address, settled)
    run.program()
    await run.until(() => run.connectedTimes === 1)
    ;(await server.peer()).status('status', 'NetStream.Unpublish.Success', 'Stopped by an operator')
    expect(await reasonOf(run)).toBe('server-closed')
  })

  it.each([['acknowledges', 4000], ['never acknowledges', 0]] as const)('stalls when a server that %s stops reading, soon after the limit', async (_, acknowledgeEvery) => {
    const { server, address } = await serve({ connect: (peer, usual) => { peer.acknowledgeEvery = acknowledgeEvery; usual() } })
    const run = publish(address, { ...settled, stallMs: 1000 })
    run.program({ bytes: 3000 })
    await run.until(() => run.connectedTimes === 1 && (run.figures.at(-1)?.bytesSent ?? 0) > 200_000)
    const peer = await server.peer()
    peer.socket.pause()
    const atMs = systemClock.monotonicMs()
    expect(await reasonOf(run)).toBe('stalled')
    const tookMs = systemClock.monotonicMs() - atMs
    expect(tookMs).toBeGreaterThan(950)
    expect(tookMs).toBeLessThan(6000)
  })

  it('lets the queue grow in the feed, not in the socket, while the server reads nothing', async () => {
    const { server, address } = await serve()
    const run = publish(address, { ...settled, stallMs: 60_000 })
    run.program({ bytes: 50_000 })
    await run.until(() => run.connectedTimes === 1)
    ;(await server.peer()).socket.pause()
    await run.until(() => run.feed.queuedBytes > 1_000_000)
    expect(run.figures.at(-1)?.queueMs).toBeGreaterThan(500)
    const before = run.figures.at(-1)?.bytesSent
    ;(await server.peer()).socket.resume()
    await run.until(() => (run.figures.at(-1)?.queueMs ?? 999) < 100 && (run.figures.at(-1)?.bytesSent ?? 0) > (before ?? 0))
  })

  it('does not count a program that sends nothing as a stall', async () => {
    const { address } = await serve()
    const run = publish(address, { ...settled, stallMs: 200 })
    const stopProgram = run.program()
    await run.until(() => run.connectedTimes === 1)
    stopProgram()
    await systemClock.sleep(600)
    expect(run.ended).toBe(false)
  })

  it('is not irritated by acknowledgements that make no sense', async () => {
    const { server, address } = await serve()
    const run = publish(address, settled)
    run.program()
    await run.until(() => run.connectedTimes === 1)
    const peer = await server.peer()
    for (const total of [0xffffffff, 1, 0x80000000, 5000]) peer.send(acknowledgement(total))
    await run.until(() => run.figures.at(-1)?.bytesAcknowledged !== null)
    const figures = run.figures.at(-1)
    expect(figures?.bytesAcknowledged).toBeLessThanOrEqual(figures?.bytesSent ?? 0)
  })
})

it('leaves no socket behind, whatever happened', async () => {
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)))
    socket.resume()
  })
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve)
  })
  const { port } = silent.address() as AddressInfo
  await publish(`rtmp://127.0.0.1:${port}/live`, { connectMs: 50 }).result
  await publish(`rtmps://127.0.0.1:${port}/live`, { connectMs: 50 }).result
  // Closes only when every connection is gone.
  await new Promise<void>((resolve) => {
    silent.close(() => resolve())
  })
  expect(sockets.size).toBe(0)
})
