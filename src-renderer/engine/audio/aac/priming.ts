import { BATCH_FRAMES, SAMPLE_RATE } from '../tap-protocol.ts'
import type { AacStream } from './aac-stream.ts'

/** Silence, so that the encoder has settled; the chirp; and enough behind it to push it out. */
const LEAD_FRAMES = 4 * BATCH_FRAMES
const CHIRP_FRAMES = 2 * BATCH_FRAMES
const PACKETS_FED = 16
/** The chirp's last packet for a delay of up to 4 frames. */
const PACKETS_NEEDED = 12
const MAX_DELAY = 4 * BATCH_FRAMES
/** Below this it is not our chirp that came back: the encoder is not usable. */
const MIN_LIKENESS = 0.7

/** A sweep from 300 Hz to 6 kHz, faded at both ends: unmistakable, and any bitrate carries it. */
export function chirp(): Float32Array<ArrayBuffer> {
  const sweep = new Float32Array(CHIRP_FRAMES)
  for (let i = 0; i < CHIRP_FRAMES; i++) {
    const at = i / SAMPLE_RATE
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / CHIRP_FRAMES)
    sweep[i] = 0.5 * window * Math.sin(2 * Math.PI * at * (300 + (2850 * i) / CHIRP_FRAMES))
  }
  return sweep
}

/** How many samples after `expectedAt` the pattern lies in `sound`, and how much that place is like it (1 = the same). */
export function findDelay(sound: Float32Array, pattern: Float32Array, expectedAt: number, maxDelay: number): { delay: number; likeness: number } {
  let best = { delay: 0, likeness: 0 }
  const patternEnergy = energyOf(pattern, 0, pattern.length)
  for (let delay = 0; delay <= maxDelay; delay++) {
    const from = expectedAt + delay
    if (from + pattern.length > sound.length) break
    let product = 0
    for (let i = 0; i < pattern.length; i++) product += pattern[i]! * sound[from + i]!
    if (product <= 0) continue
    const likeness = product / Math.sqrt(patternEnergy * energyOf(sound, from, pattern.length))
    if (likeness > best.likeness) best = { delay, likeness }
  }
  return best
}

function energyOf(sound: Float32Array, from: number, frames: number): number {
  let energy = 1e-12
  for (let i = from; i < from + frames; i++) energy += sound[i]! ** 2
  return energy
}

/**
 * Sends a chirp through the encoder and a decoder and returns by how many samples it came out late, which
 * is what every viewer's decoder adds too; null where there is no decoder to tell. Rejects when the encoder
 * does not deliver. Also warms the encoder up: it holds only silence afterwards.
 */
export async function measurePriming(stream: AacStream, signal: AbortSignal): Promise<number | null> {
  const packets: Uint8Array[] = []
  await new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('the encoder does not answer')), { once: true })
    stream.onError = reject
    stream.onPacket = (_, data) => {
      packets.push(data)
      if (packets.length === PACKETS_NEEDED) resolve()
    }
    const sound = new Float32Array(PACKETS_FED * BATCH_FRAMES)
    sound.set(chirp(), LEAD_FRAMES)
    for (let i = 0; i < PACKETS_FED; i++) {
      const planar = new Float32Array(BATCH_FRAMES * 2)
      const part = sound.subarray(i * BATCH_FRAMES, (i + 1) * BATCH_FRAMES)
      planar.set(part)
      planar.set(part, BATCH_FRAMES)
      stream.encode(planar, i)
    }
  })
  stream.forget()
  if (!stream.asc) throw new Error('the encoder gave no AudioSpecificConfig')
  const decoded = await decode(packets, stream.asc, stream.channels)
  if (!decoded) return null
  const { delay, likeness } = findDelay(decoded, chirp(), LEAD_FRAMES, MAX_DELAY)
  if (likeness < MIN_LIKENESS) throw new Error('the encoder does not give back what it was given')
  return delay
}

async function decode(packets: readonly Uint8Array[], asc: Uint8Array, channels: number): Promise<Float32Array | null> {
  const config: AudioDecoderConfig = { codec: 'mp4a.40.2', sampleRate: SAMPLE_RATE, numberOfChannels: channels, description: new Uint8Array(asc) }
  if (typeof AudioDecoder === 'undefined' || !(await AudioDecoder.isConfigSupported(config)).supported) return null
  const sound = new Float32Array(packets.length * BATCH_FRAMES)
  let failed = false
  const decoder = new AudioDecoder({
    output(data) {
      const at = Math.round((data.timestamp * SAMPLE_RATE) / 1e6)
      const samples = new Float32Array(data.numberOfFrames)
      data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
      if (at >= 0 && at < sound.length) sound.set(samples.subarray(0, sound.length - at), at)
      data.close()
    },
    error: () => (failed = true),
  })
  decoder.configure(config)
  packets.forEach((data, i) => {
    decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: Math.round((i * BATCH_FRAMES * 1e6) / SAMPLE_RATE), data: new Uint8Array(data) }))
  })
  await decoder.flush().catch(() => (failed = true))
  if (decoder.state !== 'closed') decoder.close()
  return failed ? null : sound
}
