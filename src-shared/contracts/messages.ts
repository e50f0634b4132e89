import { z } from 'zod'
import { reasons } from '../domain/errors.ts'

/** What travels between the page and main, whatever the transport. Nothing is handled unparsed. */
export const toMain = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.int(), service: z.string(), call: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('watch'), service: z.string(), topic: z.string() }),
  z.object({ type: z.literal('unwatch'), service: z.string(), topic: z.string() }),
])
export type ToMain = z.infer<typeof toMain>

export const toPage = z.discriminatedUnion('type', [
  // Optional: a call that answers nothing has no `output` once it has been JSON.
  z.object({ type: z.literal('result'), id: z.int(), output: z.unknown().optional() }),
  z.object({ type: z.literal('failure'), id: z.int(), reason: z.enum(reasons), evidence: z.string(), serviceCode: z.string().optional() }),
  z.object({ type: z.literal('topic'), service: z.string(), topic: z.string(), revision: z.int(), state: z.unknown() }),
])
export type ToPage = z.infer<typeof toPage>

/** A two-way pipe for structured messages: Electron's IPC, a WebSocket, or two ends in a test. */
export interface Channel {
  send(message: unknown): void
  onMessage(handler: (message: unknown) => void): void
  onClose(handler: () => void): void
  close(): void
}

/**
 * The code with which main closes a page's WebSocket when a newer load of the page has taken its place
 * (4000 to 4999 are an application's own: RFC 6455 §7.4.2).
 */
export const REPLACED_CLOSE_CODE = 4001

/** A two-way pipe for the program: binary from the page, small JSON commands back. */
export interface ProgramChannel {
  send(command: unknown): void
  onMessage(handler: (message: Uint8Array) => void): void
  onClose(handler: () => void): void
  close(): void
}
