import { describe, expect, it } from 'vitest'
import { PcmFifo } from './pcm-fifo.ts'

const sine = (hz: number, from: number, frames: number) => Float32Array.from({ length: frames }, (_, i) => Math.sin((2 * Math.PI * hz * (from + i)) / 48_000))

describe('PcmFifo', () => {
  it('gives back what was put in, unchanged, at a ratio of 1', () => {
    const fifo = new PcmFifo()
    fifo.restartAt(5000)
    const left = sine(440, 0, 1024)
    const right = sine(880, 0, 1024)
    fifo.append(left, right)
    expect(fifo.endFrame).toBe(6024)
    const out = new Float32Array(2000)
    const frames = fifo.readable(5000, 1)
    expect(frames).toBe(1022)
    expect(fifo.read(out, 1000, 0, 1000, 5000, 1)).toBe(6000)
    expect([...out.subarray(0, 1000)]).toEqual([...left.subarray(0, 1000)])
    expect([...out.subarray(1000)]).toEqual([...right.subarray(0, 1000)])
  })

  it.each([[1000, -70], [6000, -30]])('bends a tone of %d Hz with an error under %d dB', (hz, limitDb) => {
    const fifo = new PcmFifo()
    fifo.restartAt(0)
    let position = 1
    const ratio = 1.0002
    let squares = 0
    let frames = 0
    const out = new Float32Array(2048)
    for (let batch = 0; batch < 100; batch++) {
      const sound = sine(hz, batch * 1024, 1024)
      fifo.append(sound, sound)
      const readable = Math.min(1024, fifo.readable(position, ratio))
      const from = position
      position = fifo.read(out, 1024, 0, readable, position, ratio)
      for (let i = 0; i < readable; i++) squares += (out[i]! - Math.sin((2 * Math.PI * hz * (from + i * ratio)) / 48_000)) ** 2
      frames += readable
      fifo.forgetBefore(position)
    }
    expect(frames).toBeGreaterThan(100_000)
    expect(10 * Math.log10(squares / frames / 0.5)).toBeLessThan(limitDb)
  })

  it('drops the oldest rather than grow', () => {
    const fifo = new PcmFifo()
    fifo.restartAt(0)
    for (let batch = 0; batch < 100; batch++) fifo.append(new Float32Array(1024).fill(batch), new Float32Array(1024))
    const out = new Float32Array(2)
    fifo.read(out, 1, 0, 1, fifo.endFrame - 10, 1)
    expect(out[0]).toBe(99)
  })
})
