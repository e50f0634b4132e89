/** The few parts of node-media-server 4 that the rehearsal uses; the package brings no types. */
declare module 'node-media-server' {
  import type { Server as HttpServer, ServerResponse } from 'node:http'
  import type { Server as TcpServer, Socket } from 'node:net'

  export interface NmsSession {
    protocol: string
    streamPath: string
    streamQuery: Record<string, unknown> | undefined
    /** RTMP sessions only. */
    socket?: Socket
    /** HTTP-FLV sessions only. */
    res?: ServerResponse
    broadcast: { publishGraceMs: number }
  }

  export interface NmsConfig {
    bind: string
    /** A text, because the server takes the number 0 (any free port) for "off". */
    rtmp: { port: string }
    http: { port: string }
    webadmin: { enable: boolean }
  }

  type SessionEvent = 'prePublish' | 'postPublish' | 'prePlay' | 'postPlay'

  export default class NodeMediaServer {
    constructor(config: NmsConfig)
    on(event: SessionEvent, listener: (session: NmsSession) => void): void
    httpServer: { httpServer: HttpServer; run(): void }
    rtmpServer: { tcpServer: TcpServer; run(): void }
  }
}
