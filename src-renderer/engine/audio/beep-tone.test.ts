import { describe, expect, it } from 'vitest'
import { BEEP_AMPLITUDE, BEEP_FRAMES, BeepTone } from './beep-tone.ts'

const US_PER_FRAME = 1e6 / 48_000

/** Renders `seconds` in quanta of 128 and returns the frames at which a beep begins, and all samples. */
function render(seconds: number, wallUsOf: (frame: number) => number) {
  const tone = new BeepTone()
  const all = new Float32Array(Math.floor((seconds * 48_000) / 128) * 128)
  for (let frame = 0; frame < all.length; frame += 128) tone.render(all.subarray(frame, frame + 128), frame, wallUsOf(frame))
  const onsets: number[] = []
  for (let i = 0, quiet = 1000; i < all.length; i++) {
    if (all[i] !== 0 && quiet > 100) onsets.push(i - 1)
    quiet = all[i] === 0 ? quiet + 1 : 0
  }
  return { all, onsets }
}

describe('BeepTone', () => {
  it('begins within two samples of each full second, wherever the quanta lie', () => {
    const startUs = 1_760_000_000_300_123
    const { onsets } = render(5, (frame) => startUs + frame * US_PER_FRAME)
    expect(onsets).toHaveLength(5)
    for (const onset of onsets) {
      const intoSecondUs = (startUs + onset * US_PER_FRAME) % 1e6
      expect(Math.min(intoSecondUs, 1e6 - intoSecondUs)).toBeLessThan(2 * US_PER_FRAME)
    }
  })

  it('is 100 ms of a 1 kHz tone at -12 dBFS', () => {
    const { all, onsets } = render(2, (frame) => 500_000 + frame * US_PER_FRAME)
    const beep = all.subarray(onsets[0]!, onsets[0]! + BEEP_FRAMES)
    expect(Math.max(...beep)).toBeCloseTo(BEEP_AMPLITUDE, 3)
    let rising = 0
    for (let i = 1; i < beep.length; i++) if (beep[i - 1]! <= 0 && beep[i]! > 0) rising++
    expect(rising).toBe(100)
    expect(all.subarray(onsets[0]! + BEEP_FRAMES, onsets[0]! + 47_000).every((sample) => sample === 0)).toBe(true)
  })

  it('rings once when the clock is set back by a hair over a second', () => {
    let quanta = 0
    const { onsets } = render(0.9, (frame) => 990_000 + frame * US_PER_FRAME - (++quanta > 4 ? 3000 : 0))
    expect(onsets).toHaveLength(1)
  })
})
