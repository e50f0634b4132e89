import { describe, expect, it } from 'vitest'
import { HISTORY_STEPS, record, redo, settle, startHistory, undo } from './history.ts'

describe('history', () => {
  it('takes back and does again', () => {
    let history = record(record(startHistory('a'), 'b'), 'c')
    history = undo(history)
    expect(history.present).toBe('b')
    history = undo(undo(history))
    expect(history.present).toBe('a')
    history = redo(redo(redo(history)))
    expect(history.present).toBe('c')
  })

  it('forgets what was taken back once something else is done', () => {
    const history = record(undo(record(startHistory('a'), 'b')), 'c')
    expect(redo(history).present).toBe('c')
    expect(undo(history).present).toBe('a')
  })

  it('takes back a gesture as a whole, and the next gesture by itself', () => {
    let history = startHistory(0)
    for (const each of [1, 2, 3]) history = record(history, each, 'drag')
    history = settle(history)
    for (const each of [4, 5]) history = record(history, each, 'drag')
    expect(undo(history).present).toBe(3)
    expect(undo(undo(history)).present).toBe(0)
  })

  it('does not join edits with different keys or none', () => {
    const history = record(record(record(startHistory(0), 1, 'a'), 2, 'b'), 3)
    expect(history.past).toEqual([0, 1, 2])
    expect(record(history, 4).past).toEqual([0, 1, 2, 3])
  })

  it('does not join what comes after an undo', () => {
    const history = record(undo(record(record(startHistory(0), 1, 'k'), 2, 'x')), 5, 'k')
    expect(undo(history).present).toBe(1)
  })

  it('keeps the last 500 steps', () => {
    let history = startHistory(0)
    for (let each = 1; each <= HISTORY_STEPS + 50; each++) history = record(history, each)
    expect(history.past.length).toBe(HISTORY_STEPS)
    expect(history.past[0]).toBe(50)
  })

  it('is not an edit when nothing changed', () => {
    const start = startHistory('a')
    expect(record(start, 'a')).toBe(start)
  })
})
