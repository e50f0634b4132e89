import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import type { ReducedRate, SingleWish } from '@shared/contracts/engine.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import type { Reason } from '@shared/domain/errors.ts'
import type { ProgramContent, SideContent } from '@shared/domain/program-content.ts'
import type { SoundFormat } from '../audio/sound-format.ts'
import type { CompositorName } from '../compositor/compositor.ts'
import type { DrawingChange } from '../drawing/stroke.ts'
import type { ViewTarget } from '../engine.types.ts'
import type { ScrollWay } from '../pictures/scroll-picture.ts'
import type { PortTransport } from '../program/program-port.ts'
import type { StageChange } from '../stage/stage-change.ts'
import type { PictureVitals } from '../vitals/picture-watch.ts'

/** Window → engine worker. Whatever can be transferred is. */
export type ToWorker =
  /** `assets`: where images and videos of the show are read from, ending with a slash. */
  | { type: 'init'; transport: PortTransport; audio: MessagePort; forceCompositor: CompositorName | null; withoutCodecs: readonly string[]; assets: string }
  /** Another end of the mixer's tap, as asked for by `want-tap`. */
  | { type: 'tap'; audio: MessagePort }
  | { type: 'wish'; wanted: boolean; encoding: Encoding; reduced: ReducedRate | null }
  /** Pictures leave this much later than they are composed, because the sounds do. */
  | { type: 'hold-back'; pictureUs: number }
  /** What of the show's scenes has changed. */
  | { type: 'stage'; change: StageChange }
  /** Frames of a camera or screen; ends when its track does. */
  | { type: 'feed'; sourceId: string; frames: ReadableStream<VideoFrame> }
  | { type: 'still'; sourceId: string; bitmap: ImageBitmap; opaque: boolean }
  /** A strip that runs through a box. */
  | { type: 'scroll'; sourceId: string; bitmap: ImageBitmap; opaque: boolean; way: ScrollWay }
  /** A still that the one before turns into. */
  | { type: 'fade'; sourceId: string; bitmap: ImageBitmap; opaque: boolean; lengthMs: number }
  /** A transparent picture to draw upon; it keeps what is on it while its size stays. */
  | { type: 'drawing'; sourceId: string; width: number; height: number }
  | { type: 'draw'; sourceId: string; change: DrawingChange }
  | { type: 'pattern'; sourceId: string }
  /** The source exists but has no picture now: a calm placeholder says so. */
  | { type: 'away'; sourceId: string; text: string }
  | { type: 'remove'; sourceId: string }
  | { type: 'preview'; canvas: OffscreenCanvas }
  | { type: 'preview-size'; width: number; height: number }
  | { type: 'preview-off' }
  | { type: 'visible'; visible: boolean }
  | { type: 'view-open'; viewId: number; canvas: OffscreenCanvas; target: ViewTarget }
  | { type: 'view-size'; viewId: number; width: number; height: number }
  /** Whether the window that it is in can be seen. */
  | { type: 'view-visible'; viewId: number; visible: boolean }
  | { type: 'view-close'; viewId: number }
  /** A PNG of the next composed picture, answered with the same id. */
  | { type: 'snapshot'; snapshotId: string }
  /** Where the composed frames of the mix, or of a stream beside it, go besides the encoder, for peers; from now on instead of the one before. */
  | { type: 'program-track'; content: ProgramContent; frames: WritableStream<VideoFrame> }
  | { type: 'program-track-off'; content: ProgramContent }
  /** A single stream, beside the mix: coded from now on, sent over a port of its own. */
  | { type: 'single-open'; content: SideContent; wish: SingleWish; transport: PortTransport; audio: MessagePort }
  /** Another source or encoding for it. */
  | { type: 'single'; content: SideContent; wish: SingleWish }
  | { type: 'single-close'; content: SideContent }
  /** A sound track that is only recorded (2 to 6): coded from now on, in place of what it was, and sent with the mix. */
  | { type: 'track-open'; track: number; format: SoundFormat; audio: MessagePort }
  | { type: 'track-close'; track: number }
  | { type: 'close' }

/** What the worker sees of one source. */
export interface PictureFigures {
  width: number
  height: number
  /** Frames of the last second; null for stills. */
  frameRate: number | null
  /** Of cameras and screens that were looked at. */
  vitals?: PictureVitals | undefined
}

/** Engine worker → window. */
export type FromWorker =
  | { type: 'figures'; figures: ProgramFigures; pictures: Record<string, PictureFigures> }
  | { type: 'size'; sourceId: string; width: number; height: number }
  | { type: 'feed-ended'; sourceId: string }
  /** null when the picture could not be had. */
  | { type: 'snapshot'; snapshotId: string; png: Uint8Array<ArrayBuffer> | null }
  /** Of the mix, or of one single stream. */
  | { type: 'failure'; reason: Reason | null; evidence: string; content?: SideContent }
  /** The sound's coder is made anew (another bitrate) and needs a tap of its own. */
  | { type: 'want-tap' }
  | { type: 'closed' }
