import { expect, type Page, test } from '@playwright/test'
import type { Strip } from '../../src-shared/domain/strip.ts'
import { devStudio } from './dev-studio.ts'
import { fakes, openStudio } from './studio-page.ts'
import { violations } from './violations.ts'

const studio = devStudio()

const strip = async (page: Page, id: string): Promise<Strip> => {
  const strips = await fakes(page, ({ engine }) => (engine.show as unknown as { strips: Record<string, Strip> }).strips)
  return strips[id] as Strip
}
const asked = (page: Page) => fakes(page, ({ engine }) => engine.asked)

test('a strip works by keyboard: fader, mute, solo, push-to-talk, filters and their order', async () => {
  const { page, problems } = await openStudio(studio, 'mixer', { language: 'en' })
  const host = page.locator('[data-strip="m0"]')
  await host.getByRole('slider', { name: 'Volume of Host' }).press('ArrowUp')
  await host.getByRole('button', { name: 'Mute Host' }).press('Space')
  await host.getByRole('button', { name: 'Listen to Host alone' }).press('Enter')
  expect(await strip(page, 'm0')).toMatchObject({ volumeDb: -3, muted: true, solo: true })

  const talk = page.locator('[data-strip="m3"]').getByRole('button', { name: 'Hold to talk: Talkback' })
  await talk.focus()
  await page.keyboard.down('Space')
  await expect.poll(() => asked(page)).toContain('push m3 down')
  await page.keyboard.up('Space')
  await expect.poll(() => asked(page)).toContain('push m3 up')
  await expect(page.locator('[data-strip="m4"]')).toContainText('Not in the mix')

  await host.getByRole('button', { name: 'More for Host' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Filters…' }).press('Enter')
  await page.getByRole('button', { name: 'Move Limiter up' }).press('Enter')
  await page.getByRole('button', { name: 'Noise gate', exact: false }).first().press('Enter')
  await page.getByRole('slider', { name: 'Opens at' }).press('ArrowRight')
  await page.getByRole('button', { name: 'Add filter' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Gain' }).press('Enter')
  const { filters = [] } = await strip(page, 'm0')
  expect(filters.map((each) => each.kind)).toEqual(['noise-suppression', 'gate', 'parametric-eq', 'limiter', 'compressor', 'gain'])
  expect(filters[1]).toMatchObject({ openDb: -25.5 })
  await page.getByRole('switch', { name: 'Bypass all' }).press('Space')
  expect((await strip(page, 'm0')).filters?.some((each) => each.enabled)).toBe(false)
  expect(problems).toEqual([])
  await page.close()
})

test('clipping is shown until it has been seen', async () => {
  const { page } = await openStudio(studio, 'mixer', { language: 'en' })
  await page.evaluate('globalThis.fakes.engine.meter((index) => (index === 0 ? 0.5 : -20))')
  const clipped = page.getByRole('button', { name: 'Host clipped. Select to clear.' })
  await expect(clipped).toBeVisible()
  await clipped.click()
  await expect(clipped).toBeHidden()
  await page.close()
})

for (const theme of ['dark', 'light']) {
  test(`nothing stands in anybody's way: strips, loudness, filters, sound settings, program, ${theme}`, async () => {
    const { page } = await openStudio(studio, 'mixer', { theme, language: 'en' })
    await page.getByRole('button', { name: 'Loudness of the program' }).click()
    expect(await violations(page, { minor: true })).toEqual([])
    for (const entry of ['Filters…', 'Sound settings…']) {
      await page.getByRole('button', { name: 'More for Host' }).click()
      await page.getByRole('menuitem', { name: entry }).click()
      await page.getByRole('dialog').waitFor()
      expect(await violations(page, { minor: true })).toEqual([])
      await page.keyboard.press('Escape')
    }
    await page.getByRole('button', { name: 'Program and monitoring' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await violations(page, { minor: true })).toEqual([])
    await page.close()
  })
}
