import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { chooseEncoder, encoderCandidates, type EncoderProbe } from './encoder-candidates.ts'

const candidates = encoderCandidates(DEFAULT_ENCODING)
const probe = (supported: (config: VideoEncoderConfig) => boolean, error: string | null = null): EncoderProbe => ({
  isSupported: async (config) => supported(config),
  tryOut: async () => error,
})
const isSoftware = (config: VideoEncoderConfig) => config.hardwareAcceleration === 'prefer-software'

describe('encoder candidates', () => {
  it('asks for low delay, AVC framing and the right level in all of them', () => {
    for (const { config } of candidates) {
      expect(config).toMatchObject({ latencyMode: 'realtime', avc: { format: 'avc' }, width: 1280, height: 720, framerate: 30, bitrate: 2_500_000 })
      expect(config.codec).toMatch(/^avc1\.(4d00|6400|42e0)1f$/)
    }
  })

  it('takes hardware first, main profile first, a constant rate first', async () => {
    const { choice } = await chooseEncoder(candidates, probe(() => true))
    expect(choice).toMatchObject({ candidate: { name: 'h264 main (hardware)', config: { bitrateMode: 'constant' } }, reason: '' })
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

  it('has none where nothing works', async () => {
    expect(await chooseEncoder(candidates, probe(() => false))).toEqual({ choice: null, reason: 'hardware: not supported; software: not supported' })
  })
})
