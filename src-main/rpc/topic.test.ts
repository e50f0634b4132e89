import { describe, expect, it } from 'vitest'
import { Topic } from './topic.ts'

describe('Topic', () => {
  it('gives a late watcher the current state first, then every change with a rising revision', () => {
    const topic = new Topic('a')
    topic.set('b')
    const seen: [string, number][] = []
    topic.watch((value, revision) => seen.push([value, revision]))
    topic.set('c')
    expect(seen).toEqual([['b', 1], ['c', 2]])
    expect(topic.value).toBe('c')
  })

  it('no longer calls a handler that stopped watching, even when it stops while others are being told', () => {
    const topic = new Topic(0)
    const seen: number[] = []
    let unwatchSecond = () => {}
    topic.watch((value) => {
      if (value === 1) unwatchSecond()
    })
    unwatchSecond = topic.watch((value) => seen.push(value))
    topic.set(1)
    topic.set(2)
    expect(seen).toEqual([0])
  })

  it('keeps two watches of the same handler apart', () => {
    const topic = new Topic(0)
    let calls = 0
    const handler = () => void calls++
    const unwatch = topic.watch(handler)
    topic.watch(handler)
    unwatch()
    topic.set(1)
    expect(calls).toBe(3)
  })
})
