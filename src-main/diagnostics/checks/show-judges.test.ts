import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { DEFAULT_RECORDING_SETTINGS } from '@shared/domain/recording.ts'
import { findingText } from '@shared/texts/checks/finding-text.ts'
import { FakeClock } from '../../base/fake-clock.ts'
import { silentLogger } from '../../base/logger.ts'
import { judgeOffset } from './show-clock.ts'
import { bytesPerMinute, judgeRoom, showDisk } from './show-disk.ts'
import { judgeExpiry } from './show-expiry.ts'
import { judgeProcessor, showProcessor } from './show-processor.ts'

const given = (clock = new FakeClock()) => ({ log: silentLogger, clock, signal: new AbortController().signal, options: {}, progress() {} })

describe('show.expiry', () => {
  const now = 1_700_000_000_000
  const destinations = [{ id: 'a', name: 'Main', kind: 'rtmp', enabled: true }, { id: 'b', name: '', kind: 'whip', enabled: true }, { id: 'off', name: 'Off', kind: 'rtmp', enabled: false }] as const
  const fact = (destinationId: string, leftMin: number | null, missing: ('sendAudio' | 'sendScreen')[] = []) => ({ destinationId, expiresAtMs: leftMin === null ? null : now + leftMin * 60_000, token: null, missing })

  it.each([
    ['nothing runs out', [fact('a', null)], 'skipped', 'none'],
    ['what is off is nobody’s business', [fact('off', -5)], 'skipped', 'none'],
    ['it holds for hours', [fact('a', 61)], 'pass', 'good'],
    ['it ends within the hour', [fact('a', 600), fact('b', 59)], 'warn', 'soon'],
    ['it is over', [fact('a', 600), fact('b', 0)], 'fail', 'over'],
    ['a right is missing', [fact('a', null, ['sendScreen'])], 'fail', 'rights'],
  ] as const)('%s', (_what, facts, status, code) => {
    expect(judgeExpiry(destinations, facts as never, now)).toMatchObject({ status, code })
  })

  it('leads to the destination, which is called by its kind when it has no name', () => {
    const found = judgeExpiry(destinations, [fact('b', 10)], now)
    expect(found).toMatchObject({ actions: ['go-to-destination'], about: 'b' })
    expect(findingText('show.expiry', found, 'en').says).toBe('“whip” runs out in 10 min.')
  })
})

describe('show.disk', () => {
  it('counts every file that grows', () => {
    const settings = { ...DEFAULT_RECORDING_SETTINGS, formats: ['mp4' as const] }
    const one = bytesPerMinute(settings, { videoKbps: 2500, audioKbps: 128 })
    expect(one).toBe((2628 * 1000 * 60) / 8)
    expect(bytesPerMinute({ ...settings, streams: ['mix', 'main'], formats: ['mp4', 'mkv'] }, { videoKbps: 2500, audioKbps: 128 })).toBe(one * 4)
    expect(bytesPerMinute({ ...settings, content: 'audio' }, { videoKbps: 2500, audioKbps: 128 })).toBe((128 * 1000 * 60) / 8)
  })

  it.each([[60, 'pass', 'enough'], [59, 'warn', 'little'], [10, 'warn', 'little'], [9, 'fail', 'none'], [-3, 'fail', 'none']])('%i minutes: %s', (minutes, status, code) => {
    expect(judgeRoom(500_000_000 + minutes * 1_000_000, 1_000_000)).toMatchObject({ status, code, value: Math.max(0, minutes), ...(status !== 'pass' && { actions: ['free-disk'] }) })
  })

  it('does not look where nothing will be recorded', async () => {
    const at = (wanted: boolean) =>
      showDisk({ recording: () => ({ wanted, settings: DEFAULT_RECORDING_SETTINGS }), recordingsFolder: () => '/videos', freeBytes: async () => 0, show: () => ({ encoding: DEFAULT_ENCODING }) as never }).perform(given())
    expect(await at(false)).toEqual({ status: 'skipped', code: 'not-recording' })
    expect(await at(true)).toMatchObject({ status: 'fail' })
  })
})

describe('show.processor', () => {
  const after = (busy: number) => ({ idleMs: 1000 + (100 - busy) * 10, totalMs: 5000 + 1000 })
  it.each([[0, 'pass', 'good'], [84, 'pass', 'good'], [85, 'warn', 'busy'], [95, 'warn', 'busy'], [96, 'fail', 'full']])('%i %% busy: %s', (busy, status, code) => {
    expect(judgeProcessor({ idleMs: 1000, totalMs: 5000 }, after(busy))).toMatchObject({ status, code, value: busy })
  })
  it('does not guess where the system says nothing', () => {
    expect(judgeProcessor({ idleMs: 0, totalMs: 0 }, { idleMs: 0, totalMs: 0 })).toEqual({ status: 'skipped', code: 'unknown' })
  })
  it('measures over a while', async () => {
    const clock = new FakeClock()
    const readings = [{ idleMs: 0, totalMs: 0 }, { idleMs: 30, totalMs: 1000 }]
    const found = showProcessor({ processorTimes: () => readings.shift()! }).perform(given(clock))
    await clock.advance(1000)
    expect(await found).toMatchObject({ status: 'fail', value: 97 })
  })
})

describe('show.clock', () => {
  it.each([[null, 'skipped', 'unknown'], [0, 'pass', 'good'], [-60_000, 'pass', 'good'], [90_000, 'warn', 'behind'], [-3_600_000, 'warn', 'ahead']])('%s ms: %s', (offsetMs, status, code) => {
    expect(judgeOffset(offsetMs)).toMatchObject({ status, code })
  })
  it('says by how much', () => {
    expect(findingText('show.clock', judgeOffset(-3_600_000), 'en').says).toBe('The clock is 60 min fast.')
  })
})
