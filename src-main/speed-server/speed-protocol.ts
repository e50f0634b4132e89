import { z } from 'zod'

/**
 * What the studio's test server and its client say to each other. Throughput is ndt7 (M-Lab, "ndt7 protocol", version 1.0), so
 * that any ndt7 client can use the server; loss is counted by datagrams that come back; the round trip is a WebSocket's ping.
 */

/** Where an ndt7 server takes and gives bytes. */
export const NDT7_PATHS = { download: '/ndt/v7/download', upload: '/ndt/v7/upload' } as const
export const NDT7_PROTOCOL = 'net.measurementlab.ndt.v7'
/** Largest message of an ndt7 server, bytes. */
export const NDT7_MAX_MESSAGE = 1 << 24
/** Answers pings and nothing else. */
export const PING_PATH = '/ping'
/** POST opens a place for datagrams; GET with its id behind it tells what came. */
export const SESSION_PATH = '/session'
/** The name of the token in addresses, as in M-Lab's own. */
export const TOKEN_PARAMETER = 'access_token'

/** The answer to an opened place. */
export const speedSession = z.object({
  service: z.literal('castwright-speed-server'),
  /** 16 bytes in hexadecimal: stands in each datagram. */
  id: z.string().regex(/^[0-9a-f]{32}$/),
  /** null = this server has no datagrams. */
  udpPort: z.int().min(1).max(65_535).nullable(),
})
export type SpeedSession = z.infer<typeof speedSession>

/** What came in one place. Whether it can be true is for the client to judge. */
export const sessionCount = z.object({ received: z.number() })

/** One ndt7 measurement, as far as throughput needs it. Times in µs. */
export const ndt7Measurement = z.object({
  AppInfo: z.object({ ElapsedTime: z.number(), NumBytes: z.number() }).nullish(),
  TCPInfo: z.object({ ElapsedTime: z.number().nullish(), BytesReceived: z.number().nullish() }).nullish(),
})
export type Ndt7Measurement = z.infer<typeof ndt7Measurement>

/**
 * A datagram: `CWE1`, 16 bytes id, u32 number, u32 how many the server had received with this one (0 on the way there), padding.
 * The server sends back exactly as many bytes as it got, so it never amplifies.
 */
export const ECHO_MAGIC = Buffer.from('CWE1')
export const ECHO_BYTES = 160
export const ECHO_MIN_BYTES = 28
export const ECHO_MAX_BYTES = 1200
export const ECHO_AT = { id: 4, number: 20, received: 24 } as const
