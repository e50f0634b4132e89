import type { Strip } from '@shared/domain/strip.ts'
import type { Source, SourceCondition } from '@shared/domain/source.ts'
import type { EngineClock } from '../clock.ts'

/** Where a source's picture goes. */
export interface PictureSink {
  /** The worker reads frames from this track until it ends; the track stays the source's to stop. */
  feed(sourceId: string, track: MediaStreamTrack): void
  still(sourceId: string, bitmap: ImageBitmap, opaque: boolean): void
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

/** What a source says of itself; the manager turns it into a SourceStatus. */
export interface SourceNews {
  condition: SourceCondition
  label?: string
  hasAudio?: boolean
  evidence?: string
}

/** All that a source may use. */
export interface SourceContext {
  pictures: PictureSink
  sound: SoundSink
  devices: Pick<MediaDevices, 'getUserMedia' | 'getDisplayMedia' | 'enumerateDevices'>
  clock: EngineClock
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
