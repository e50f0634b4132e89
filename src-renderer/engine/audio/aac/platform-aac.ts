import { BATCH_FRAMES, SAMPLE_RATE } from '../tap-protocol.ts'
import type { AacCandidate } from './aac-candidate.ts'

/** The operating system's encoder by WebCodecs: macOS and Windows have one, Linux has none. */
export const platformAac: AacCandidate = {
  name: 'AAC (platform)',
  // AudioToolbox puts 2112 samples first (Apple TN2258); Media Foundation 1024, which is found by measuring.
  usualPrimingFrames: 2112,
  async open({ bitrateKbps, channels }, sink) {
    const config: AudioEncoderConfig = { codec: 'mp4a.40.2', sampleRate: SAMPLE_RATE, numberOfChannels: channels, bitrate: bitrateKbps * 1000 }
    if (typeof AudioEncoder === 'undefined') throw new Error('no WebCodecs')
    const { supported } = await AudioEncoder.isConfigSupported(config)
    if (!supported) throw new Error('not supported')
    const encoder = new AudioEncoder({
      output(chunk, metadata) {
        const data = new Uint8Array(chunk.byteLength)
        chunk.copyTo(data)
        const description = metadata?.decoderConfig?.description
        sink.onPacket(data, description ? bytesOf(description) : null)
      },
      error: (failure) => sink.onError(failure),
    })
    encoder.configure(config)
    let frames = 0
    return {
      encode(planar) {
        const timestamp = Math.round((frames * 1e6) / SAMPLE_RATE)
        frames += BATCH_FRAMES
        const sound = new AudioData({ format: 'f32-planar', sampleRate: SAMPLE_RATE, numberOfFrames: BATCH_FRAMES, numberOfChannels: channels, timestamp, data: planar })
        encoder.encode(sound)
        sound.close()
      },
      close: () => {
        if (encoder.state !== 'closed') encoder.close()
      },
    }
  },
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice() : new Uint8Array(source).slice()
}
