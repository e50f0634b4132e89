import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { FakeEngineClock } from '../../fake-clock.ts'
import type { EncoderProbe } from '../../program/encoder-candidates.ts'
import { probeWithout } from '../../program/encoder-candidates.ts'
import { diagnosticClock } from '../diagnostic-clock.ts'
import { showEncoder } from './show-encoder.ts'

const WORKS: EncoderProbe = { isSupported: async ({ hardwareAcceleration }) => hardwareAcceleration === 'prefer-software', tryOut: async () => null }

function look(encoders: EncoderProbe) {
  const clock = new FakeEngineClock()
  const ending = new AbortController()
  const found = showEncoder({ encoders, showEncoding: async () => DEFAULT_ENCODING }).perform({ log: { info() {}, warn() {} }, clock: diagnosticClock(clock), signal: ending.signal, options: {}, progress() {} })
  return { clock, ending, found }
}

describe('show.encoder', () => {
  it('passes with the encoder that would be used', async () => {
    const { clock, found } = look(WORKS)
    expect(await found).toMatchObject({ status: 'pass', code: 'good', params: { name: 'h264 main (software)' }, evidence: 'hardware: not supported' })
    expect(clock.timers).toBe(0)
  })

  it('says that the picture is coded twice', async () => {
    expect(await look(probeWithout(['h264'], WORKS)).found).toMatchObject({ status: 'pass', code: 'transcoded' })
  })

  it('fails where none codes a picture, whatever they promise', async () => {
    expect(await look({ isSupported: async () => true, tryOut: async () => 'driver error' }).found).toMatchObject({ status: 'fail', code: 'none', actions: ['go-to-settings'], about: 'encoding' })
  })

  it('warns of one that takes too long, and waits no longer', async () => {
    const { clock, found } = look({ ...WORKS, tryOut: () => new Promise(() => {}) })
    await clock.advance(1500)
    expect(await found).toMatchObject({ status: 'warn', code: 'slow', params: { seconds: 1.5 } })
    expect(clock.timers).toBe(0)
  })

  it('ends when it is called off', async () => {
    const { clock, ending, found } = look({ ...WORKS, tryOut: () => new Promise(() => {}) })
    ending.abort(new Error('off'))
    await expect(found).rejects.toThrow('off')
    expect(clock.timers).toBe(0)
  })
})
