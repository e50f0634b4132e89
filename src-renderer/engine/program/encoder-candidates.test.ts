import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { chooseEncoder, encoderCandidates, type EncoderProbe, probeWithout } from './encoder-candidates.ts'

const candidates = encoderCandidates(DEFAULT_ENCODING)
const probe = (supported: (config: VideoEncoderConfig) => boolean, error: string | null = null): EncoderProbe => ({
  isSupported: async (config) => supported(config),
  tryOut: async () => error,
})
const isSoftware = (config: VideoEncoderConfig) => config.hardwareAcceleration === 'prefer-software'

describe('encoder candidates', () => {
  it('asks for low delay, AVC framing and the right level of H.264', () => {
    for (const { config } of candidates.filter(({ codec }) => codec === 'h264')) {
      expect(config).toMatchObject({ latencyMode: 'realtime', avc: { format: 'avc' }, width: 1280, height: 720, framerate: 30, bitrate: 2_500_000 })
      expect(config.codec).toMatch(/^avc1\.(4d00|6400|42e0)1f$/)
    }
  })

  it('takes hardware first, main profile first, a constant rate first', async () => {
    const { choice } = await chooseEncoder(candidates, probe(() => true))
    expect(choice).toMatchObject({ candidate: { name: 'h264 main (hardware)', config: { bitrateMode: 'constant' } }, reason: '' })
  })

  it('codes in baseline where a destination takes no other, in software rather than in another profile', async () => {
    const baseline = encoderCandidates({ ...DEFAULT_ENCODING, avcProfile: 'baseline' })
    expect(baseline.map(({ name }) => name).toSorted()).toEqual(candidates.map(({ name }) => name).toSorted())
    const nameOf = async (supported: (config: VideoEncoderConfig) => boolean) => (await chooseEncoder(baseline, probe(supported))).choice?.candidate.name
    expect(await nameOf(() => true)).toBe('h264 baseline (hardware)')
    expect(await nameOf((config) => isSoftware(config) || !config.codec.startsWith('avc1.42'))).toBe('h264 baseline (software)')
    expect(await nameOf((config) => !config.codec.startsWith('avc1.42'))).toBe('h264 main (hardware)')
  })

  it('says why it is not the hardware', async () => {
    const { choice } = await chooseEncoder(candidates, probe(isSoftware))
    expect(choice).toMatchObject({ candidate: { name: 'h264 main (software)' }, reason: 'hardware: not supported' })
  })

  it('believes a real try more than a promise', async () => {
    const lying: EncoderProbe = { isSupported: async () => true, tryOut: async (config) => (isSoftware(config) ? null : 'driver error') }
    expect((await chooseEncoder(candidates, lying)).choice).toMatchObject({ candidate: { name: 'h264 main (software)' }, reason: 'hardware: driver error' })
  })

  it('passes over the one that failed in use and says so', async () => {
    const failed = new Map([['h264 main (software)', 'crashed']])
    const { choice } = await chooseEncoder(candidates, probe(isSoftware), failed)
    expect(choice?.candidate.name).toBe('h264 high (software)')
    expect(choice?.reason).toContain('h264 main (software): failed: crashed')
  })

  it('asks for VP8 last, at a rate that leaves something to transcode', () => {
    expect(candidates.slice(-2).map(({ name }) => name)).toEqual(['vp8 (hardware), transcoded by FFmpeg', 'vp8 (software), transcoded by FFmpeg'])
    expect(candidates.at(-1)?.config).toMatchObject({ codec: 'vp8', bitrateMode: 'constant', latencyMode: 'realtime', bitrate: 5_500_000, framerate: 30 })
    expect(candidates.at(-1)?.config.avc).toBeUndefined()
  })

  it('takes VP8 where there is no H.264, and says so', async () => {
    const { choice } = await chooseEncoder(candidates, probeWithout(['h264'], probe(isSoftware)))
    expect(choice).toMatchObject({
      candidate: { codec: 'vp8', name: 'vp8 (software), transcoded by FFmpeg' },
      reason: 'no H.264: hardware: not supported; software: not supported; vp8 hardware: not supported',
    })
  })

  it('has none where nothing works', async () => {
    const reason = 'hardware: not supported; software: not supported; vp8 hardware: not supported; vp8 software: not supported'
    expect(await chooseEncoder(candidates, probe(() => false))).toEqual({ choice: null, reason })
    expect((await chooseEncoder(candidates, probeWithout(['h264', 'vp8'], probe(() => true)))).choice).toBeNull()
  })
})
