import { describe, expect, it } from 'vitest'
import { defaultFilter, type SoundFilter } from '@shared/domain/sound-filter.ts'
import { shapeOf, stagesOf } from './chain-stages.ts'

const gate = defaultFilter('gate', 'g')
const suppression = defaultFilter('noise-suppression', 'n')
const ducking: SoundFilter = { ...defaultFilter('compressor', 'c'), kind: 'compressor', ratio: 4, thresholdDb: -30, attackMs: 5, releaseMs: 200, outputGainDb: 0, sideChainSourceId: 'voice' }

describe('stagesOf', () => {
  it('keeps the order of the list, with as few processors as there can be', () => {
    const stages = stagesOf([gate, ducking, suppression, defaultFilter('gain', 'a'), defaultFilter('limiter', 'l')])
    expect(stages.map((each) => (each.kind === 'suppressor' ? each.strength : each.filters.map(({ id }) => id).join()))).toEqual(['g,c', 'standard', 'a,l'])
    expect(stages[0]).toMatchObject({ keys: ['voice'] })
  })

  it('leaves out what is off', () => {
    expect(stagesOf([{ ...gate, enabled: false }, { ...suppression, enabled: false }])).toEqual([])
  })
})

describe('shapeOf', () => {
  const shape = (...filters: SoundFilter[]) => shapeOf(stagesOf(filters))
  it('is the same for other settings, and another for another order, key, strength or number', () => {
    expect(shape(gate, ducking)).toBe(shape({ ...gate, holdMs: 3 } as SoundFilter, { ...ducking, ratio: 9 } as SoundFilter))
    expect(shape(gate, ducking)).not.toBe(shape(ducking, gate))
    expect(shape(ducking)).not.toBe(shape({ ...ducking, sideChainSourceId: 'other' } as SoundFilter))
    expect(shape(suppression)).not.toBe(shape({ ...suppression, strength: 'low' } as SoundFilter))
    expect(shape(gate)).not.toBe(shape({ ...gate, enabled: false }))
  })
})
