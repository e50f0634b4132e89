import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures } from '@shared/domain/output.ts'
import type { Packet } from '@shared/domain/packet.ts'
import { Scope } from '../base/scope.ts'
import type { BusItem } from '../bus/bus-subscriber.ts'
import type { OutputFixture, ServerMode } from './output-contract.ts'
import type { OutputRun, RunOutput } from './output.ts'

const STALL_MS = 1000
const KINDS = ['key', 'video', 'audio'] as const
const GOODBYE = 9
const WELCOME = 1

/**
 * The simplest output there can be, for tests: over TCP, one byte of welcome from the server, then per packet
 * u8 kind · u32 size · payload, and a goodbye. It shows what the contract asks of a real one.
 */
export const runTcp: RunOutput<{ port: number }> = async ({ port }, run) => {
  const scope = new Scope()
  try {
    return await push(port, run, scope)
  } finally {
    await scope.close()
  }
}

async function push(port: number, run: OutputRun, scope: Scope): Promise<never> {
  run.signal.throwIfAborted()
  const socket = connect(port, '127.0.0.1')
  scope.add(() => socket.destroy())
  const broken = new AbortController()
  socket.on('error', (error: NodeJS.ErrnoException) => broken.abort(new StudioError(error.code === 'ECONNREFUSED' ? 'connection-refused' : 'connection-lost', error.message)))
  const welcomed = new Promise<void>((resolve) => {
    socket.once('data', () => resolve())
  })
  socket.on('close', () => broken.abort(new StudioError(socket.bytesRead === 0 ? 'key-rejected' : 'server-closed')))
  const signal = AbortSignal.any([run.signal, broken.signal])

  const figures: OutputFigures = { stage: 'publishing', bitrateKbps: 0, bytesSent: 0, bytesAcknowledged: null, queueMs: 0, framesSent: 0, framesDropped: 0, rttMs: null }
  const report = () => run.report({ ...figures, queueMs: run.feed.queuedMs, framesDropped: run.feed.framesDropped })
  scope.add(run.clock.every(100, report))
  const write = async (item: BusItem) => {
    if (item.type === 'headers') return
    await written(socket, encode(item.packet), signal, run)
    figures.bytesSent = socket.bytesWritten
    if (item.packet.kind === 'video' && ++figures.framesSent === 1) run.connected()
  }

  try {
    await unlessAborted(welcomed, signal)
    figures.stage = 'sending'
    report()
    for (;;) await write(await run.feed.next(signal))
  } catch (failure) {
    const stopped = run.signal.reason instanceof StudioError && run.signal.reason.reason === 'stopped'
    if (stopped && !broken.signal.aborted) await leave(socket, run)
    throw run.signal.aborted ? run.signal.reason : failure
  }
}

async function leave(socket: Socket, run: OutputRun): Promise<void> {
  for (let item = run.feed.tryNext(); item; item = run.feed.tryNext()) {
    if (item.type === 'packet') socket.write(encode(item.packet))
  }
  await new Promise<void>((resolve) => {
    socket.end(Buffer.of(GOODBYE, 0, 0, 0, 0), resolve)
  })
}

function encode(packet: Packet): Buffer {
  const head = Buffer.alloc(5)
  head[0] = KINDS.indexOf(packet.kind === 'video' && packet.key ? 'key' : packet.kind)
  head.writeUInt32BE(packet.data.length, 1)
  return Buffer.concat([head, packet.data])
}

async function written(socket: Socket, bytes: Buffer, signal: AbortSignal, run: OutputRun): Promise<void> {
  if (socket.write(bytes)) return
  const drained = new Promise<void>((resolve) => {
    socket.once('drain', () => resolve())
  })
  const timer = new AbortController()
  const stalled = run.clock.sleep(STALL_MS, timer.signal).then(() => Promise.reject(new StudioError('stalled')), () => {})
  try {
    await unlessAborted(Promise.race([drained, stalled]), signal)
  } finally {
    timer.abort()
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** The server to it, and both as a fixture of the contract. */
export async function tcpFixture(mode: ServerMode): Promise<OutputFixture> {
  const received: (typeof KINDS)[number][] = []
  const sockets = new Set<Socket>()
  let goodbye = false
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    if (mode === 'refuses') return void socket.end()
    socket.write(Buffer.of(WELCOME))
    let rest = Buffer.alloc(0)
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes])
      while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
        const kind = KINDS[rest[0] ?? GOODBYE]
        if (kind) received.push(kind)
        else goodbye = true
        rest = rest.subarray(5 + rest.readUInt32BE(1))
      }
    })
  })
  const port = await listen(server)
  if (mode === 'absent') await closed(server)
  return {
    run: (run) => runTcp({ port }, run),
    received: () => received,
    saidGoodbye: () => goodbye,
    // One that is not read from cannot show that the other end has gone.
    openConnections: () => [...sockets].filter((socket) => !socket.isPaused()).length,
    cut: () => sockets.forEach((socket) => socket.resetAndDestroy()),
    stall: () => sockets.forEach((socket) => socket.pause()),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      if (mode !== 'absent') await closed(server)
    },
  }
}

const listen = (server: Server): Promise<number> => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
