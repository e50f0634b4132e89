import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { serveDevPages } from './dev-pages.ts'

// Pictures of the window in many states, to look at: `node e2e/ui/shots.ts FOLDER [part of a name]`
const [folder = 'test-results/ui', only = ''] = process.argv.slice(2)
const SIZES = { s: [900, 600], m: [1280, 720], l: [1920, 1080] } as const
const SHOTS: readonly [scenario: string, size: keyof typeof SIZES, language: string, theme: string, open?: string][] = [
  ['first-run', 'm', 'en', 'dark'], ['first-run', 's', 'zh-CN', 'light'], ['empty', 'm', 'en', 'dark'], ['ready', 'm', 'en', 'dark'], ['ready', 'm', 'zh-CN', 'light'],
  ['live', 'm', 'en', 'dark', 'selected'], ['live', 'l', 'zh-CN', 'dark', 'details'], ['live', 's', 'en', 'light'], ['trouble', 'm', 'en', 'dark'], ['trouble', 'm', 'zh-CN', 'light'],
  ['trouble', 's', 'en', 'dark'], ['crowded', 'm', 'en', 'light'], ['crowded', 's', 'zh-CN', 'dark'], ['crowded', 'l', 'en', 'dark'], ['portrait', 'm', 'en', 'dark'],
  ['ready', 'm', 'en', 'dark', 'settings'], ['ready', 's', 'zh-CN', 'light', 'settings'], ['ready', 'm', 'en', 'dark', 'add-destination'], ['ready', 'm', 'zh-CN', 'light', 'add-source'],
  ['live', 'm', 'en', 'dark', 'statistics'], ['live', 'l', 'zh-CN', 'light', 'statistics'], ['trouble', 's', 'en', 'dark', 'statistics'], ['ready', 'm', 'zh-CN', 'dark', 'statistics'],
  ['recordings', 'm', 'en', 'dark', 'recordings'], ['recordings', 's', 'zh-CN', 'light', 'recordings'], ['recordings', 'l', 'zh-CN', 'dark', 'recordings-selected'], ['recordings-empty', 'm', 'en', 'light', 'recordings'],
  ['recordings', 'm', 'en', 'dark', 'recordings-merge'], ['recordings-refused', 'm', 'en', 'light', 'recordings-refused'], ['recordings-no-ffmpeg', 'm', 'zh-CN', 'dark', 'recordings-selected'], ['recordings-many', 'm', 'en', 'dark', 'recordings'], ['recordings-many', 's', 'zh-CN', 'light', 'recordings'],
  ['congestion', 'm', 'en', 'dark'], ['congestion', 's', 'zh-CN', 'light'], ['congestion', 'm', 'zh-CN', 'dark', 'connection'], ['congestion', 'm', 'en', 'light', 'connection'],
  ['recording', 'm', 'en', 'dark'], ['recording', 's', 'zh-CN', 'light'], ['recording-paused', 'm', 'zh-CN', 'dark'], ['recording-failed', 's', 'en', 'light', 'recording-settings'], ['recording-failed', 'm', 'zh-CN', 'dark'], ['recording-failed', 's', 'en', 'light'], ['recording', 'm', 'en', 'dark', 'recording-settings'], ['ready', 'm', 'zh-CN', 'light', 'recording-settings'],
  ['singles', 'm', 'en', 'dark'], ['singles', 's', 'zh-CN', 'light'], ['singles', 'm', 'zh-CN', 'light', 'content'], ['singles', 'm', 'en', 'dark', 'content'],
  ['ready', 'm', 'en', 'dark', 'editing'], ['ready', 'l', 'zh-CN', 'light', 'editing'], ['ready', 'm', 'zh-CN', 'dark', 'editing-menu'], ['ready', 'm', 'en', 'light', 'editing-crop'],
  ['mixer', 'm', 'en', 'dark'], ['mixer', 's', 'zh-CN', 'light'], ['mixer', 'l', 'en', 'light', 'loudness'], ['mixer', 'm', 'zh-CN', 'dark', 'loudness'], ['mixer', 'm', 'en', 'dark', 'filters'], ['mixer', 'm', 'zh-CN', 'light', 'filters'],
  ['mixer', 'm', 'en', 'light', 'sound'], ['mixer', 'm', 'zh-CN', 'dark', 'program'],
  ['second-live', 'm', 'en', 'dark'], ['second-live', 's', 'zh-CN', 'light'], ['second', 'm', 'zh-CN', 'dark', 'second-settings'], ['second-live', 'm', 'en', 'light', 'second-settings'],
  ['live', 'm', 'en', 'dark', 'rehearsal'], ['ready', 'm', 'en', 'light', 'text'],
]

const pages = await serveDevPages()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic'] })
await mkdir(folder, { recursive: true })
for (const [scenario, size, language, theme, open] of SHOTS) {
  const name = [scenario, open, size, language, theme].filter(Boolean).join('-')
  if (!name.includes(only)) continue
  const [width, height] = SIZES[size]
  const page = await browser.newPage({ viewport: { width, height } })
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(name, message.text()))
  page.on('pageerror', (error) => console.log(name, error.message))
  await page.goto(pages.url({ scenario, language, theme }))
  await page.getByTestId('live-button').waitFor()
  await page.getByTestId('handles').waitFor()
  if (open === 'settings' || open === 'add-destination' || open === 'add-source') await page.getByTestId(open).click()
  if (open === 'connection') {
    await page.getByTestId('settings').click()
    await page.getByRole('dialog').getByRole('tab').nth(3).click()
  }
  if (open === 'second-settings') {
    await page.getByTestId('settings').click()
    await page.getByTestId('second-canvas').scrollIntoViewIfNeeded()
  }
  if (open === 'recording-settings') {
    await page.getByTestId('settings').click()
    await page.getByRole('dialog').getByRole('tab').nth(4).click()
  }
  if (open === 'content') {
    await page.locator('[data-destination="camera"] button:has(path[d^="M"])').nth(1).click()
    await page.locator('.more summary').first().click()
    await page.getByTestId('content').scrollIntoViewIfNeeded()
  }
  if (open === 'filters' || open === 'sound') {
    await page.locator('[data-strip="m0"] button[aria-haspopup]').click()
    await page.getByRole('menuitem').nth(open === 'filters' ? 0 : 1).click()
    if (open === 'filters') await page.locator('ol .entry .name').nth(language === 'en' ? 3 : 2).click()
  }
  if (open === 'loudness' || open === 'program') await page.locator('.strip.program .buttons button').nth(open === 'loudness' ? 0 : 1).click()
  if (open === 'statistics') await page.getByTestId('page-statistics').click()
  if (open?.startsWith('recordings')) await page.getByTestId('page-recordings').click()
  if (open?.startsWith('recordings-')) for (const path of ['1400_c3R1ZGlv_1.mp4', 'replay_20261120.mp4']) await page.locator(`[data-path="${path}"] input`).check()
  if (open === 'recordings-merge' || open === 'recordings-refused') await page.getByTestId('selection').getByRole('button').nth(open === 'recordings-merge' ? 1 : 0).click()
  if (open === 'selected') await page.locator('[data-source="source-image"] .name').click()
  if (open === 'text') await page.locator('[data-source="source-text"] .name').click()
  if (open === 'details') await page.locator('[data-destination="main"] .details').click()
  if (open === 'rehearsal') await page.locator('[aria-pressed]').filter({ has: page.locator('path[d^="M4.5 3v10"]') }).click()
  if (open?.startsWith('editing')) {
    await page.locator('[data-item="item-camera"] .name').click()
    await page.keyboard.press('Shift+ArrowUp')
    if (open !== 'editing-crop') await page.keyboard.press('Control+g')
  }
  if (open === 'editing-menu') {
    await page.keyboard.press('Shift+F10')
    await page.getByTestId('edit-menu').getByRole('menuitem').nth(7).press('ArrowRight')
  }
  if (open === 'editing-crop') {
    await page.locator('[data-item="item-image"] .name').click()
    await page.locator('[data-transform] input').nth(6).fill('200')
    await page.locator('[data-transform] input').nth(6).press('Enter')
  }
  await page.waitForTimeout(700)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
}
await browser.close()
await pages.close()
