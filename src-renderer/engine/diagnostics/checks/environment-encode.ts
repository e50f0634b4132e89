import { diagnostic, type FindingOf, type Performing } from '@shared/diagnostics/diagnostic.ts'
import type { EnvironmentParts } from './environment-parts.ts'

/** Percent of the time there is for a frame: the rest is needed for drawing, capturing, and everything else on the computer. */
const BUSY = { warn: 50, fail: 80, worse: 'above' } as const
const RATE = 30
/** Two seconds of pictures. */
const FRAMES = 2 * RATE
/** A computer that needs this long for them is far beyond the limit. */
const GIVE_UP_MS = 10_000
/** Getting going takes hardware so long at most; an encoder that keeps each picture until the next one gives nothing yet. */
const FIRST_ONE_MS = 1500
/** Some encoders keep the last picture until another one comes. */
const LAST_ONE_MS = 500
/** As many pictures as a live encoder is let fall behind. */
const MAX_QUEUED = 4
const [WIDTH, HEIGHT] = [1920, 1080] as const
const CONFIG = { codec: 'avc1.640028', width: WIDTH, height: HEIGHT, framerate: RATE, bitrate: 6_000_000, latencyMode: 'realtime', avc: { format: 'avc' } } as const satisfies VideoEncoderConfig
const PREFERENCES = ['prefer-hardware', 'prefer-software', 'no-preference'] as const

export interface EncodedPictures {
  by: 'hardware' | 'software'
  /** How many came out of the encoder in `ms`. */
  frames: number
  ms: number
  failure: string | null
}

type Parts = Pick<EnvironmentParts, 'codecs' | 'makeEncoder' | 'makeFrame'>

/** Really codes 2 s of moving pictures, as quickly as it goes. */
export const environmentEncode = (parts: Parts) =>
  diagnostic({
    name: 'environment.encode',
    group: 'environment',
    uses: 'processor',
    timeoutMs: 30_000,
    async perform(given) {
      for (const hardwareAcceleration of PREFERENCES) {
        if (!(await parts.codecs.videoEncode({ ...CONFIG, hardwareAcceleration }).catch(() => false))) continue
        return judgeEncode(await encodePictures(parts, { ...CONFIG, hardwareAcceleration }, given))
      }
      return { status: 'warn', code: 'unavailable' }
    },
  })

export function judgeEncode({ by, frames, ms, failure }: EncodedPictures): FindingOf<'environment.encode'> {
  if (frames === 0 || failure !== null) return { status: 'fail', code: 'broken', ...(failure !== null && { evidence: failure.slice(0, 500) }), data: { by, frames, ms: Math.round(ms) } }
  const msPerFrame = ms / frames
  const percent = Math.round((msPerFrame * RATE * 100) / 1000)
  const status = percent > BUSY.fail ? 'fail' : percent >= BUSY.warn ? 'warn' : 'pass'
  const code = ({ pass: 'quick', warn: 'tight', fail: 'slow' } as const)[status]
  return { status, code, params: { percent }, value: percent, unit: '%', threshold: BUSY, data: { by, percent, frames, ms: Math.round(ms), msPerFrame: Math.round(msPerFrame * 10) / 10 } }
}

async function encodePictures({ makeEncoder, makeFrame }: Parts, config: VideoEncoderConfig, { clock, signal, progress }: Performing): Promise<EncodedPictures> {
  const pictures = movingPictures()
  let startedMs = clock.monotonicMs()
  const came = { frames: 0, lastMs: startedMs, failure: null as string | null }
  const output = (): void => {
    came.frames++
    came.lastMs = clock.monotonicMs()
  }
  const goesOn = (): boolean => came.failure === null && clock.monotonicMs() - startedMs < GIVE_UP_MS
  const encoder = makeEncoder({ output, error: (error) => (came.failure = error.message) })
  try {
    encoder.configure(config)
    for (let i = 0; i < FRAMES && goesOn(); i++) {
      const frame = makeFrame(pictures[i % pictures.length]!, { format: 'I420', codedWidth: WIDTH, codedHeight: HEIGHT, timestamp: Math.round((i * 1_000_000) / RATE) })
      try {
        encoder.encode(frame, { keyFrame: i === 0 })
      } finally {
        frame.close()
      }
      // The first picture waits for the encoder to get going, which it does once in a show.
      const isFull = i === 0 ? () => came.frames === 0 && clock.monotonicMs() - startedMs < FIRST_ONE_MS : () => encoder.encodeQueueSize >= MAX_QUEUED
      while (isFull() && goesOn()) await clock.sleep(1, signal)
      if (i === 0) startedMs = clock.monotonicMs()
      progress(i / FRAMES)
    }
    while (came.frames < FRAMES && came.failure === null && clock.monotonicMs() - came.lastMs < LAST_ONE_MS) await clock.sleep(1, signal)
    return { by: config.hardwareAcceleration === 'prefer-hardware' ? 'hardware' : 'software', frames: Math.max(0, came.frames - 1), ms: came.lastMs - startedMs, failure: came.failure }
  } catch (error) {
    signal.throwIfAborted()
    return { by: 'software', frames: 0, ms: 0, failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
  } finally {
    if (encoder.state !== 'closed') encoder.close()
  }
}

/** Four pictures in which everything has moved: a still one would cost the encoder nothing. */
function movingPictures(): Uint8Array<ArrayBuffer>[] {
  return [0, 1, 2, 3].map((step) => {
    const i420 = new Uint8Array((WIDTH * HEIGHT * 3) / 2).fill(128)
    for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) i420[y * WIDTH + x] = ((((x + step * 9) >> 3) * 37) ^ (((y + step * 5) >> 3) * 59)) & 0xff
    return i420
  })
}
