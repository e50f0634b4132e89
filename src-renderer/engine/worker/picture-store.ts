import { FadePicture } from '../pictures/fade-picture.ts'
import { FramePicture } from '../pictures/frame-picture.ts'
import type { Picture } from '../pictures/picture.ts'
import type { PictureWatch } from '../vitals/picture-watch.ts'
import type { PictureFigures } from './messages.ts'

export interface PictureStoreEvents {
  onSize(sourceId: string, width: number, height: number): void
  onFeedEnded(sourceId: string): void
}

/**
 * The current picture of each source. Of frames only the newest is kept; every other is closed at once, because a
 * capturer that gets none of its few buffers back stops delivering.
 */
export class PictureStore {
  readonly pictures = new Map<string, Picture>()
  #readers = new Map<string, ReadableStreamDefaultReader<VideoFrame>>()
  #arrived = new Map<string, number>()
  /** Whose picture is only a card that says so. */
  readonly #away = new Set<string>()
  /** Rises when a picture appears, goes or changes its size: then the draw list is stale. */
  revision = 0

  constructor(
    private readonly events: PictureStoreEvents,
    private readonly watch?: PictureWatch,
  ) {}

  set(sourceId: string, picture: Picture): void {
    const before = this.pictures.get(sourceId)
    const alike = before !== undefined && !this.#away.has(sourceId) && before.width === picture.width && before.height === picture.height && before.opaque === picture.opaque &&
      !before.refresh && !picture.refresh
    this.#drop(sourceId)
    // A clock's next second changes nothing but pixels.
    if (alike) this.pictures.set(sourceId, picture)
    else this.#put(sourceId, picture)
  }

  /** Fades to this picture from the one that is there now; where there is none of the same size, at once. */
  fade(sourceId: string, picture: Picture, lengthMs: number): void {
    const there = this.isAway(sourceId) ? undefined : this.pictures.get(sourceId)
    const before = there instanceof FadePicture ? there.handOver() : there
    if (lengthMs <= 0 || !before || before.width !== picture.width || before.height !== picture.height) return this.set(sourceId, picture)
    this.#put(sourceId, new FadePicture(before, picture, lengthMs))
  }

  /** The source has no picture of its own now: this one says so. */
  setAway(sourceId: string, card: Picture): void {
    this.#drop(sourceId)
    this.#away.add(sourceId)
    this.#put(sourceId, card)
  }

  isAway(sourceId: string): boolean {
    return this.#away.has(sourceId) || !this.pictures.has(sourceId)
  }

  remove(sourceId: string): void {
    this.#drop(sourceId)
    this.#announce(sourceId, 0, 0)
  }

  /** Reads frames until the stream ends or another picture takes its place. */
  async feed(sourceId: string, frames: ReadableStream<VideoFrame>): Promise<void> {
    this.#readers.get(sourceId)?.cancel().catch(() => {})
    const reader = frames.getReader()
    this.#readers.set(sourceId, reader)
    this.#arrived.set(sourceId, 0)
    for (;;) {
      const { value: frame, done } = await reader.read().catch(() => ({ value: undefined, done: true }))
      const current = this.#readers.get(sourceId) === reader
      if (done || !frame) {
        if (current) {
          this.#readers.delete(sourceId)
          this.events.onFeedEnded(sourceId)
        }
        return
      }
      if (current) this.#take(sourceId, frame)
      else frame.close()
    }
  }

  /** Moves the pictures that draw themselves on to this frame. */
  setTime(timestampUs: number, frameUs: number): void {
    for (const picture of this.pictures.values()) picture.setTime?.(timestampUs, frameUs)
  }

  /** Looks at one frame of each feed. To be called before `figures`, which counts anew. */
  async look(): Promise<void> {
    for (const [sourceId, arrived] of Array.from(this.#arrived)) {
      const picture = this.pictures.get(sourceId)
      if (!this.watch || !(picture instanceof FramePicture)) continue
      const frame = picture.drawable().clone()
      await this.watch.look(sourceId, frame, arrived > 0)
      frame.close()
    }
  }

  /** Sizes, and frame rates since the last call. */
  figures(sinceMs: number): Record<string, PictureFigures> {
    const figures: Record<string, PictureFigures> = {}
    for (const [sourceId, picture] of this.pictures) {
      const arrived = this.#arrived.get(sourceId)
      figures[sourceId] = {
        width: picture.width,
        height: picture.height,
        frameRate: arrived === undefined || sinceMs <= 0 ? null : (arrived * 1000) / sinceMs,
        ...(this.watch && { vitals: this.watch.of(sourceId) }),
      }
      if (arrived !== undefined) this.#arrived.set(sourceId, 0)
    }
    return figures
  }

  close(): void {
    for (const sourceId of [...this.pictures.keys(), ...this.#readers.keys()]) this.#drop(sourceId)
  }

  #take(sourceId: string, frame: VideoFrame): void {
    this.#arrived.set(sourceId, (this.#arrived.get(sourceId) ?? 0) + 1)
    const picture = this.pictures.get(sourceId)
    if (!(picture instanceof FramePicture)) {
      picture?.close()
      this.#away.delete(sourceId)
      return this.#put(sourceId, new FramePicture(frame))
    }
    const { width, height } = picture
    picture.replace(frame)
    if (picture.width !== width || picture.height !== height) this.#announce(sourceId, picture.width, picture.height)
  }

  #put(sourceId: string, picture: Picture): void {
    this.pictures.set(sourceId, picture)
    this.#announce(sourceId, picture.width, picture.height)
  }

  #drop(sourceId: string): void {
    const reader = this.#readers.get(sourceId)
    this.#readers.delete(sourceId)
    reader?.cancel().catch(() => {})
    this.#arrived.delete(sourceId)
    this.#away.delete(sourceId)
    this.watch?.forget(sourceId)
    this.pictures.get(sourceId)?.close()
    this.pictures.delete(sourceId)
  }

  #announce(sourceId: string, width: number, height: number): void {
    this.revision++
    this.events.onSize(sourceId, width, height)
  }
}
