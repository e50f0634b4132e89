import { describe, expect, it } from 'vitest'
import { read } from './desk-preferences.ts'

describe('the desk\'s preferences', () => {
  it('are the usual ones where nothing sensible was kept', () => {
    const usual = { monitorDeviceId: '', monitorVolumeDb: 0, loudnessShown: false, loudnessTarget: -14 }
    for (const kept of [undefined, null, 7, [], { monitorVolumeDb: 'loud', loudnessTarget: -15 }]) expect(read(kept)).toEqual(usual)
  })

  it('are what was kept', () => {
    const kept = { monitorDeviceId: 'headphones', monitorVolumeDb: -12, loudnessShown: true, loudnessTarget: -23 }
    expect(read(kept)).toEqual(kept)
    expect(read({ monitorVolumeDb: 400 }).monitorVolumeDb).toBe(20)
  })
})
