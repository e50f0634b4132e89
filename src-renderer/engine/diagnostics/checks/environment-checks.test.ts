import { describe, expect, it } from 'vitest'
import type { EncoderLike, MakeEncoder } from '../../program/browser-encoder.ts'
import { askCodecs, judgeCodecs } from './environment-codecs.ts'
import { environmentDevices, judgeDevices, type ReportedDevice } from './environment-devices.ts'
import { environmentEncode, judgeEncode } from './environment-encode.ts'
import type { CodecQuestions, DisplayFacts } from './environment-parts.ts'
import { judgeAbilities, judgeDisplay, judgeGraphics } from './environment-window.ts'
import { type Abilities, MANDATORY, OPTIONAL } from './read-abilities.ts'

const DISPLAY: DisplayFacts = { width: 1024, height: 600, availableWidth: 1024, availableHeight: 560, scale: 100, colorDepth: 24, several: false, locale: 'en-GB', languages: ['en-GB'], browser: 'Chrome 156', cores: 4, memoryGb: 8 }
const GRAPHICS = { webGl2: true, vendor: 'Google Inc. (NVIDIA)', renderer: 'ANGLE (NVIDIA GeForce RTX 3060)', maxTextureSize: 16_384, webGpu: true, webGpuVendor: 'nvidia', webGpuArchitecture: 'ampere' }
const all = Object.fromEntries([...MANDATORY, ...OPTIONAL].map((name) => [name, true])) as Abilities
const never: CodecQuestions = { videoEncode: async () => false, videoDecode: async () => false, audioEncode: async () => false, audioDecode: async () => false }

/** Time passes while a check sleeps and while a frame is coded. */
class SteppedClock {
  ms = 0
  now = () => this.ms
  monotonicMs = () => this.ms
  sleep = async (delayMs: number, signal?: AbortSignal) => {
    signal?.throwIfAborted()
    this.ms += delayMs
  }
}
const given = (clock = new SteppedClock(), signal = new AbortController().signal) => ({ log: { info() {}, warn() {} }, clock, signal, options: {}, progress() {} })

describe('environment.display', () => {
  it.each([[{}, 'pass', 'told'], [{ width: 1023 }, 'warn', 'small'], [{ height: 599 }, 'warn', 'small']] as const)('%o: %s', (change, status, code) => {
    expect(judgeDisplay({ ...DISPLAY, ...change })).toMatchObject({ status, code, data: { browserVersion: '156' } })
  })
})

describe('environment.graphics', () => {
  it.each([
    [{}, 'pass', 'good'],
    [{ renderer: 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)' }, 'warn', 'software'],
    [{ renderer: 'llvmpipe (LLVM 15.0.6, 256 bits)' }, 'warn', 'software'],
    [{ webGl2: false }, 'fail', 'no-webgl'],
  ] as const)('%o: %s', (change, status, code) => expect(judgeGraphics({ ...GRAPHICS, ...change })).toMatchObject({ status, code }))
})

describe('environment.apis', () => {
  it.each([
    [{}, 'pass', 'all', undefined],
    [{ 'web-transport': false, 'web-gpu': false }, 'pass', 'optional-missing', { missing: 'web-gpu, web-transport' }],
    [{ 'web-codecs': false, 'web-gpu': false }, 'fail', 'mandatory-missing', { missing: 'web-codecs' }],
  ] as const)('%o: %s', (change, status, code, params) => {
    const found = judgeAbilities({ ...all, ...change })
    expect(found).toMatchObject({ status, code })
    expect(found.params).toEqual(params)
  })
})

describe('environment.codecs', () => {
  const table = (ask: Partial<CodecQuestions>) => askCodecs({ ...never, ...ask })
  it.each([
    ['hardware', { videoEncode: async () => true }, 'pass'],
    ['software', { videoEncode: async ({ hardwareAcceleration }: VideoEncoderConfig) => hardwareAcceleration === 'prefer-software' }, 'pass'],
    ['no-h264', { videoEncode: async ({ codec }: VideoEncoderConfig) => codec === 'vp8' }, 'warn'],
    ['none', { audioEncode: async () => true }, 'fail'],
  ] as const)('%s', async (code, ask, status) => expect(judgeCodecs(await table(ask))).toMatchObject({ status, code }))

  it('takes a browser that throws as one that cannot', async () => {
    const asked = await table({ videoEncode: async () => Promise.reject(new TypeError('unknown codec')), audioDecode: async ({ codec }) => codec === 'opus' })
    expect(asked.encode['H.264']).toBe('no')
    expect(asked.decode).toMatchObject({ Opus: 'yes', AAC: 'no' })
  })
})

describe('environment.encode', () => {
  it.each([[16, 'pass', 'quick'], [17, 'warn', 'tight'], [26, 'warn', 'tight'], [27, 'fail', 'slow']] as const)('%d ms for a frame: %s', (ms, status, code) => {
    expect(judgeEncode({ by: 'software', frames: 10, ms: ms * 10, failure: null })).toMatchObject({ status, code })
  })
  it.each([{ frames: 0, failure: null }, { frames: 9, failure: 'lost the device' }])('is broken with %o', (change) => {
    expect(judgeEncode({ by: 'hardware', ms: 100, ...change })).toMatchObject({ status: 'fail', code: 'broken' })
  })

  /** Codes a frame in `msPerFrame` (not at all when null), and keeps `held` of them back. */
  function rig(msPerFrame: number | null, held = 0) {
    const clock = new SteppedClock()
    const seen = { closed: 0, open: 0 }
    const makeEncoder: MakeEncoder = ({ output }) => {
      let waiting = 0
      const encoder = {
        encodeQueueSize: 0, state: 'configured' as CodecState, configure() {},
        encode() {
          if (msPerFrame === null) return
          if (++waiting <= held) return
          clock.ms += msPerFrame
          output({} as EncodedVideoChunk, {})
        },
        close: () => (encoder.state = 'closed', void seen.closed++),
      }
      return encoder satisfies EncoderLike
    }
    const makeFrame = () => (seen.open++, { close: () => void seen.open-- }) as unknown as VideoFrame
    return { clock, seen, check: environmentEncode({ codecs: { ...never, videoEncode: async ({ hardwareAcceleration }) => hardwareAcceleration === 'prefer-software' }, makeEncoder, makeFrame }) }
  }

  it('counts what comes out, and leaves nothing open', async () => {
    const { clock, seen, check } = rig(10)
    expect(await check.perform(given(clock))).toMatchObject({ status: 'pass', value: 30, data: { by: 'software', frames: 59 } })
    expect(seen).toEqual({ closed: 1, open: 0 })
  })
  it('takes no encoder for slow that keeps each picture until the next one', async () => {
    const { clock, check } = rig(10, 1)
    expect(await check.perform(given(clock))).toMatchObject({ status: 'pass', value: 31, data: { frames: 58 } })
  })
  it('ends with an encoder that gives nothing', async () => {
    const { clock, seen, check } = rig(null)
    expect(await check.perform(given(clock))).toMatchObject({ status: 'fail', code: 'broken' })
    expect(clock.ms).toBeLessThan(12_000)
    expect(seen).toEqual({ closed: 1, open: 0 })
  })
  it('stops when it is called off', async () => {
    const { clock, seen, check } = rig(null)
    const off = new AbortController()
    const ran = check.perform(given(clock, off.signal))
    off.abort(new Error('off'))
    await expect(ran).rejects.toThrow('off')
    expect(seen.open).toBe(0)
  })
  it('says that there is no encoder', async () => {
    const check = environmentEncode({ codecs: never, makeEncoder: () => { throw new Error('made') }, makeFrame: () => { throw new Error('made') } })
    expect(await check.perform(given())).toMatchObject({ status: 'warn', code: 'unavailable' })
  })
})

describe('environment.devices', () => {
  const device = (kind: ReportedDevice['kind'], label = kind as string): ReportedDevice => ({ kind, label, width: 0, height: 0, frameRate: 0, sampleRate: 0, channels: 0 })
  it.each([
    ['listed', [device('camera'), device('microphone'), device('speaker')], 'pass'],
    ['unnamed', [device('camera', ''), device('microphone', '')], 'warn'],
    ['none', [device('speaker')], 'warn'],
  ] as const)('%s', (code, devices, status) => expect(judgeDevices(devices)).toMatchObject({ status, code }))

  it('asks each camera for its best, and counts no device twice', async () => {
    const listed = [
      { kind: 'videoinput', deviceId: 'a', groupId: 'g', label: 'Brio', getCapabilities: () => ({ width: { min: 1, max: 3840 }, height: { min: 1, max: 2160 }, frameRate: { min: 1, max: 59.94006 } }) },
      { kind: 'audioinput', deviceId: 'default', groupId: 'g', label: 'Default - Yeti' },
      { kind: 'audioinput', deviceId: 'b', groupId: 'g', label: 'Yeti' },
    ] as unknown as MediaDeviceInfo[]
    const found = await environmentDevices({ media: { enumerateDevices: async () => listed, addEventListener() {}, removeEventListener() {} } }).perform(given())
    expect(found).toMatchObject({ code: 'listed', params: { cameras: 1, microphones: 1, speakers: 0 } })
    expect(found.data?.['devices']).toMatchObject([{ label: 'Brio', width: 3840, height: 2160, frameRate: 59.94 }, { label: 'Yeti' }])
  })
})
