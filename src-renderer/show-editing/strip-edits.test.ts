import { describe, expect, it } from 'vitest'
import { mixOf } from '@shared/domain/mix.ts'
import { show as showSchema } from '@shared/domain/show.ts'
import { defaultFilter } from '@shared/domain/sound-filter.ts'
import type { Source } from '@shared/domain/source.ts'
import { emptyShow } from './sample-show.ts'
import { addFilter, changeFilter, enableAllFilters, MAX_FILTERS, moveFilter, removeFilter, setMedia, setMixed, setTrack } from './strip-edits.ts'

const showWith = (count: number) => {
  const sources: Source[] = Array.from({ length: count }, (_, i) => ({ id: `s${i + 1}`, name: '', kind: 'test-pattern' }))
  return { ...emptyShow('x', 'X'), sources }
}
const ids = (show: ReturnType<typeof showWith>) => show.strips['s1']?.filters?.map((each) => each.id).join()

describe('filters', () => {
  const three = ['a', 'b', 'c'].reduce((show, id) => addFilter('s1', defaultFilter('gain', id))(show), showWith(1))

  it('are added last, moved, removed and switched together', () => {
    expect(ids(three)).toBe('a,b,c')
    expect(ids(moveFilter('s1', 'a', 1)(three))).toBe('b,a,c')
    expect(ids(moveFilter('s1', 'c', -9)(three))).toBe('c,a,b')
    expect(ids(removeFilter('s1', 'b')(three))).toBe('a,c')
    expect(enableAllFilters('s1', false)(three).strips['s1']?.filters?.every((each) => !each.enabled)).toBe(true)
    expect(showSchema.safeParse(three).success).toBe(true)
  })

  it('change nothing where there is nothing to change', () => {
    expect(moveFilter('s1', 'a', -1)(three)).toBe(three)
    expect(removeFilter('s1', 'gone')(three)).toBe(three)
    expect(changeFilter('s1', defaultFilter('gate', 'a'))(three)).toBe(three)
    let full = showWith(1)
    for (let i = 0; i < MAX_FILTERS; i++) full = addFilter('s1', defaultFilter('gain', `f${i}`))(full)
    expect(addFilter('s1', defaultFilter('gain', 'more'))(full)).toBe(full)
  })

  it('take other settings', () => {
    const louder = changeFilter('s1', { id: 'b', enabled: true, kind: 'gain', gainDb: 6 })(three)
    expect(louder.strips['s1']?.filters?.[1]).toMatchObject({ gainDb: 6 })
  })
})

describe('the mix', () => {
  it('is a list once somebody is taken out, and everybody again once all are back', () => {
    const out = setMixed('s2', false)(showWith(3))
    expect(out.mixedSourceIds).toEqual(['s1', 's3'])
    expect(setMixed('s2', true)(out)).not.toHaveProperty('mixedSourceIds')
  })

  it('takes no more than sixteen, and another one when there is room', () => {
    const show = showWith(18)
    expect(setMixed('s18', true)(show)).toBe(show)
    const swapped = setMixed('s18', true)(setMixed('s1', false)(show))
    expect(mixOf(swapped).mixed).toHaveLength(16)
    expect(mixOf(swapped).mixed).toContain('s18')
  })

  it('keeps no place for those who have left', () => {
    const show = { ...showWith(2), mixedSourceIds: [...Array.from({ length: 15 }, (_, i) => `gone${i}`), 's1'] }
    expect(setMixed('s2', true)(show)).not.toHaveProperty('mixedSourceIds')
  })

  it('can be left out of the program altogether', () => {
    expect(mixOf(setMedia('picture')(showWith(2))).mixed).toEqual([])
  })
})

describe('tracks', () => {
  it('are all until one is taken away', () => {
    const off = setTrack('s1', 2, false)(showWith(1))
    expect(off.strips['s1']?.tracks).toEqual([1, 3, 4, 5, 6])
    expect(setTrack('s1', 2, true)(off).strips['s1']?.tracks).toEqual([1, 2, 3, 4, 5, 6])
  })
})
