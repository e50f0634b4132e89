import { timingSafeEqual } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import NodeMediaServer, { type NmsSession } from 'node-media-server'
import type { Clock } from '../base/clock.ts'
import { guardPlayback } from './playback-gate.ts'

const LOOPBACK = '127.0.0.1'
/** A viewer that stopped reading is cut off before it fills the memory: about 10 s of a generous stream. */
const MAX_VIEWER_BACKLOG_BYTES = 16 * 1024 * 1024

export interface MediaServerOptions {
  application: string
  streamName: string
  publishKey: string
  clock: Pick<Clock, 'every'>
  onPublishing: (publishing: boolean) => void
}

/** RTMP in, HTTP-FLV out, on free ports of the loopback; one stream, and only who knows the key may publish it. */
export async function startMediaServer(options: MediaServerOptions): Promise<{ rtmpPort: number; httpPort: number }> {
  const path = `/${options.application}/${options.streamName}`
  const server = new NodeMediaServer({ bind: LOOPBACK, rtmp: { port: '0' }, http: { port: '0' }, webadmin: { enable: false } })
  const viewers = new Set<ServerResponse>()
  const publishers = new Set<Socket>()

  server.on('prePublish', (session) => {
    // Its own 30 s grace for a lost publisher would refuse or re-time a publisher that comes back.
    session.broadcast.publishGraceMs = 0
    if (!mayPublish(session, path, options.publishKey)) session.socket?.destroy()
  })
  server.on('postPublish', ({ socket }) => {
    if (!socket || socket.destroyed) return
    publishers.add(socket)
    if (publishers.size === 1) options.onPublishing(true)
    socket.once('close', () => {
      publishers.delete(socket)
      if (publishers.size > 0) return
      options.onPublishing(false)
      // A new publisher begins a new stream with a new time line; viewers begin anew with it.
      for (const viewer of viewers) viewer.end()
    })
  })
  server.on('prePlay', (session) => {
    // Playing is by HTTP only, through the gate.
    if (session.protocol !== 'flv') session.socket?.destroy()
  })
  server.on('postPlay', ({ res }) => {
    if (!res) return
    viewers.add(res)
    res.once('close', () => viewers.delete(res))
  })
  options.clock.every(1000, () => {
    for (const viewer of viewers) if (viewer.writableLength > MAX_VIEWER_BACKLOG_BYTES) viewer.destroy()
  })

  guardPlayback(server.httpServer.httpServer, `${path}.flv`)
  // Not `server.run()`: that would also open a store in the working folder.
  server.rtmpServer.run()
  server.httpServer.run()
  const [rtmpPort, httpPort] = await Promise.all([portOf(server.rtmpServer.tcpServer), portOf(server.httpServer.httpServer)])
  return { rtmpPort, httpPort }
}

function mayPublish(session: NmsSession, path: string, publishKey: string): boolean {
  const given = session.streamQuery?.['key']
  const isLocal = session.socket?.remoteAddress === LOOPBACK
  return isLocal && session.protocol === 'rtmp' && session.streamPath === path && typeof given === 'string' && isSame(given, publishKey)
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

async function portOf(server: Server): Promise<number> {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  return (server.address() as AddressInfo).port
}
