import { expect, test } from '@playwright/test'
import { devStudio } from './dev-studio.ts'
import { fakes, openStudio } from './studio-page.ts'
import { violations } from './violations.ts'

const studio = devStudio()

test('going live asks about what is wrong, mends it where it can, and goes on in spite of it', async () => {
  const { page, problems } = await openStudio(studio, 'preflight')
  const dialog = page.getByRole('dialog', { name: 'Before going live' })
  const button = page.getByTestId('live-button')
  const live = page.getByTestId('live-badge')

  await button.focus()
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('status')).toHaveText('5 things to look at first.')
  await expect(dialog.locator('[data-status="fail"]')).toHaveCount(2)
  await expect(dialog.getByText('USB Podcast Microphone')).toHaveCount(1)
  await expect(dialog.locator('details')).not.toHaveAttribute('open')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await expect(live).toContainText('Off air')

  await button.click()
  await dialog.locator('[data-check="show.sound"]').getByRole('button', { name: 'Switch on' }).click()
  await expect(dialog.getByRole('status')).toHaveText('4 things to look at first.')
  expect(await fakes(page, ({ bridge }) => (bridge.saved.at(-1) as unknown as { strips: Record<string, { muted: boolean }> }).strips['source-microphone']?.muted)).toBe(false)

  await dialog.locator('[data-check="show.sources"]').getByRole('button', { name: 'Show source' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('[data-source="source-camera"]')).toHaveClass(/selected/)
  await button.click()
  await dialog.locator('[data-check="show.destinations"]').getByRole('button', { name: 'Edit destination' }).click()
  await expect(page.getByRole('dialog').getByLabel('Server address')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-destination="main"] .edit')).toBeFocused()

  await button.click()
  await page.getByTestId('live-anyway').click()
  await expect(live).toContainText('LIVE')
  await expect(dialog).toHaveCount(0)
  await button.click()
  await expect(live).toContainText('Off air')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('Check the show')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('switch', { name: 'Check before going live' }).click()
  await page.keyboard.press('Escape')
  await button.click()
  await expect(live).toContainText('LIVE')
  await expect(dialog).toHaveCount(0)
  expect(problems).toEqual([])
  await page.close()
})

test('what is still being looked at can be skipped, and a look that finds nothing wrong is told in light and in Chinese', async () => {
  const { page, problems } = await openStudio(studio, 'ready', { theme: 'light', language: 'zh-CN' })
  await page.evaluate(() => void ((globalThis as unknown as { fakes: { bridge: { ahead: { hold: Promise<unknown> | null } } } }).fakes.bridge.ahead.hold = new Promise(() => {})))
  await page.getByTestId('live-button').click()
  expect(await violations(page)).toEqual([])
  await page.getByTestId('skip-check').click()
  await expect(page.getByTestId('live-badge')).toContainText('直播中')
  await expect(page.getByTestId('live-button')).toBeFocused()
  await page.getByTestId('live-button').click()

  await page.evaluate(() => void ((globalThis as unknown as { fakes: { bridge: { ahead: { hold: Promise<unknown> | null } } } }).fakes.bridge.ahead.hold = null))
  await page.keyboard.press('Control+k')
  await page.keyboard.type('检查节目')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('preflight').getByRole('status')).toHaveText('一切就绪。')
  await expect(page.getByTestId('live-anyway')).toHaveText('开始直播')
  expect(await violations(page)).toEqual([])
  expect(problems).toEqual([])
  await page.close()
})
