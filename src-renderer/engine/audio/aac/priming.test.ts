import { describe, expect, it } from 'vitest'
import { chirp, findDelay } from './priming.ts'

describe('findDelay', () => {
  it.each([0, 1024, 2112, 2048])('finds a chirp that came out %d samples late', (delay) => {
    const sound = new Float32Array(16_384)
    sound.set(chirp(), 4096 + delay)
    expect(findDelay(sound, chirp(), 4096, 4096)).toMatchObject({ delay })
  })

  it('finds it in noise and at half the level, and says how like it is', () => {
    const sound = Float32Array.from({ length: 16_384 }, (_, i) => 0.05 * Math.sin(i * i * 0.37))
    chirp().forEach((sample, i) => (sound[5120 + i] = sound[5120 + i]! + sample / 2))
    const { delay, likeness } = findDelay(sound, chirp(), 4096, 4096)
    expect(delay).toBe(1024)
    expect(likeness).toBeGreaterThan(0.8)
    expect(likeness).toBeLessThan(1)
  })

  it('does not take silence or another sound for it', () => {
    expect(findDelay(new Float32Array(16_384), chirp(), 4096, 4096).likeness).toBe(0)
    const tone = Float32Array.from({ length: 16_384 }, (_, i) => Math.sin(i / 7))
    expect(findDelay(tone, chirp(), 4096, 4096).likeness).toBeLessThan(0.6)
  })
})
