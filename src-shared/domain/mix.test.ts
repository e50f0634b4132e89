import { describe, expect, it } from 'vitest'
import { capturedSources, mixOf, notSentBecause, trackSources } from './mix.ts'
import { defaultFilter, SOUND_FILTER_KINDS, soundFilter } from './sound-filter.ts'
import type { Source } from './source.ts'
import { DEFAULT_STRIP } from './strip.ts'

const microphone = (id: string): Source => ({ id, name: id, kind: 'microphone', deviceId: '', deviceLabel: '', echoCancellation: true, noiseSuppression: true, autoGainControl: true })
const microphones = (count: number): Source[] => Array.from({ length: count }, (_, i) => microphone(`m${i + 1}`))

describe('mixOf', () => {
  it('takes the first sixteen and says who is left out', () => {
    const { mixed, leftOut } = mixOf({ sources: [{ id: 'c', name: '', kind: 'colour', colour: '#000000' }, ...microphones(18)], strips: {} })
    expect(mixed).toHaveLength(16)
    expect([...leftOut]).toEqual([['m17', 'too-many'], ['m18', 'too-many']])
  })

  it('takes the named ones alone; who is only monitored makes room for another', () => {
    const { mixed, leftOut } = mixOf({ sources: microphones(17), strips: { m1: { ...DEFAULT_STRIP, monitor: 'monitor-only' } } })
    expect(mixed).toContain('m17')
    expect([...leftOut]).toEqual([['m1', 'monitor-only']])
    expect(mixOf({ sources: microphones(3), strips: {}, mixedSourceIds: ['m3', 'gone'] }).mixed).toEqual(['m3'])
  })

  it('is empty for a program of pictures alone', () => {
    expect(mixOf({ sources: microphones(2), strips: {}, media: 'picture' })).toMatchObject({ mixed: [] })
  })
})

describe('trackSources', () => {
  it('puts a strip that names no track on all, and the others where they say', () => {
    const show = { sources: microphones(3), strips: { m2: { ...DEFAULT_STRIP, tracks: [2, 6] }, m3: { ...DEFAULT_STRIP, tracks: [] } } }
    expect([1, 2, 3, 4, 5, 6].map((track) => trackSources(show, track).join())).toEqual(['m1', 'm1,m2', 'm1', 'm1', 'm1', 'm1,m2'])
    expect(() => trackSources(show, 7)).toThrow(RangeError)
  })
})

describe('notSentBecause', () => {
  it('tells what is only recorded from what is left out and what is sent', () => {
    const show = { sources: microphones(3), strips: { m2: { ...DEFAULT_STRIP, tracks: [2] }, m3: { ...DEFAULT_STRIP, tracks: [2], monitor: 'monitor-only' as const } } }
    expect(['m1', 'm2', 'm3'].map((id) => notSentBecause(show, id))).toEqual([null, 'other-tracks', 'monitor-only'])
  })
})

describe('capturedSources', () => {
  it('switches the browser\'s noise suppression off where the strip has its own, and only while that is on', () => {
    const filter = defaultFilter('noise-suppression', 'f')
    const of = (enabled: boolean) => capturedSources({ sources: microphones(2), strips: { m1: { ...DEFAULT_STRIP, filters: [{ ...filter, enabled }] } } })
    expect(of(true)).toMatchObject([{ noiseSuppression: false, echoCancellation: true }, { noiseSuppression: true }])
    expect(of(false)).toMatchObject([{ noiseSuppression: true }, { noiseSuppression: true }])
  })
})

describe('defaultFilter', () => {
  it.each(SOUND_FILTER_KINDS)('is a valid %s', (kind) => {
    const made = defaultFilter(kind, 'f1')
    expect(soundFilter.parse(made)).toEqual(made)
    expect(made.kind).toBe(kind)
  })
})
