import { expect, type Page, test } from '@playwright/test'
import type { Show } from '../../src-shared/domain/show.ts'
import { defaultFilter, type SoundFilter } from '../../src-shared/domain/sound-filter.ts'
import type { Strip } from '../../src-shared/domain/strip.ts'
import { openRig, type Rig } from './rig.ts'

// Pan, filters, side chain, sync offset and loudness in the real mixer of a real browser, measured sample by sample.

interface DeskRig {
  follow(show: Pick<Show, 'sources' | 'strips'>): void
  setPushHeld(id: string | null, held: boolean): void
  setNoise(id: string, amplitude: number, strip: Strip): void
  setTone(id: string, amplitude: number, strip: Strip): void
  setBeep(id: string, strip: Strip): void
  setStrip(id: string, strip: Strip): void
  listenTo(ids: string[]): number
  levels(group: number): { left: number; right: number; batches: number; frame: number }
  onsets(group: number): number[]
  setMonitor(choice: { deviceId: string; volumeDb: number }): void
  monitorTrouble(): string | null
  loudness(): Promise<{ momentary: number; truePeakDb: number }>
}
/** Inside `page.evaluate` only. */
declare const rig: DeskRig

const OPEN: Strip = { volumeDb: 0, muted: false }
const dbfs = (amplitude: number) => 20 * Math.log10(amplitude / Math.SQRT2)

let opened: Rig
let page: Page
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  opened = await openRig()
  page = opened.page
})
test.afterAll(async () => {
  await opened?.close()
})

const levels = (group: number) => page.evaluate((at) => rig.levels(at), group)
/** Until a figure is within half a decibel; on a busy machine Chromium now and then loses 10 ms between two contexts. */
const isAbout = (of: () => Promise<number>, expected: number) => expect.poll(async () => Math.abs((await of()) - expected), { timeout: 15_000 }).toBeLessThan(0.5)

test('pan, filters, keys and push-to-talk sound as they are set', async () => {
  test.setTimeout(60_000)
  const compressor = { ...defaultFilter('compressor', 'c'), ratio: 4, thresholdDb: -30 } as SoundFilter
  const ducking = { ...compressor, id: 'd', sideChainSourceId: 'voice' } as SoundFilter
  const groups = await page.evaluate(({ open, filters, duck }) => {
    rig.setTone('left', 0.1, { ...open, pan: -1 })
    rig.setTone('half', 0.1, { ...open, pan: 0.5 })
    rig.setTone('filtered', 0.1, { ...open, filters })
    rig.setTone('voice', 0.1, { ...open, pushTo: 'talk' })
    rig.setTone('music', 0.1, { ...open, filters: [duck] })
    return ['left', 'half', 'filtered', 'voice', 'music'].map((id) => rig.listenTo([id]))
  }, { open: OPEN, filters: [compressor, { ...defaultFilter('gain', 'g'), gainDb: 3 } as SoundFilter], duck: ducking })
  const [left, half, filtered, voice, music] = groups as [number, number, number, number, number]
  const usual = dbfs(0.1)
  await isAbout(async () => (await levels(left)).left, usual + 3.01)
  expect((await levels(left)).right).toBeLessThan(-90)
  await isAbout(async () => (await levels(half)).right - (await levels(half)).left, 20 * Math.log10(Math.tan((3 * Math.PI) / 8)))
  // -20 dBFS of peak is 10 dB above the threshold: 2.5 of them stay; then 3 dB of gain, on both sides.
  await isAbout(async () => (await levels(filtered)).left, usual - 7.5 + 3)
  await isAbout(async () => (await levels(filtered)).right, usual - 7.5 + 3)

  expect((await levels(voice)).left).toBeLessThan(-90)
  await isAbout(async () => (await levels(music)).left, usual)
  await page.evaluate(() => rig.setPushHeld('voice', true))
  await isAbout(async () => (await levels(voice)).left, usual)
  await isAbout(async () => (await levels(music)).left, usual - 7.5)
})

test('a sync offset is kept within 5 ms, a negative one by holding the others back', async () => {
  const groups = await page.evaluate((open) => {
    const strips = { here: open, late: { ...open, syncOffsetMs: 300 }, early: { ...open, syncOffsetMs: -150 } }
    for (const id of ['here', 'late', 'early']) rig.setBeep(id, strips[id as 'here'])
    rig.follow({ sources: ['here', 'late', 'early'].map((id) => ({ id, name: id, kind: 'test-pattern' })), strips })
    return ['here', 'late', 'early'].map((id) => rig.listenTo([id]))
  }, OPEN)
  await expect.poll(() => page.evaluate((all) => Math.min(...all.map((each) => rig.onsets(each).length)), groups), { timeout: 15_000 }).toBeGreaterThanOrEqual(3)
  const [here = [], late = [], early = []] = await page.evaluate((all) => all.map((each) => rig.onsets(each)), groups)
  /** How much later than the beep that is not moved, ms, at the last beep that all have. */
  const after = (onsets: number[]) => Math.min(...onsets.map((each) => Math.abs((each - here.at(-2)!) / 48 - (onsets === late ? 300 : -150))))
  expect(after(late)).toBeLessThan(5)
  expect(after(early)).toBeLessThan(5)
})

test('each noise suppressor runs under the studio policy and takes noise away', async () => {
  test.setTimeout(60_000)
  const strengths = ['low', 'standard', 'strong'] as const
  const groups = await page.evaluate(({ open, all }) => all.map((strength) => {
    rig.setNoise(`noise-${strength}`, 0.02, { ...open, filters: [{ id: 'n', enabled: true, kind: 'noise-suppression', strength }] })
    return rig.listenTo([`noise-${strength}`])
  }), { open: OPEN, all: [...strengths] })
  // Past the fade-in: until a suppressor has started the noise is heard as it is.
  const frame = async () => (await levels(groups[2]!)).frame
  await expect.poll(frame).toBeGreaterThan(0)
  const from = await frame()
  await expect.poll(frame, { timeout: 15_000 }).toBeGreaterThan(from + 96_000)
  for (const [i, group] of groups.entries()) {
    await expect.poll(async () => (await levels(group)).left - 20 * Math.log10(0.02), { message: `${strengths[i]} takes 3 dB away or more`, timeout: 20_000 }).toBeLessThan(-3)
    // Taken away, not cut off: RNNoise leaves as little as a thousandth of a steady noise, but no digital silence.
    await expect.poll(async () => (await levels(group)).left, { message: `${strengths[i]} leaves something`, timeout: 20_000 }).toBeGreaterThan(-119)
  }
  expect(opened.problems).toEqual([])
})

test('the loudness of a known tone is told', async () => {
  await page.evaluate((open) => {
    rig.setTone('known', 0.1, open)
    rig.follow({ sources: [{ id: 'known', name: '', kind: 'test-pattern' }], strips: { known: open } })
  }, OPEN)
  // 1 kHz at -20 dBFS on both sides is -20 LUFS. Each look is a second and a half of it.
  await expect.poll(async () => Math.abs((await page.evaluate(() => rig.loudness())).momentary + 20), { timeout: 15_000 }).toBeLessThan(0.2)
  expect(Math.abs((await page.evaluate(() => rig.loudness())).truePeakDb + 20)).toBeLessThan(0.5)
})

test('a monitor device that is not there is said, and only while somebody listens', async () => {
  const trouble = () => page.evaluate(() => rig.monitorTrouble())
  await page.evaluate((open) => {
    rig.setMonitor({ deviceId: 'no-such-device', volumeDb: -60 })
    rig.follow({ sources: [{ id: 'known', name: '', kind: 'test-pattern' }], strips: { known: { ...open, solo: true } } })
  }, OPEN)
  await expect.poll(trouble, { timeout: 10_000 }).toContain('NotFoundError')
  await page.evaluate(() => rig.setMonitor({ deviceId: '', volumeDb: -60 }))
  await expect.poll(trouble, { timeout: 10_000 }).toBeNull()
  await page.evaluate(() => rig.setMonitor({ deviceId: 'no-such-device', volumeDb: -60 }))
  await expect.poll(trouble, { timeout: 10_000 }).not.toBeNull()
  await page.evaluate((open) => rig.follow({ sources: [{ id: 'known', name: '', kind: 'test-pattern' }], strips: { known: open } }), OPEN)
  expect(await trouble()).toBeNull()
})
