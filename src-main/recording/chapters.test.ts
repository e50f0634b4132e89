import { describe, expect, it } from 'vitest'
import { chaptersVtt } from './chapters.ts'

describe('chapters beside a file', () => {
  it('are WebVTT, each going on to the next', () => {
    expect(chaptersVtt([{ atMs: 0, name: 'One' }, { atMs: 3_661_005.4, name: '第二' }], 4_000_000)).toBe(
      'WEBVTT\n\n1\n00:00:00.000 --> 01:01:01.005\nOne\n\n2\n01:01:01.005 --> 01:06:40.000\n第二\n',
    )
  })

  it('are not broken by what somebody types', () => {
    const text = chaptersVtt([{ atMs: 10, name: 'a\n\nb --> <c> & d' }], 5)
    expect(text).toBe('WEBVTT\n\n1\n00:00:00.010 --> 00:00:00.011\na b → &lt;c> &amp; d\n')
  })
})
