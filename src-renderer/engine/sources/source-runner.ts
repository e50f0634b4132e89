import type { Strip } from '@shared/domain/strip.ts'
import type { TextFile } from '@shared/contracts/text-files.ts'
import type { Source, SourceCondition, SourceOf } from '@shared/domain/source.ts'
import type { EngineClock } from '../clock.ts'
import type { Stroke } from '../drawing/stroke.ts'
import type { DeviceUse } from './device-use.ts'
import type { ScrollWay } from '../pictures/scroll-picture.ts'

/** Where a source's picture goes. */
export interface PictureSink {
  /** The worker reads frames from this track until it ends; the track stays the source's to stop. */
  feed(sourceId: string, track: MediaStreamTrack): void
  still(sourceId: string, bitmap: ImageBitmap, opaque: boolean): void
  /** A strip that runs through a box. */
  scroll(sourceId: string, strip: ImageBitmap, how: { opaque: boolean } & ScrollWay): void
  /** The still before turns into this one, which has the same size. */
  fade(sourceId: string, bitmap: ImageBitmap, opaque: boolean, lengthMs: number): void
  /** A transparent picture to draw upon, with these on it. */
  drawing(sourceId: string, width: number, height: number, strokes: Stroke[]): void
  pattern(sourceId: string): void
  away(sourceId: string): void
  remove(sourceId: string): void
}

/** Where a source's sound goes: the mixer. */
export interface SoundSink {
  setSource(sourceId: string, input: { kind: 'stream'; stream: MediaStream } | { kind: 'beep' }, strip: Strip): void
  setStrip(sourceId: string, strip: Strip): void
  remove(sourceId: string): void
}

/** Files whose words are shown: told at once where known, and again whenever the file has changed. */
export interface TextFiles {
  follow(path: string, handler: (file: TextFile) => void): () => void
}

/** Web pages drawn by the host; null = this host cannot. */
export interface WebPages {
  /** A stream of the page's picture. Rejects with a StudioError. */
  open(page: SourceOf<'web-page'>): Promise<MediaStream>
  close(sourceId: string): void
}

/** What a source says of itself; the manager turns it into a SourceStatus. */
export interface SourceNews {
  condition: SourceCondition
  label?: string
  hasAudio?: boolean
  evidence?: string
  /** Another device takes the place of the source's own. */
  standIn?: boolean
}

/** All that a source may use. */
export interface SourceContext {
  pictures: PictureSink
  sound: SoundSink
  devices: Pick<MediaDevices, 'getUserMedia' | 'getDisplayMedia' | 'enumerateDevices'>
  /** Shared by all sources of the show. */
  deviceUse: DeviceUse
  clock: EngineClock
  textFiles: TextFiles
  webPages: WebPages | null
  images: { load(assetId: string): Promise<ImageBitmap> }
  /** Uniform in [0, 1). */
  random(): number
  /** The strip as it is now. */
  strip(sourceId: string): Strip
  tell(sourceId: string, news: SourceNews): void
}

/** One running source. */
export interface SourceRunner {
  /** Takes over changed settings; false = it must be started anew. */
  update(source: Source): boolean
  /** Tries again now, whatever it is doing. */
  restart(): Promise<void>
  /** The list of devices has changed. */
  onDevices(): void
  stop(): void
}
