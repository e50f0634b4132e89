import { z } from 'zod'
import { appearance } from '../domain/appearance.ts'
import { reasons } from '../domain/errors.ts'
import { hotkeyPreferences } from '../domain/hotkeys.ts'
import { singleQuality } from '../domain/single-presets.ts'
import { call, nothing, service } from './service.ts'

/** What happens when a line takes less than the program needs. */
export const congestionPreferences = z.object({
  /** On: the encoder sends what the slowest required line takes. Off: its rate stays, and a slow line loses frames. */
  enabled: z.boolean(),
  /** Below this (kbit/s of the picture) there are fewer pictures a second, not worse ones. */
  floorKbps: z.int().min(100).max(20_000),
})
export type CongestionPreferences = z.infer<typeof congestionPreferences>

export const preferences = z.object({
  language: z.enum(['en', 'zh-CN']),
  theme: z.enum(['dark', 'light', 'system']),
  /** Sizes of the panels and the like, kept for the page; main does not look inside. */
  layout: z.record(z.string(), z.json()),
  /** Seconds (10 to 600) after which a destination that cannot be reached or restored counts as failed. */
  failAfterSeconds: z.int().min(10).max(600),
  /** True = failed is final; false = the studio goes on trying while the show is on. */
  failedIsFinal: z.boolean(),
  /** `automatic`: a show goes live by itself once a camera or a screen is on. */
  startMode: z.enum(['manual', 'automatic']),
  /** *Go live* in the window looks first whether all is well. Absent = yes. */
  checkFirst: z.boolean().optional(),
  congestion: congestionPreferences,
  /** How the camera and the screen are coded where they go out by themselves; from the next time on that they do. */
  singles: z.object({ main: singleQuality, aux: singleQuality }),
  appearance,
  hotkeys: hotkeyPreferences,
})
export type Preferences = z.infer<typeof preferences>

/** Something the user should know that is not tied to a destination. Stays until dismissed. */
export const notice = z.object({
  id: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  reason: z.enum(reasons),
  evidence: z.string(),
  atMs: z.number(),
})
export type Notice = z.infer<typeof notice>

/** What a system lets a program capture, or not. */
export const capturedDevice = z.enum(['camera', 'microphone', 'screen'])
export type CapturedDevice = z.infer<typeof capturedDevice>

export const studioInfo = z.object({
  version: z.string(),
  host: z.enum(['electron', 'browser']),
  platform: z.string(),
  headless: z.boolean(),
  fakeDevices: z.boolean(),
  /** Nothing is captured until the user wants it; see the contract of safe starts. */
  safe: z.boolean().optional(),
  versions: z.record(z.string(), z.string()),
  /** Where keys are kept: encrypted by the system, or a file that only this user may read. */
  secretStore: z.enum(['encrypted', 'protected-file', 'memory']),
  /** What only some hosts can: draw web pages out of sight, ask for a file by the system's dialog, open the system's privacy settings. */
  can: z.object({ webPages: z.boolean(), chooseFiles: z.boolean(), privacySettings: z.boolean().optional() }).optional(),
})
export type StudioInfo = z.infer<typeof studioInfo>

export const studio = service('studio', {
  calls: {
    info: call(z.object({}), studioInfo),
    updatePreferences: call(preferences.partial(), nothing),
    dismissNotice: call(z.object({ noticeId: z.string() }), nothing),
    /** Opens the system's page with the switch for it. Fails with `not-found` where there is none. */
    openPrivacySettings: call(z.object({ device: capturedDevice }), nothing),
    /** The page says that the operating system's network is back (`online`), so that waits are cut short. */
    networkUp: call(z.object({}), nothing),
  },
  topics: { preferences, notices: z.array(notice) },
})
