import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { serveDevPages } from './dev-pages.ts'

// Pictures of the diagnostics and of what watchdogs say, to look at: `node e2e/ui/diagnostics-shots.ts FOLDER [part of a name]`
const [folder = 'test-results/ui', only = ''] = process.argv.slice(2)
const SIZES = { s: [1024, 700], m: [1280, 800] } as const
const SHOTS: readonly [scenario: string, size: keyof typeof SIZES, language: string, theme: string, open: string][] = [
  ['diagnostics', 'm', 'en', 'dark', 'connection'], ['diagnostics', 's', 'zh-CN', 'light', 'connection'], ['diagnostics', 'm', 'zh-CN', 'dark', 'camera'], ['diagnostics', 's', 'en', 'light', 'sync'], ['diagnostics', 'm', 'en', 'light', 'verdict'],
  ['diagnostics-running', 'm', 'en', 'dark', 'microphone'], ['diagnostics-running', 's', 'zh-CN', 'light', 'microphone'], ['diagnostics-found', 'm', 'en', 'dark', 'camera'], ['diagnostics-found', 'm', 'zh-CN', 'light', 'microphone'], ['diagnostics-found', 's', 'en', 'dark', 'connection'],
  ['diagnostics-found', 'm', 'en', 'dark', 'network'], ['diagnostics-found', 's', 'zh-CN', 'light', 'network'], ['diagnostics-found', 'm', 'en', 'light', 'verdict'], ['diagnostics-found', 's', 'zh-CN', 'dark', 'verdict'],
  ['diagnostics-found', 'm', 'en', 'dark', 'checks'], ['diagnostics-found', 's', 'zh-CN', 'light', 'checks'], ['diagnostics-running', 's', 'en', 'dark', 'checks'], ['diagnostics-found', 'm', 'en', 'light', 'report'], ['diagnostics', 's', 'zh-CN', 'dark', 'report'],
  ['watchdogs', 'm', 'en', 'dark', 'studio'], ['watchdogs', 's', 'zh-CN', 'light', 'studio'], ['watchdogs', 'm', 'en', 'light', 'statistics'],
]

const pages = await serveDevPages()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] })
await mkdir(folder, { recursive: true })
for (const [scenario, size, language, theme, open] of SHOTS) {
  const name = [scenario, open, size, language, theme].join('-')
  if (!name.includes(only)) continue
  const [width, height] = SIZES[size]
  const page = await browser.newPage({ viewport: { width, height } })
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(name, message.text()))
  page.on('pageerror', (error) => console.log(name, error.message))
  await page.goto(pages.url({ scenario, language, theme }))
  await page.getByTestId('live-button').waitFor()
  await page.getByTestId(`page-${open === 'studio' || open === 'statistics' ? open : 'diagnostics'}`).click()
  if (open === 'checks' || open === 'report') await page.getByTestId(`diagnostics-${open}`).click()
  else if (open !== 'studio' && open !== 'statistics') await page.locator(`[data-step="${open}"]`).click()
  await page.waitForTimeout(700)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
}
await browser.close()
await pages.close()
