import { z } from 'zod'
import { service } from './service.ts'

/** The built-in local server. `playbackUrl` is an HTTP-FLV address on the loopback, only for this computer. */
export const rehearsalState = z.object({
  running: z.boolean(),
  publishing: z.boolean(),
  playbackUrl: z.string().nullable(),
})

export const rehearsal = service('rehearsal', { calls: {}, topics: { state: rehearsalState } })
