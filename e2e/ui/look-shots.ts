import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { serveDevPages } from './dev-pages.ts'

// Pictures of looks, sizes and the dialogs for keys, to look at: `node e2e/ui/look-shots.ts FOLDER [part of a name]`
const [folder = 'test-results/looks', only = ''] = process.argv.slice(2)
const SIZES = { xs: [1024, 640], m: [1280, 720], l: [1920, 1080] } as const
type Open = 'palette' | 'keys' | 'hotkeys' | 'appearance' | 'view'
const SHOTS: readonly [scenario: string, size: keyof typeof SIZES, query: Record<string, string>, open?: Open][] = [
  ['live', 'm', {}], ['live', 'xs', { theme: 'light', language: 'zh-CN' }], ['live', 'l', { language: 'zh-CN' }], ['ready', 'xs', {}],
  ['live', 'm', { contrast: 'more' }], ['live', 'm', { contrast: 'more', theme: 'light', language: 'zh-CN' }], ['live', 'm', { density: 'compact' }],
  ['live', 'm', { text: '150' }], ['live', 'm', { text: '200' }], ['live', 'l', { text: '200', theme: 'light' }], ['trouble', 'xs', { text: '150', language: 'zh-CN' }],
  ['ready', 'm', {}, 'palette'], ['ready', 'm', { language: 'zh-CN', theme: 'light' }, 'palette'], ['ready', 'm', {}, 'keys'], ['ready', 'm', { language: 'zh-CN', theme: 'light' }, 'keys'],
  ['ready', 'm', {}, 'hotkeys'], ['ready', 'm', { text: '200' }, 'hotkeys'], ['ready', 'm', { text: '200', theme: 'light' }, 'keys'], ['ready', 'm', { text: '200' }, 'palette'], ['ready', 'm', { language: 'zh-CN' }, 'appearance'], ['ready', 'm', { text: '200' }, 'appearance'], ['ready', 'm', {}, 'view'],
]

const pages = await serveDevPages()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic'] })
await mkdir(folder, { recursive: true })
for (const [scenario, size, query, open] of SHOTS) {
  const name = [scenario, open, size, ...Object.values(query)].filter(Boolean).join('-')
  if (!name.includes(only)) continue
  const [width, height] = SIZES[size]
  const page = await browser.newPage({ viewport: { width, height } })
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(name, message.text()))
  page.on('pageerror', (error) => console.log(name, error.message))
  await page.goto(pages.url({ scenario, ...query }))
  await page.getByTestId('live-button').waitFor()
  await page.getByTestId('handles').waitFor()
  if (open === 'palette') {
    await page.keyboard.press('Control+k')
    await page.getByTestId('palette').getByRole('combobox').fill('rec')
  }
  if (open === 'keys') await page.keyboard.press('F1')
  if (open === 'view') await page.getByTestId('view-menu').click()
  if (open === 'hotkeys' || open === 'appearance') {
    await page.keyboard.press('Control+Comma')
    await page.getByRole('dialog').getByRole('tab').nth(open === 'hotkeys' ? 2 : 1).click()
  }
  await page.waitForTimeout(700)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
}
await browser.close()
await pages.close()
