import { describe, expect, it } from 'vitest'
import { type OutputLine, outputQuality } from './output-quality.ts'

const good: OutputLine = { state: 'running', queueMs: 20, rttMs: 30, lossPercent: 0, framesDropped: 0, silentMs: null }

describe('outputQuality', () => {
  it.each<[string, Partial<OutputLine>, number]>([
    ['a quick line', {}, 1],
    ['a line of which only the queue is known', { rttMs: null, lossPercent: null }, 1],
    ['a slow answer', { rttMs: 150 }, 2],
    ['losses', { lossPercent: 25 }, 3],
    ['a hiccup', { queueMs: 600 }, 3],
    ['a long queue', { queueMs: 1200 }, 4],
    ['a queue at its end', { queueMs: 2000 }, 5],
    ['frames left out', { framesDropped: 3 }, 4],
    ['a server that says nothing more', { silentMs: 3000 }, 5],
    ['a moment of silence', { silentMs: 1500 }, 1],
    ['a line that is being mended', { state: 'recovering' }, 6],
    ['one that was given up', { state: 'failed' }, 6],
    ['the first connection', { state: 'connecting' }, 0],
    ['nothing to send', { state: 'idle', queueMs: 5000 }, 0],
  ])('%s', (_what, change, quality) => {
    expect(outputQuality({ ...good, ...change })).toBe(quality)
  })
})
