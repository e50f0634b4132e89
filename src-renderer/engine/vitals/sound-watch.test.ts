import { describe, expect, it } from 'vitest'
import { SoundWatch } from './sound-watch.ts'

function rig() {
  let nowMs = 0
  const watch = new SoundWatch(() => nowMs)
  const hear = (peakDbfs: number, forMs: number): void => {
    for (let ms = 0; ms < forMs; ms += 50) {
      nowMs += 50
      watch.take({ mic: { peakDbfs, rmsDbfs: peakDbfs - 10 } })
    }
  }
  return { watch, hear, of: () => watch.report().get('mic') }
}

describe('SoundWatch', () => {
  it('counts how long nothing is heard, and begins anew with the first sound', () => {
    const { hear, of } = rig()
    hear(-100, 3000)
    expect(of()).toEqual({ peakDbfs: -100, silentForMs: 2950, clippingForMs: 0 })
    hear(-60, 50)
    expect(of()).toMatchObject({ silentForMs: 0, peakDbfs: -60 })
  })

  it('does not take a quiet room for a dead microphone', () => {
    const { hear, of } = rig()
    hear(-75, 60_000)
    expect(of()?.silentForMs).toBe(0)
  })

  it('counts how long it is too loud, over pauses between words, and lets it go when it is not any more', () => {
    const { hear, of } = rig()
    for (let word = 0; word < 4; word++) {
      hear(0, 300)
      hear(-20, 500)
    }
    expect(of()?.clippingForMs).toBeGreaterThan(3000)
    hear(-20, 1000)
    expect(of()?.clippingForMs).toBe(0)
  })

  it('takes a loud sound below full scale for what it is', () => {
    const { hear, of } = rig()
    hear(-0.5, 10_000)
    expect(of()?.clippingForMs).toBe(0)
  })

  it('forgets what is gone, and tells each peak once', () => {
    const { watch, hear, of } = rig()
    hear(-12, 50)
    expect(of()?.peakDbfs).toBe(-12)
    expect(of()?.peakDbfs).toBe(-100)
    watch.take({})
    expect(watch.report().size).toBe(0)
  })
})
