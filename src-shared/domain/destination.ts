import { z } from 'zod'

/** Longest address that the studio takes; longer ones are a paste accident. */
export const MAX_ADDRESS_LENGTH = 2048

/**
 * Where the program goes. The key is not part of it: it lives in the host's secret store under the
 * destination's id. `rehearsal` is the built-in local server; it needs no address.
 */
export const destination = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(200),
  kind: z.enum(['rehearsal', 'rtmp']),
  /** `rtmp://` or `rtmps://`, without the key. Empty for the rehearsal. */
  address: z.string().max(MAX_ADDRESS_LENGTH),
  enabled: z.boolean(),
  /** PEM certificates trusted for this destination besides the system's own. */
  certificateAuthority: z.string().max(200_000).default(''),
  /** Off is for test rigs only; the studio shows it as a warning. */
  verifyCertificate: z.boolean().default(true),
})
export type Destination = z.infer<typeof destination>

/** What the page may know: everything but the key itself. */
export const destinationView = destination.extend({ hasKey: z.boolean() })
export type DestinationView = z.infer<typeof destinationView>
