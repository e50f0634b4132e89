import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { VideoHeader } from '@shared/domain/packet.ts'
import { FakeEngineClock } from '../fake-clock.ts'
import type { EncoderLike } from './browser-encoder.ts'
import type { EncoderProbe } from './encoder-candidates.ts'
import { VideoCoder } from './video-coder.ts'

/** An encoder that answers each frame at once, and can be made to stall or to fail. */
class FakeEncoder implements EncoderLike {
  encodeQueueSize = 0
  state: CodecState = 'unconfigured'
  configs: VideoEncoderConfig[] = []
  keys: boolean[] = []
  avcC = Uint8Array.of(1, 2, 3)
  constructor(readonly handlers: VideoEncoderInit) {}
  configure(config: VideoEncoderConfig): void {
    this.state = 'configured'
    this.configs.push(config)
  }
  encode(frame: VideoFrame, { keyFrame }: VideoEncoderEncodeOptions): void {
    this.keys.push(keyFrame === true)
    const chunk = { type: keyFrame ? 'key' : 'delta', timestamp: frame.timestamp, byteLength: 10 } as EncodedVideoChunk
    const metadata = keyFrame ? { decoderConfig: { codec: this.configs.at(-1)?.codec ?? '', description: this.avcC } } : {}
    this.handlers.output(chunk, metadata)
  }
  close(): void {
    this.state = 'closed'
  }
  fail(message: string): void {
    this.state = 'closed'
    this.handlers.error(new DOMException(message, 'EncodingError'))
  }
}

function rig(supported: (config: VideoEncoderConfig) => boolean = (config) => config.codec !== 'vp8' && config.hardwareAcceleration === 'prefer-software') {
  const clock = new FakeEngineClock()
  const encoders: FakeEncoder[] = []
  const headers: VideoHeader[] = []
  const keys: boolean[] = []
  const failures: (string | null)[] = []
  const probe: EncoderProbe = { isSupported: async (config) => supported(config), tryOut: async () => null }
  const coder = new VideoCoder(
    (handlers) => {
      const encoder = new FakeEncoder(handlers)
      encoders.push(encoder)
      return encoder
    },
    probe,
    clock,
    { onHeader: (header) => headers.push(header), onChunk: (_, key) => keys.push(key), onFailure: (reason) => failures.push(reason) },
  )
  let frame = 0
  const encode = (count = 1): boolean[] =>
    Array.from({ length: count }, () => coder.encode({ timestamp: Math.round((frame++ * 1_000_000) / 30) } as VideoFrame))
  return { clock, coder, encoders, headers, keys, failures, encode }
}

const isVp8 = (config: VideoEncoderConfig) => config.codec === 'vp8'
const ENCODING = { ...DEFAULT_ENCODING, keyFrameSeconds: 2 }

describe('the video coder', () => {
  it('starts with a header and a key frame, then one every two seconds', async () => {
    const { coder, encode, headers, keys } = rig()
    await coder.start(ENCODING)
    encode(121)
    expect(headers).toHaveLength(1)
    expect(headers[0]).toMatchObject({ codec: 'avc', codecString: 'avc1.4d001f', width: 1280, height: 720, frameRate: 30, bitrateKbps: 2500 })
    expect(keys.flatMap((key, index) => (key ? [index] : []))).toEqual([0, 60, 120])
  })

  it('makes a key frame on demand and counts the interval from there', async () => {
    const { coder, encode, keys } = rig()
    await coder.start(ENCODING)
    encode(10)
    coder.requestKeyFrame()
    encode(61)
    expect(keys.flatMap((key, index) => (key ? [index] : []))).toEqual([0, 10, 70])
  })

  it('prepares beforehand, so that starting asks nothing', async () => {
    let asked = 0
    const { coder, encoders, encode } = rig(() => ++asked > 0)
    await coder.prepare(ENCODING)
    const before = asked
    expect(encoders).toHaveLength(0)
    await coder.start({ ...ENCODING, videoKbps: 1000 })
    expect(asked).toBe(before)
    encode()
    expect(encoders[0]?.configs.at(-1)?.bitrate).toBe(1_000_000)
  })

  it('changes the rate without a new encoder, header or key frame', async () => {
    const { coder, encode, encoders, headers, keys } = rig()
    await coder.start(ENCODING)
    encode(5)
    coder.setRate(900, 1)
    encode(5)
    expect(encoders).toHaveLength(1)
    expect(encoders[0]?.configs.map((config) => config.bitrate)).toEqual([2_500_000, 900_000])
    expect(headers).toHaveLength(1)
    expect(keys.filter(Boolean)).toHaveLength(1)
  })

  it('codes fewer frames with more bits each, in the same encoder, with key frames at the same distance', async () => {
    const { coder, encoders, headers, keys } = rig()
    await coder.start(ENCODING)
    const encodeEvery = (step: number, from: number, to: number) => {
      for (let n = from; n < to; n += step) coder.encode({ timestamp: Math.round((n * 1_000_000) / 30) } as VideoFrame)
    }
    encodeEvery(1, 0, 60)
    coder.setRate(300, 2)
    encodeEvery(2, 60, 180)
    expect(encoders).toHaveLength(1)
    expect(encoders[0]?.configs.map(({ bitrate, framerate }) => [bitrate, framerate])).toEqual([[2_500_000, 30], [300_000, 15]])
    expect(headers).toHaveLength(1)
    expect(keys.flatMap((key, index) => (key ? [index] : []))).toEqual([0, 60, 90])
  })

  it('skips and counts frames while the encoder is behind', async () => {
    const { coder, encode, encoders } = rig()
    await coder.start(ENCODING)
    encode()
    if (encoders[0]) encoders[0].encodeQueueSize = 3
    expect(encode(4)).toEqual([false, false, false, false])
    expect(coder.framesSkipped).toBe(4)
    if (encoders[0]) encoders[0].encodeQueueSize = 2
    expect(encode()).toEqual([true])
  })

  it('replaces an encoder that fails, at a key frame, and says why', async () => {
    const { clock, coder, encode, encoders, failures, keys } = rig()
    await coder.start(ENCODING)
    encode(5)
    encoders[0]?.fail('GPU reset')
    await clock.advance(0)
    expect(encode(2)).toEqual([true, true])
    expect(encoders).toHaveLength(2)
    expect(keys.slice(5)).toEqual([true, false])
    expect(coder.encoderName).toBe('h264 high (software)')
    expect(coder.encoderReason).toContain('GPU reset')
    expect(failures).toEqual([])
  })

  it('reports when all have failed, tries them again later, and says when it works', async () => {
    const { clock, coder, encode, encoders, failures } = rig()
    await coder.start(ENCODING)
    for (let index = 0; index < 6; index++) {
      encode()
      encoders.at(-1)?.fail('broken')
      await clock.advance(0)
    }
    expect(failures).toEqual(['encoder-failed'])
    expect(coder.running).toBe(false)
    await clock.advance(2000)
    expect(coder.running).toBe(true)
    encode()
    expect(failures).toEqual(['encoder-failed', null])
  })

  it('codes VP8 where there is no H.264, at a generous rate, with a header of its own', async () => {
    const { coder, encode, encoders, headers, failures } = rig(isVp8)
    await coder.start(ENCODING)
    encode(61)
    expect(encoders[0]?.configs.map(({ codec, bitrate }) => [codec, bitrate])).toEqual([['vp8', 5_500_000]])
    expect(headers).toEqual([{ codec: 'vp8', codecString: 'vp8', width: 1280, height: 720, frameRate: 30, bitrateKbps: 2500, avcC: new Uint8Array() }])
    expect(coder.encoderName).toBe('vp8 (hardware), transcoded by FFmpeg')
    expect(failures).toEqual([])
  })

  it('tells main of another rate of VP8 with a header at a key frame', async () => {
    const { coder, encode, encoders, headers, keys } = rig(isVp8)
    await coder.start(ENCODING)
    encode(5)
    coder.setRate(1000, 1)
    encode(5)
    expect(encoders[0]?.configs.map(({ bitrate }) => bitrate)).toEqual([5_500_000, 2_500_000])
    expect(keys.flatMap((key, index) => (key ? [index] : []))).toEqual([0, 5])
    expect(headers.map(({ bitrateKbps }) => bitrateKbps)).toEqual([2500, 1000])
  })

  it('goes over to VP8 when every H.264 encoder has failed in use', async () => {
    const { clock, coder, encode, encoders, headers, failures } = rig((config) => config.codec === 'vp8' || config.hardwareAcceleration === 'prefer-software')
    await coder.start(ENCODING)
    for (let index = 0; index < 6; index++) {
      encode()
      encoders.at(-1)?.fail('broken')
      await clock.advance(0)
    }
    expect(encode(2)).toEqual([true, true])
    expect(headers.at(-1)?.codec).toBe('vp8')
    expect(coder.encoderReason).toContain('no H.264')
    expect(failures).toEqual([])
  })

  it('says when there is no encoder at all', async () => {
    const { coder, encode, failures } = rig(() => false)
    await coder.start(ENCODING)
    expect(failures).toEqual(['encoder-unavailable'])
    expect(encode()).toEqual([false])
  })

  it('announces a header again after a restart, and a changed one at once', async () => {
    const { coder, encode, encoders, headers } = rig()
    await coder.start(ENCODING)
    encode()
    coder.stop()
    await coder.start(ENCODING)
    encode()
    expect(headers).toHaveLength(2)
    const second = encoders[1]
    if (second) second.avcC = Uint8Array.of(9)
    coder.requestKeyFrame()
    encode()
    expect(headers).toHaveLength(3)
  })

  it('opens nothing when it is stopped while an encoder is being chosen', async () => {
    const { coder, encoders } = rig()
    const starting = coder.start(ENCODING)
    coder.stop()
    await starting
    expect(encoders).toHaveLength(0)
    await coder.start(ENCODING)
    expect(coder.running).toBe(true)
  })

  it('codes another size with an encoder of its own', async () => {
    const { coder, encoders, encode, headers } = rig()
    await coder.start(ENCODING)
    encode()
    await coder.start({ ...ENCODING, width: 640, height: 360 })
    encode()
    expect(encoders.map((each) => each.state)).toEqual(['closed', 'configured'])
    expect(headers.map(({ width }) => width)).toEqual([1280, 640])
  })

  it('takes a probe that breaks for "no encoder", and can be started again', async () => {
    let broken = true
    const { coder, failures } = rig((config) => {
      if (broken) throw new Error('probe broke')
      return config.codec !== 'vp8'
    })
    await coder.start(ENCODING)
    expect(failures).toEqual(['encoder-unavailable'])
    broken = false
    await coder.start({ ...ENCODING, width: 640, height: 360 })
    expect(coder.running).toBe(true)
  })

  it('stops cleanly', async () => {
    const { clock, coder, encode, encoders } = rig()
    await coder.start(ENCODING)
    encode()
    coder.stop()
    expect(encoders[0]?.state).toBe('closed')
    expect(encode()).toEqual([false])
    expect(clock.timers).toBe(0)
  })
})
