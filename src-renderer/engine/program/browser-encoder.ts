import type { EncoderProbe } from './encoder-candidates.ts'

/** What is used of a VideoEncoder, so that a test can pass a fake. */
export interface EncoderLike {
  readonly encodeQueueSize: number
  readonly state: CodecState
  configure(config: VideoEncoderConfig): void
  encode(frame: VideoFrame, options: VideoEncoderEncodeOptions): void
  close(): void
}

export type MakeEncoder = (handlers: VideoEncoderInit) => EncoderLike

export const makeBrowserEncoder: MakeEncoder = (handlers) => new VideoEncoder(handlers)

/** Asks the browser, then codes one grey frame: `isConfigSupported` alone promises more than some drivers keep. */
export const browserEncoderProbe: EncoderProbe = {
  async isSupported(config) {
    if (typeof VideoEncoder === 'undefined') return false
    return (await VideoEncoder.isConfigSupported(config)).supported === true
  },
  async tryOut(config) {
    let chunks = 0
    let failure: string | null = null
    const encoder = new VideoEncoder({ output: () => void chunks++, error: (error) => (failure = error.message) })
    const grey = new Uint8Array((config.width * config.height * 3) / 2).fill(128)
    const frame = new VideoFrame(grey, { format: 'I420', codedWidth: config.width, codedHeight: config.height, timestamp: 0 })
    try {
      encoder.configure(config)
      encoder.encode(frame, { keyFrame: true })
      await encoder.flush()
      return failure ?? (chunks > 0 ? null : 'gave no picture')
    } catch (error) {
      return failure ?? (error instanceof Error ? error.message : String(error))
    } finally {
      frame.close()
      if (encoder.state !== 'closed') encoder.close()
    }
  },
}
