import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, chromium, expect, type Page, test } from '@playwright/test'
import type { Strip } from '../../src-shared/domain/strip.ts'
import { type DevPages, serveDevPages } from './dev-pages.ts'
import { fakes, openStudio } from './studio-page.ts'

let pages: DevPages
let browser: Browser
test.beforeAll(async () => {
  pages = await serveDevPages()
  browser = await chromium.launch({ executablePath: process.env['CASTWRIGHT_BROWSER'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic'] })
})
test.afterAll(async () => {
  await browser?.close()
  await pages?.close()
})

const strip = async (page: Page, id: string): Promise<Strip> => {
  const strips = await fakes(page, ({ engine }) => (engine.show as unknown as { strips: Record<string, Strip> }).strips)
  return strips[id] as Strip
}
const asked = (page: Page) => fakes(page, ({ engine }) => engine.asked)

test('a strip works by keyboard: fader, mute, solo, push-to-talk, filters and their order', async () => {
  const { page, problems } = await openStudio(browser, pages, 'mixer', { language: 'en' })
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
  const { page } = await openStudio(browser, pages, 'mixer', { language: 'en' })
  await page.evaluate('globalThis.fakes.engine.meter((index) => (index === 0 ? 0.5 : -20))')
  const clipped = page.getByRole('button', { name: 'Host clipped. Select to clear.' })
  await expect(clipped).toBeVisible()
  await clipped.click()
  await expect(clipped).toBeHidden()
  await page.close()
})

for (const theme of ['dark', 'light']) {
  test(`nothing stands in anybody's way: strips, loudness, filters, sound settings, program, ${theme}`, async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    const { page } = await openStudio(browser, pages, 'mixer', { theme, language: 'en' })
    const violations = async (): Promise<string[]> => {
      await page.evaluate(axe)
      const found = (await page.evaluate('axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })')) as { violations: { id: string; nodes: { html: string }[] }[] }
      return found.violations.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
    }
    await page.getByRole('button', { name: 'Loudness of the program' }).click()
    expect(await violations()).toEqual([])
    for (const entry of ['Filters…', 'Sound settings…']) {
      await page.getByRole('button', { name: 'More for Host' }).click()
      await page.getByRole('menuitem', { name: entry }).click()
      await page.getByRole('dialog').waitFor()
      expect(await violations()).toEqual([])
      await page.keyboard.press('Escape')
    }
    await page.getByRole('button', { name: 'Program and monitoring' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await violations()).toEqual([])
    await page.close()
  })
}
