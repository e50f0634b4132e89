import { describe, expect, it } from 'vitest'
import { defaultFilter, SOUND_FILTER_KINDS, soundFilter } from '@shared/domain/sound-filter.ts'
import { FILTER_FIELDS, numberOf, withNumber } from './filter-fields.ts'

describe('the fields of a filter\'s form', () => {
  it.each(SOUND_FILTER_KINDS)('span what a show may hold of %s, and no more', (kind) => {
    const filter = defaultFilter(kind, 'f')
    for (const field of FILTER_FIELDS[kind]) {
      expect(numberOf(filter, field.key)).toBe((filter as unknown as Record<string, number>)[field.key])
      for (const value of [-1e6, 1e6]) expect(soundFilter.safeParse(withNumber(filter, field, value)).success).toBe(true)
      expect(soundFilter.safeParse({ ...filter, [field.key]: field.max + 1 }).success).toBe(false)
    }
  })
})
