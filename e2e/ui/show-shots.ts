import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { serveDevPages } from './dev-pages.ts'
import { arrangeShows, chooseCollection } from './shows-page.ts'

// Pictures of the show's menu and its dialogs, to look at: `node e2e/ui/show-shots.ts FOLDER [part of a name]`
const [folder = 'test-results/ui', only = ''] = process.argv.slice(2)

const entry = async (page: Page, index: number) => {
  await page.getByTestId('show-menu').click()
  await page.getByRole('menuitem').nth(index).click()
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).first().waitFor()
}
const SHOTS: readonly [name: string, act: (page: Page) => Promise<void>][] = [
  ['menu', (page) => page.getByTestId('show-menu').click()],
  ['older', (page) => entry(page, 4)],
  ['obs', (page) => entry(page, 6)],
  ['obs-result', async (page) => {
    await entry(page, 6)
    await chooseCollection(page)
    await page.getByRole('dialog').locator('footer button').last().click()
    await page.getByTestId('obs-result').waitFor()
  }],
  ['profiles', (page) => entry(page, 8)],
  ['profile-copy', async (page) => {
    await entry(page, 8)
    await page.getByTestId('profiles').getByRole('button').last().click()
    await page.getByRole('menuitem').nth(1).click()
    await page.getByRole('alertdialog').waitFor()
  }],
  ['remove', (page) => entry(page, 9)],
  ['presets', async (page) => {
    await page.getByTestId('settings').click()
    await page.getByRole('combobox').first().click()
    await page.getByRole('option').nth(2).click()
    await page.getByRole('combobox').nth(1).click()
  }],
  ['limits', (page) => page.getByTestId('settings').click()],
]

const pages = await serveDevPages()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic'] })
await mkdir(folder, { recursive: true })
for (const [name, act] of SHOTS) {
  for (const [language, theme] of [['en', 'dark'], ['zh-CN', 'light']] as const) {
    const file = `shows-${name}-${language}-${theme}`
    if (!file.includes(only)) continue
    const page = await browser.newPage({ viewport: { width: 1100, height: 760 } })
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(file, message.text()))
    page.on('pageerror', (error) => console.log(file, error.message))
    await page.goto(pages.url({ scenario: 'ready', language, theme }))
    await page.getByTestId('live-button').waitFor()
    await arrangeShows(page)
    await act(page).catch((error: unknown) => console.log(file, String(error).slice(0, 400)))
    await page.waitForTimeout(500)
    await page.screenshot({ path: join(folder, `${file}.png`) })
    await page.close()
  }
}
await browser.close()
await pages.close()
