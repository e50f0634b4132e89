import { BATCH_FRAMES, SAMPLE_RATE } from '../tap-protocol.ts'
import type { AacCandidate } from './aac-candidate.ts'

/**
 * FFmpeg's AAC encoder as wasm, from `@mediabunny/aac-encoder`. It runs in a worker of its own (made from a blob:
 * the page's policy needs `worker-src blob:` and 'wasm-unsafe-eval'), so it takes nothing from the compositor.
 * mediabunny is its only door: an output that writes nowhere hands out each packet.
 */
export const bundledAac: AacCandidate = {
  name: 'AAC (FFmpeg, wasm)',
  usualPrimingFrames: 1024,
  async open({ bitrateKbps, channels }, sink) {
    const mediabunny = await import('./mediabunny-door.ts')
    mediabunny.registerAacEncoder()
    const source = new mediabunny.AudioSampleSource({
      codec: 'aac',
      bitrate: bitrateKbps * 1000,
      onEncodedPacket(packet, metadata) {
        const description = metadata?.decoderConfig?.description
        sink.onPacket(packet.data, description ? new Uint8Array(description as Uint8Array<ArrayBuffer>) : null)
      },
    })
    const output = new mediabunny.Output({ format: new mediabunny.AdtsOutputFormat(), target: new mediabunny.NullTarget() })
    output.addAudioTrack(source)
    await output.start()
    let frames = 0
    let closed = false
    return {
      encode(planar) {
        const sample = new mediabunny.AudioSample({
          data: planar, format: 'f32-planar', numberOfChannels: channels, sampleRate: SAMPLE_RATE, timestamp: frames / SAMPLE_RATE,
        })
        frames += BATCH_FRAMES
        source
          .add(sample)
          .catch((failure: unknown) => {
            if (!closed) sink.onError(failure instanceof Error ? failure : new Error(String(failure)))
          })
          .finally(() => sample.close())
      },
      close() {
        closed = true
        output.cancel().catch(() => {})
      },
    }
  },
}
