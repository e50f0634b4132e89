import { describe, expect, it } from 'vitest'
import { dbfsOf, gainOf, LevelMeter } from './levels.ts'

const sine = (amplitude: number, frames: number) => Float32Array.from({ length: frames }, (_, i) => amplitude * Math.sin((2 * Math.PI * i) / 48))

describe('gains and levels', () => {
  it('turns decibels into factors, and -100 into silence', () => {
    expect(gainOf(0)).toBe(1)
    expect(gainOf(-6.0206)).toBeCloseTo(0.5, 5)
    expect(gainOf(20)).toBeCloseTo(10, 6)
    expect(gainOf(-100)).toBe(0)
  })

  it('reads silence as -100 dBFS', () => {
    expect(dbfsOf(0)).toBe(-100)
    expect(dbfsOf(1e-9)).toBe(-100)
    expect(dbfsOf(0.5)).toBeCloseTo(-6.02, 2)
  })

  it('reads a sine of amplitude 0.5 as 0.5 peak and 0.354 RMS', () => {
    const meter = new LevelMeter()
    meter.add([sine(0.5, 2400)], 2400)
    const { peak, rms } = meter.take()
    expect(peak).toBeCloseTo(0.5, 4)
    expect(rms).toBeCloseTo(0.5 / Math.SQRT2, 4)
  })

  it('takes the louder of two channels, and the same for mono and both', () => {
    const meter = new LevelMeter()
    meter.add([sine(0.1, 480), sine(0.4, 480)], 480)
    expect(meter.take().rms).toBeCloseTo(0.4 / Math.SQRT2, 4)
    meter.add([sine(0.4, 480), sine(0.4, 480)], 480)
    expect(meter.take().rms).toBeCloseTo(0.4 / Math.SQRT2, 4)
  })

  it('starts anew after each reading and counts unconnected time as silence', () => {
    const meter = new LevelMeter()
    meter.add([sine(0.5, 480)], 480)
    meter.take()
    expect(meter.take()).toEqual({ peak: 0, rms: 0 })
    meter.add([sine(0.5, 480)], 480)
    meter.add([], 480)
    expect(meter.take().rms).toBeCloseTo(0.25, 4)
  })
})
