import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { serveDevPages } from './dev-pages.ts'

// Pictures of the layout panel, to look at: `node e2e/ui/layout-shots.ts FOLDER`
const [folder = 'test-results/ui'] = process.argv.slice(2)
const SHOTS: readonly [scenario: string, width: number, height: number, language: string, theme: string, scroll?: string][] = [
  ['layout-lesson', 1280, 720, 'en', 'dark'], ['layout-lesson', 1280, 720, 'zh-CN', 'light', 'down'], ['layout-floating', 1920, 1080, 'zh-CN', 'dark'], ['layout-floating', 900, 600, 'en', 'light'],
  ['empty', 1280, 720, 'en', 'light'], ['portrait', 1280, 720, 'zh-CN', 'dark'],
]

const pages = await serveDevPages()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic'] })
await mkdir(folder, { recursive: true })
for (const [scenario, width, height, language, theme, scroll] of SHOTS) {
  const name = ['layout-panel', scenario, width, language, theme, scroll].filter(Boolean).join('-')
  const page = await browser.newPage({ viewport: { width, height } })
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(name, message.text()))
  page.on('pageerror', (error) => console.log(name, error.message))
  await page.goto(pages.url({ scenario, language, theme }))
  await page.getByTestId('live-button').waitFor()
  await page.getByTestId('layout').click()
  await page.locator('[data-preset="lesson"]').waitFor()
  if (scroll) {
    await page.locator('[data-region] .name').first().click()
    await page.locator('[data-region] .name').first().scrollIntoViewIfNeeded()
  }
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
}
await browser.close()
await pages.close()
