import { z } from 'zod'
import { MAX_ADDRESS_LENGTH } from '../destination.ts'

/** The user's own server that gives out tokens, and what it is asked. All of it is kept as a secret: the address may hold one, too. */
export const tokenSource = z.object({
  address: z.string().max(MAX_ADDRESS_LENGTH),
  method: z.enum(['GET', 'POST']),
  /** The access token to that server; empty = none. */
  bearer: z.string().max(4096),
  room: z.string().max(64),
  userId: z.string().max(64),
})
export type TokenSource = z.infer<typeof tokenSource>

/** One that was kept as JSON; null for nothing, or what no version ever wrote. Never throws. */
export function readTokenSource(kept: string): TokenSource | null {
  try {
    return tokenSource.safeParse(JSON.parse(kept)).data ?? null
  } catch {
    return null
  }
}
