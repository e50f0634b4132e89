import { describe, expect, it } from 'vitest'
import { isCounting, paused, reset, started, timeLeftMs } from '@shared/domain/countdown.ts'
import type { SourceOf } from '@shared/domain/source.ts'
import { formatClock, formatLeft, untilNextSecondMs } from './clock-text.ts'
import { textBox } from './draw-text.ts'
import { fakeBitmap, fakeContext } from './fake-context.ts'
import { gradientLine } from './stills.ts'
import { startText } from './text.ts'

const LETTERS = { fontFamily: 'system-ui', fontSizePx: 40, bold: false, colour: '#ffffff', background: '#00000000', align: 'left' as const }
const TEXT: SourceOf<'text'> = { id: 't', name: 'Title', kind: 'text', text: 'Hello', ...LETTERS }
const COUNTDOWN: SourceOf<'countdown'> = { id: 'c', name: 'Soon', kind: 'countdown', mode: 'duration', untilMs: 0, durationMs: 3000, startedAtMs: null, endText: 'Now', ...LETTERS }

/** Starts a text and says what was drawn, in order. */
function rig(source: SourceOf<'text'> | SourceOf<'countdown'>) {
  const fake = fakeContext()
  const drawn: string[] = []
  const runner = startText(source, fake.context, async (words) => {
    drawn.push(words)
    return { bitmap: fakeBitmap(words), opaque: false }
  })
  return { ...fake, drawn, runner }
}

describe('a text', () => {
  it('is drawn once, and again only when it looks or reads differently', async () => {
    const { drawn, runner, log, settle } = rig(TEXT)
    await settle()
    runner.update({ ...TEXT, name: 'Another name' })
    await settle()
    expect(drawn).toEqual(['Hello'])
    runner.update({ ...TEXT, outline: { colour: '#000000', widthPx: 4 } })
    await settle()
    expect(drawn).toEqual(['Hello', 'Hello'])
    expect(log).toEqual(['t starting', 'still t', 't active', 'still t', 't active'])
  })

  it('shows the clock and is drawn at the change of what is seen, not more often', async () => {
    const { drawn, clock, settle } = rig({ ...TEXT, from: { kind: 'clock', format: 'mm:ss' } })
    await settle()
    const beginMs = clock.wallUs() / 1000
    expect(drawn).toEqual([formatClock('mm:ss', beginMs)])
    await clock.advance(2999)
    expect(drawn).toHaveLength(3)
    const minutes = rig({ ...TEXT, from: { kind: 'clock', format: 'HH:mm' } })
    await minutes.clock.advance(10 * 60_000)
    expect(minutes.drawn).toHaveLength(11)
    minutes.runner.stop()
    expect(minutes.clock.timers).toBe(0)
  })

  it('takes its words from a file, says when that is gone, and follows another one', async () => {
    const { drawn, state, log, runner, settle } = rig({ ...TEXT, from: { kind: 'file', path: '/a.txt' } })
    await settle()
    expect(drawn).toEqual([])
    state.following.get('/a.txt')?.({ path: '/a.txt', text: 'one', problem: null })
    await settle()
    state.following.get('/a.txt')?.({ path: '/a.txt', text: null, problem: 'not-found' })
    await settle()
    expect(drawn).toEqual(['one'])
    expect(log.slice(-2)).toEqual(['away t', 't missing'])
    state.following.get('/a.txt')?.({ path: '/a.txt', text: 'one', problem: null })
    await settle()
    expect(drawn).toEqual(['one', 'one'])
    runner.update({ ...TEXT, from: { kind: 'file', path: '/b.txt' } })
    expect([...state.following.keys()]).toEqual(['/b.txt'])
    runner.stop()
    expect(state.following.size).toBe(0)
  })

  it('runs by being moved, not drawn', async () => {
    const { drawn, log, clock } = rig({ ...TEXT, scroll: { direction: 'left', speed: 90, boxPx: 800 } })
    await clock.advance(5000)
    expect(drawn).toEqual(['Hello'])
    expect(log).toContain('scroll t left 90 800')
  })
})

describe('a countdown', () => {
  it('counts full seconds down to its last words', async () => {
    const { drawn, runner, clock, settle } = rig(COUNTDOWN)
    await settle()
    runner.update({ ...COUNTDOWN, ...started(COUNTDOWN, clock.wallUs() / 1000) })
    await clock.advance(5000)
    expect(drawn).toEqual(['00:03', '00:02', '00:01', 'Now'])
  })

  it('pauses, goes on and begins anew', () => {
    const running = { ...COUNTDOWN, ...started(COUNTDOWN, 10_000) }
    expect(timeLeftMs(running, 11_200)).toBe(1800)
    const waiting = { ...running, ...paused(running, 11_200) }
    expect([timeLeftMs(waiting, 90_000), isCounting(waiting, 90_000)]).toEqual([1800, false])
    const on = { ...waiting, ...started(waiting, 100_000) }
    expect([timeLeftMs(on, 100_500), isCounting(on, 100_500), isCounting(on, 102_000)]).toEqual([1300, true, false])
    expect(timeLeftMs({ ...on, ...reset() }, 100_500)).toBe(3000)
    expect(timeLeftMs({ ...COUNTDOWN, mode: 'until', untilMs: 5000 }, 4000)).toBe(1000)
  })
})

describe('words about time', () => {
  const at = new Date(2026, 10, 3, 15, 4, 9, 250).getTime()
  it.each([['HH:mm:ss', '15:04:09'], ['h:mm A', '3:04 PM'], ['YYYY-MM-DD', '2026-11-03'], ['[Today] DD.MM.YY', 'Today 03.11.26']])('formats %s', (format, says) => {
    expect(formatClock(format, at)).toBe(says)
    expect(untilNextSecondMs(at)).toBe(750)
  })
  it.each([[0, '00:00'], [1, '00:01'], [59_001, '01:00'], [3_723_000, '1:02:03']])('says %d ms left', (ms, says) => expect(formatLeft(ms)).toBe(says))
})

describe('the picture of a text', () => {
  it('has room for outline and shadow, and an empty piece as long as the box after what runs', () => {
    const plain = textBox(101, 2, LETTERS)
    expect(plain).toMatchObject({ width: 122, height: 120, padding: 10 })
    expect(textBox(101, 2, { ...LETTERS, outline: { colour: '#000000', widthPx: 20 } }).padding).toBe(22)
    expect(textBox(101, 1, LETTERS, { direction: 'left', speed: 50, boxPx: 800 }).width).toBe(122 + 800)
    expect(textBox(101, 9, LETTERS, { direction: 'up', speed: 50, boxPx: 300 }).height).toBe(9 * 50 + 20 + 300)
    expect(textBox(1e6, 1, LETTERS, { direction: 'left', speed: 50, boxPx: 800 }).width).toBeLessThanOrEqual(32_000)
  })

  it('a gradient reaches both colours just in the corners', () => {
    const level = gradientLine(0, 100)
    expect([level.from.x, level.from.y, level.to.x]).toEqual([0, 50, 100])
    const slanted = gradientLine(45, 100)
    expect(slanted.from.x).toBeCloseTo(0)
    expect(slanted.to.y).toBeCloseTo(100)
  })
})
