import { z } from 'zod'
import { type Reason, StudioError } from './errors.ts'
import { keptStroke, MAX_KEPT_STROKES } from './kept-stroke.ts'

const common = { id: z.string().min(1).max(64), name: z.string().max(200) }
const colour = z.string().regex(/^#[0-9a-f]{6}([0-9a-f]{2})?$/i)

/** Whether another device takes the place of one that is lost while it is used; absent = yes. */
const standIn = z.boolean().optional()

export const cameraSource = z.object({
  ...common,
  kind: z.literal('camera'),
  /** Empty = the system's default. The label finds the device again when its id has changed. */
  deviceId: z.string().max(500),
  deviceLabel: z.string().max(500),
  width: z.int().min(96).max(3840),
  height: z.int().min(96).max(2160),
  frameRate: z.number().min(1).max(60),
  standIn,
})

export const microphoneSource = z.object({
  ...common,
  kind: z.literal('microphone'),
  deviceId: z.string().max(500),
  deviceLabel: z.string().max(500),
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGainControl: z.boolean(),
  standIn,
})

/** A screen or a window. Which one is chosen in the system's picker, or by the host. */
export const screenSource = z.object({
  ...common,
  kind: z.literal('screen'),
  withAudio: z.boolean(),
  frameRate: z.number().min(1).max(60),
  /** What a picker that knows the difference offers first; absent = as it likes. */
  surface: z.enum(['monitor', 'window', 'browser']).optional(),
})

export const imageSource = z.object({ ...common, kind: z.literal('image'), assetId: z.string().max(200) })
export const colourSource = z.object({
  ...common,
  kind: z.literal('colour'),
  colour,
  /** Runs from `colour` to this one; absent = one colour. 0° = left to right, 90° = top to bottom. */
  gradient: z.object({ to: colour, angleDeg: z.number().min(0).max(360) }).optional(),
})

/** How letters look. */
const textStyle = {
  fontFamily: z.string().max(200),
  fontSizePx: z.number().min(4).max(1000),
  bold: z.boolean(),
  italic: z.boolean().optional(),
  colour,
  /** Fully transparent = none. */
  background: colour,
  align: z.enum(['left', 'center', 'right']),
  outline: z.object({ colour, widthPx: z.number().min(0).max(100) }).optional(),
  shadow: z.object({ colour, offsetX: z.number().min(-200).max(200), offsetY: z.number().min(-200).max(200), blurPx: z.number().min(0).max(200) }).optional(),
}
export const textSource = z.object({
  ...common,
  kind: z.literal('text'),
  text: z.string().max(10_000),
  ...textStyle,
  /** Where the words come from: `text` itself, the clock in this format (e.g. `HH:mm:ss`), or a file that may change. Absent = `text`. */
  from: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('clock'), format: z.string().max(100) }),
    z.object({ kind: z.literal('file'), path: z.string().max(4000) }),
  ]).optional(),
  /** Pixels per second; the text runs through a box of this width (left) or height (up). */
  scroll: z.object({ direction: z.enum(['left', 'up']), speed: z.number().min(-2000).max(2000), boxPx: z.number().min(16).max(3840) }).optional(),
})
/** Pictures one after the other. */
export const slideshowSource = z.object({
  ...common,
  kind: z.literal('slideshow'),
  assetIds: z.array(z.string().max(200)).max(200),
  /** How long each is shown, ms. */
  everyMs: z.int().min(100).max(3_600_000),
  fadeMs: z.int().min(0).max(10_000),
  order: z.enum(['in-order', 'random']),
  loop: z.boolean(),
  /** The box into which each picture is fitted, pixels. */
  width: z.int().min(16).max(3840),
  height: z.int().min(16).max(3840),
})
/** Time left until a moment, as text. */
export const countdownSource = z.object({
  ...common,
  kind: z.literal('countdown'),
  /** `until`: a time of the clock (ms since 1970). `duration`: begun by hand. */
  mode: z.enum(['until', 'duration']),
  untilMs: z.number().min(0),
  durationMs: z.int().min(0).max(359_999_000),
  /** `duration`: when it was begun (ms since 1970); null = stands at the full duration. */
  startedAtMs: z.number().nullable(),
  /** `duration`: what was left when it was paused; absent = not paused. */
  leftMs: z.int().min(0).max(359_999_000).optional(),
  /** Shown when the time is up. */
  endText: z.string().max(500),
  ...textStyle,
})
/** Drawn over whatever lies behind it. What is drawn lives as long as the studio is open, not in the show. */
export const annotationSource = z.object({
  ...common, kind: z.literal('annotation'), width: z.int().min(16).max(3840), height: z.int().min(16).max(3840),
  /** What is drawn on it, oldest first. */
  strokes: z.array(keptStroke).max(MAX_KEPT_STROKES).optional(),
})
/** A scene inside another one. */
export const sceneSource = z.object({ ...common, kind: z.literal('scene'), sceneId: z.string().min(1).max(64) })
/** A web page, drawn off screen by the host where it can. */
export const webPageSource = z.object({
  ...common,
  kind: z.literal('web-page'),
  address: z.string().max(4000),
  width: z.int().min(16).max(3840),
  height: z.int().min(16).max(3840),
  frameRate: z.number().min(1).max(60),
  /** Put into the page's style. */
  css: z.string().max(20_000),
})

/** Bars, a running clock, and a white flash with a 1 kHz beep at every full second. */
export const testPatternSource = z.object({ ...common, kind: z.literal('test-pattern') })

export const source = z.discriminatedUnion('kind', [
  cameraSource, microphoneSource, screenSource, imageSource, colourSource, textSource, testPatternSource,
  slideshowSource, countdownSource, annotationSource, sceneSource, webPageSource,
])
export type Source = z.infer<typeof source>
export type SourceKind = Source['kind']
export type SourceOf<K extends SourceKind> = Extract<Source, { kind: K }>

/** What a source is doing now. `ended` and `missing` come back by themselves when they can. */
/** `held`: not started in a safe start. */
export const sourceCondition = z.enum(['starting', 'active', 'ended', 'missing', 'denied', 'busy', 'failed', 'held'])
export type SourceCondition = z.infer<typeof sourceCondition>

/** What is seen and heard of a source while it is on, so that a frozen camera or a dead microphone is noticed. */
export const sourceVitals = z.object({
  /** Of cameras and screens; a screen may well stand still. */
  picture: z
    .object({
      /** How long not a pixel has changed and no frame has come, ms; 0 while it moves. */
      stillForMs: z.number().min(0),
      /** How long it has been as good as black, ms. */
      blackForMs: z.number().min(0),
      /** Mean brightness, 0 to 255. */
      luma: z.number().min(0).max(255),
    })
    .optional(),
  /** Before fader and mute: what the device gives. */
  sound: z
    .object({
      /** The highest peak since the last report, dBFS; -100 = silence. */
      peakDbfs: z.number(),
      /** How long it has been silent, ms. */
      silentForMs: z.number().min(0),
      /** How long it has been clipping, ms; 0 while it does not. */
      clippingForMs: z.number().min(0),
    })
    .optional(),
})
export type SourceVitals = z.infer<typeof sourceVitals>

export const sourceStatus = z.object({
  sourceId: z.string(),
  condition: sourceCondition,
  /** 0 x 0 while there is no picture (or none to come). */
  width: z.number(),
  height: z.number(),
  /** Pictures that arrived over the last second; null for stills and sound. */
  frameRate: z.number().nullable(),
  hasAudio: z.boolean(),
  /** The label of the device or surface that is really used. */
  label: z.string(),
  evidence: z.string(),
  /** Another device is used until its own is back. */
  standIn: z.boolean().optional(),
  vitals: sourceVitals.optional(),
})
export type SourceStatus = z.infer<typeof sourceStatus>

export const hasPicture = (kind: SourceKind): boolean => kind !== 'microphone'
export const canHaveSound = (source: Source): boolean =>
  source.kind === 'microphone' || source.kind === 'test-pattern' || (source.kind === 'screen' && source.withAudio)

const CONDITION_REASONS = {
  starting: 'source-ended', active: 'unexpected', ended: 'source-ended', missing: 'device-gone', denied: 'permission-denied', busy: 'device-busy', failed: 'source-ended', held: 'source-ended',
} as const satisfies Record<SourceCondition, Reason>

/** Why a source that is not active gives nothing, with its name as evidence. */
export function sourceFailure(status: SourceStatus, show: { sources: readonly Pick<Source, 'id' | 'name'>[] }): StudioError {
  const name = show.sources.find((each) => each.id === status.sourceId)?.name ?? status.sourceId
  return new StudioError(CONDITION_REASONS[status.condition], [name, status.evidence].filter((part) => part !== '').join(': '))
}
