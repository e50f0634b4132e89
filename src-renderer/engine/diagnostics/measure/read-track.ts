import type { Performing } from '@shared/diagnostics/diagnostic.ts'
import { lumaOf, type Luma } from './luma.ts'
import type { SoundChunk } from './sound-facts.ts'
import { DeviceLost } from './with-device.ts'

/** Frames that wait when the page is busy; beyond them the oldest is dropped, as it would be in a show. */
const WAITING_FRAMES = 10
const WAITING_CHUNKS = 100

type Item<K extends 'video' | 'audio'> = K extends 'video' ? VideoFrame : AudioData

/**
 * Hands on each frame or stretch of sound of a track as it comes, with when it came (ms, monotonic), for `forMs`. The item is closed
 * afterwards. Rejects with DeviceLost when the track ends before, or with the signal's reason.
 */
export async function readTrack<K extends 'video' | 'audio'>(
  kind: K, track: MediaStreamTrack, { clock, signal, forMs }: Pick<Performing, 'clock' | 'signal'> & { forMs: number }, onItem: (item: Item<K>, arrivedMs: number) => void,
): Promise<void> {
  signal.throwIfAborted()
  const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: kind === 'video' ? WAITING_FRAMES : WAITING_CHUNKS } as MediaStreamTrackProcessorInit)
  const reader = (readable as ReadableStream<Item<K>>).getReader()
  const over = new AbortController()
  let ended = false
  const reading = (async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      try {
        if (!over.signal.aborted) onItem(value, clock.monotonicMs())
      } finally {
        value.close()
      }
    }
    ended = !over.signal.aborted
  })()
  try {
    const timing = AbortSignal.any([signal, over.signal])
    await Promise.race([reading, clock.sleep(forMs, timing)])
    if (ended) throw new DeviceLost('the track ended')
  } finally {
    over.abort()
    await reader.cancel().catch(() => {})
    await reading.catch(() => {})
  }
}

/** Each channel of a stretch of sound, copied out. */
export function chunkOf(sound: AudioData, arrivedMs: number): SoundChunk {
  const channels = Array.from({ length: sound.numberOfChannels }, (_, planeIndex) => {
    const samples = new Float32Array(sound.numberOfFrames)
    sound.copyTo(samples, { planeIndex, format: 'f32-planar' })
    return samples
  })
  return { sampleRate: sound.sampleRate, channels, arrivedMs }
}

/** Makes small grey pictures out of frames. */
export class LumaEye {
  readonly #context: OffscreenCanvasRenderingContext2D

  constructor(readonly width = 64, readonly height = 36) {
    this.#context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, alpha: false })!
  }

  look(frame: VideoFrame): Luma {
    this.#context.drawImage(frame, 0, 0, this.width, this.height)
    return lumaOf(this.#context.getImageData(0, 0, this.width, this.height).data)
  }
}
