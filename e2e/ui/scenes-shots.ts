import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { serveDevPages } from './dev-pages.ts'

// Pictures of scenes and studio mode, to look at: `node e2e/ui/scenes-shots.ts FOLDER [part of a name]`
const [folder = 'test-results/ui', only = ''] = process.argv.slice(2)
const SHOTS: readonly [scenario: string, width: number, height: number, language: string, theme: string, open: string][] = [
  ['scenes', 1280, 720, 'en', 'dark', 'studio'], ['scenes', 1280, 720, 'zh-CN', 'light', 'menu'], ['scenes', 900, 600, 'zh-CN', 'dark', 'studio'], ['scenes', 1920, 1080, 'en', 'light', 'studio'],
  ['scenes', 760, 1000, 'en', 'dark', 'studio'], ['scenes', 1280, 720, 'en', 'dark', 'transition'], ['scenes', 1280, 720, 'en', 'light', 'projector'], ['scenes', 900, 600, 'en', 'light', 'names'], ['scenes-one', 1280, 720, 'en', 'dark', ''], ['scenes-many', 1280, 720, 'zh-CN', 'dark', 'remove'],
]

const pages = await serveDevPages()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic'] })
await mkdir(folder, { recursive: true })
for (const [scenario, width, height, language, theme, open] of SHOTS) {
  const name = [scenario, open, width, language, theme].filter(Boolean).join('-')
  if (!name.includes(only)) continue
  const page = await browser.newPage({ viewport: { width, height } })
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(name, message.text()))
  page.on('pageerror', (error) => console.log(name, error.message))
  await page.goto(pages.url({ scenario, language, theme }))
  await page.getByTestId('live-button').waitFor()
  if (width < 1180) await page.getByRole('tab', { name: /Scenes|场景/ }).click()
  const tile = (index: number) => page.locator(`[data-scene="scene-${index}"] button`)
  await tile(0).waitFor()
  if (open === 'studio') {
    await page.getByTestId('studio-mode').click()
    await tile(1).click()
  }
  if (open === 'menu') await tile(1).click({ button: 'right' })
  if (open === 'transition') await page.getByTestId('transition').click()
  if (open === 'projector') await page.getByTestId('projector').click()
  if (open === 'names') await page.getByTestId('scene-look').click()
  if (open === 'remove') {
    await tile(0).focus()
    await page.keyboard.press('Delete')
  }
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
}
await browser.close()
await pages.close()
