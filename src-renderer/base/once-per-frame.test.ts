import { describe, expect, it } from 'vitest'
import { oncePerFrame } from './once-per-frame.ts'

describe('once per frame', () => {
  function display() {
    let asked: (() => void)[] = []
    const seen: number[] = []
    const each = oncePerFrame<number>((run) => {
      asked.push(run)
      return () => (asked = asked.filter((other) => other !== run))
    }, (value) => seen.push(value))
    return {
      each, seen,
      frame: () => {
        const due = asked
        asked = []
        for (const run of due) run()
      },
    }
  }

  it('runs once, with the last of many values', () => {
    const { each, seen, frame } = display()
    for (let value = 1; value <= 16; value++) each.give(value)
    expect(seen).toEqual([])
    frame()
    frame()
    expect(seen).toEqual([16])
  })

  it('runs at once when the gesture ends, and not again', () => {
    const { each, seen, frame } = display()
    each.give(1)
    each.flush()
    frame()
    each.flush()
    expect(seen).toEqual([1])
    each.give(2)
    each.cancel()
    frame()
    expect(seen).toEqual([1])
  })
})
