import type { ProgramWish } from '@shared/contracts/engine.ts'
import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import type { Reason } from '@shared/domain/errors.ts'
import type { ProgramContent, SideContent } from '@shared/domain/program-content.ts'
import type { Show } from '@shared/domain/show.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import type { SoundDesk } from './audio/sound-desk.ts'
import type { DrawingChange } from './drawing/stroke.ts'
import type { SourceLink } from './sources/outside.ts'
import type { ProgramStream } from './whip/program-stream.ts'

/** One moment of the meters, 20 per second. dBFS, -100 = silence. Key `program` is the mix. */
export type MeterFrame = Readonly<Record<string, { peakDbfs: number; rmsDbfs: number }>>

export interface DeviceChoice {
  deviceId: string
  label: string
}

export interface Devices {
  cameras: readonly DeviceChoice[]
  microphones: readonly DeviceChoice[]
  /** Where sound can be played. */
  speakers: readonly DeviceChoice[]
}

/** What the engine tells main and needs from it; the bridge makes one of these, a test a fake. */
export interface EngineLink extends SourceLink {
  /** Opens the program port's transport inside the engine worker: an address to connect to, or a port to transfer. */
  programPort(): { kind: 'websocket'; url: string } | { kind: 'port'; port: MessagePort }
  /** The same for a single stream, while one is wanted. */
  singlePort(content: SideContent): Promise<ReturnType<EngineLink['programPort']>>
  onWish(handler: (wish: ProgramWish) => void): () => void
  report(figures: ProgramFigures, sources: SourceStatus[]): void
  /** Of the mix, or of one single stream. */
  failure(reason: Reason | null, evidence: string, content?: SideContent): void
  /** Main wants a picture of the program. */
  onSnapshot(handler: (snapshotId: string) => void): () => void
  snapshot(snapshotId: string, png: Uint8Array<ArrayBuffer> | null): void
}

/** What can be looked at beside the program's own preview. */
export type ViewTarget =
  | { kind: 'program' }
  /** The portrait (second) canvas. */
  | { kind: 'second' }
  /** `slow`: a thumbnail, 5 instead of 15 pictures a second. `smooth`: what is edited, 30 while the machine keeps up. */
  | { kind: 'scene'; sceneId: string; slow?: boolean; smooth?: boolean }
  | { kind: 'source'; sourceId: string }
  /** The scenes of the show in order, 4 to 25 of them in a grid. */
  | { kind: 'multiview'; cells: 4 | 9 | 16 | 25 }

/** One canvas that shows one target, drawn no larger than it is seen. */
export interface EngineView {
  setSize(width: number, height: number): void
  close(): void
}

export interface ShowOptions {
  /** The scene that studio mode prepares: marked in multiviews. */
  previewSceneId?: string | null
}

/** The page's engine: knows no Vue and no stores. It composes always and codes while main wishes. */
export interface Engine {
  /** Follows this show: starts, changes and stops sources, recomposes from the next frame on. Cheap to call on every edit. */
  setShow(show: Show, options?: ShowOptions): void
  /** While safe, no device, screen or web page is open and no filter is at work, whatever the show says. */
  setSafe(safe: boolean): void
  /** Shows the composed program in this canvas (once per canvas element); returns how to stop. */
  attachPreview(canvas: HTMLCanvasElement): () => void
  /** CSS pixels times the display's scale that the preview covers, so that no more is drawn than is seen. */
  setPreviewSize(width: number, height: number): void
  /** Shows something else in this canvas, which may belong to another window of the page. Costs nothing once closed. */
  openView(canvas: HTMLCanvasElement, target: ViewTarget): EngineView
  /** Opens the system's picker for a screen source; call from a user's gesture. Rejects with a StudioError. */
  chooseScreen(sourceId: string): Promise<void>
  /** Tries a source again now. */
  restartSource(sourceId: string): Promise<void>
  /** Draws on an annotation source, in pixels of its picture; seen with the next frame. */
  draw(sourceId: string, change: DrawingChange): void
  /** Asks for permission once, so that devices have names; rejects with a StudioError. */
  unlockDevices(): Promise<void>
  onDevices(handler: (devices: Devices) => void): () => void
  /** Monitoring, loudness and filters' reductions. */
  readonly sound: SoundDesk
  /** The key of a strip that is pushed to talk or to mute (null: of all of them) is held, or not any more. */
  setPushHeld(sourceId: string | null, held: boolean): void
  onMeters(handler: (meters: MeterFrame) => void): () => void
  onSources(handler: (sources: readonly SourceStatus[]) => void): () => void
  onFigures(handler: (figures: ProgramFigures) => void): () => void
  /** The picture's size in source pixels, for placing and hit tests; null while there is none. */
  sizeOf(sourceId: string): { width: number; height: number } | null
  /** The mix, or a stream beside it, as tracks for as long as somebody wants them; a stream that main does not want now is still. */
  openProgramStream(content: ProgramContent): ProgramStream
  close(): Promise<void>
}
