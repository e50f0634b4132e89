import type { SourceVitals } from '@shared/domain/source.ts'

export type PictureVitals = NonNullable<SourceVitals['picture']>

/** Strips of two lines each, spread over the picture: enough to see that nothing moves, and cheap to read. */
const STRIPS = 8
/** Every so many samples of a line count; the noise of a real camera changes some of them with every frame. */
const STEP = 4
/** Mean brightness (video range, black = 16) below which a picture shows nothing (webrtc/testrtc: 20). */
const BLACK_BELOW_LUMA = 20

interface Seen {
  samples: Uint8Array<ArrayBuffer>
  length: number
  stillSinceMs: number
  blackSinceMs: number | null
  luma: number
  lookedAtMs: number
}

/** What can be read of a frame; a VideoFrame is one. */
export interface ReadableFrame {
  readonly format: string | null
  readonly visibleRect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null
  copyTo(target: Uint8Array<ArrayBuffer>, options: { rect: { x: number; y: number; width: number; height: number } }): Promise<{ offset: number; stride: number }[]>
}

/**
 * Looks now and then whether the picture of a camera still moves and shows anything. Reads some lines of one frame a second;
 * the path of the frames is not touched. A frame whose pixels only a GPU can read is not judged.
 */
export class PictureWatch {
  readonly #seen = new Map<string, Seen>()
  #strip = new Uint8Array(0)

  constructor(private readonly nowMs: () => number) {}

  /** `arrived`: a frame came since the last look. The frame must stay open until this resolves. */
  async look(sourceId: string, frame: ReadableFrame, arrived: boolean): Promise<void> {
    const now = this.nowMs()
    const seen = this.#seen.get(sourceId)
    if (!arrived) return this.#stays(seen, now)
    const read = await this.#read(frame, seen?.samples ?? new Uint8Array(0)).catch(() => null)
    if (!read) return void this.#seen.delete(sourceId)
    const moved = !seen || seen.length !== read.length || read.changed
    this.#seen.set(sourceId, {
      samples: read.samples,
      length: read.length,
      luma: read.luma,
      stillSinceMs: moved ? now : seen.stillSinceMs,
      blackSinceMs: read.luma < BLACK_BELOW_LUMA ? (seen?.blackSinceMs ?? now) : null,
      lookedAtMs: now,
    })
  }

  forget(sourceId: string): void {
    this.#seen.delete(sourceId)
  }

  /** Of a source that was looked at. */
  of(sourceId: string): PictureVitals | undefined {
    const seen = this.#seen.get(sourceId)
    if (!seen) return undefined
    const { lookedAtMs, stillSinceMs, blackSinceMs, luma } = seen
    return { stillForMs: lookedAtMs - stillSinceMs, blackForMs: blackSinceMs === null ? 0 : lookedAtMs - blackSinceMs, luma: Math.round(luma) }
  }

  /** No frame has come: what is shown is the one from before. */
  #stays(seen: Seen | undefined, now: number): void {
    if (seen) seen.lookedAtMs = now
  }

  /** Writes the samples over those of the last look, and says whether one of them is another. */
  async #read(frame: ReadableFrame, before: Uint8Array<ArrayBuffer>): Promise<{ samples: Uint8Array<ArrayBuffer>; length: number; changed: boolean; luma: number } | null> {
    const { format, visibleRect: rect } = frame
    if (!rect || format === null) return null
    const bytesPerPixel = BYTES_PER_PIXEL[format]
    if (bytesPerPixel === undefined || rect.height < 2 * STRIPS) return null
    const stripBytes = rect.width * 2 * 4
    if (this.#strip.length < stripBytes) this.#strip = new Uint8Array(stripBytes)
    const perStrip = Math.floor(rect.width / STEP)
    const length = perStrip * STRIPS
    const samples = before.length >= length ? before : new Uint8Array(length)
    let changed = samples !== before
    let sum = 0
    for (let strip = 0; strip < STRIPS; strip++) {
      const y = rect.y + 2 * Math.floor((rect.height * (strip + 0.5)) / STRIPS / 2)
      await frame.copyTo(this.#strip, { rect: { x: rect.x, y, width: rect.width, height: 2 } })
      for (let i = 0; i < perStrip; i++) {
        const value = this.#strip[i * STEP * bytesPerPixel + (bytesPerPixel > 1 ? 1 : 0)]!
        const at = strip * perStrip + i
        if (samples[at] !== value) {
          samples[at] = value
          changed = true
        }
        sum += value
      }
    }
    const mean = sum / length
    // RGB counts from 0, video from 16.
    return { samples, length, changed, luma: bytesPerPixel > 1 ? 16 + (mean * 219) / 255 : mean }
  }
}

/** Of the first plane: brightness in planar formats, else green is the second byte of a pixel. */
const BYTES_PER_PIXEL: Readonly<Record<string, number>> = { I420: 1, NV12: 1, I422: 1, I444: 1, RGBA: 4, RGBX: 4, BGRA: 4, BGRX: 4 }
