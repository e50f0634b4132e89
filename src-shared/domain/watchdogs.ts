import { z } from 'zod'

/** What is watched while a show is on air or recorded. Sentences: `src-shared/texts/watchdogs.*.ts`. */
export const WATCHDOGS = [
  'picture-frozen', 'picture-black', 'sound-silent', 'sound-clipping', 'device-lost', 'device-swapped', 'capture-dead',
  'encoder-slow', 'clock-jump', 'disk-low', 'battery-low', 'network-changed',
] as const
export const watchdogName = z.enum(WATCHDOGS)
export type WatchdogName = z.infer<typeof watchdogName>

/** What the studio does about it by itself. `none`: nothing can be done from here. */
export const recoveryState = z.enum(['none', 'trying', 'mended', 'by-itself', 'failed'])
export type RecoveryState = z.infer<typeof recoveryState>

/** Something that happened to a show: from when to when, and what became of it. */
export const watchEvent = z.object({
  id: z.string().max(100),
  watchdog: watchdogName,
  level: z.enum(['info', 'warning', 'error']),
  /** The source that it is about; null: the studio or this computer. */
  sourceId: z.string().max(100).nullable(),
  /** Put into the sentence: the source's name, a device, a figure. */
  params: z.record(z.string().max(30), z.union([z.string().max(500), z.number()])),
  evidence: z.string().max(1000),
  /** Wall time, ms since 1970. */
  beganAtMs: z.number(),
  /** null while it lasts. */
  endedAtMs: z.number().nullable(),
  recovery: recoveryState,
})
export type WatchEvent = z.infer<typeof watchEvent>
