import { expect, test } from '@playwright/test'
import { devStudio } from './dev-studio.ts'
import { openStudio } from './studio-page.ts'
import { violations } from './violations.ts'

const studio = devStudio()

/** What is drawn outside of the window and cannot be scrolled to, and texts cut off above or below in what does not scroll. */
const CUT_OFF = `(() => {
  const found = []
  const root = document.querySelector('.studio')
  if (root.scrollWidth > root.clientWidth && getComputedStyle(root).overflowX !== 'auto') found.push('the window')
  for (const each of document.querySelectorAll('header *, [data-dock] header *, [role="dialog"] *, .controls *')) {
    const style = getComputedStyle(each)
    if (style.overflowY !== 'hidden' || each.closest('.visually-hidden') || !each.textContent.trim()) continue
    if (each.scrollHeight > each.clientHeight + 3 && each.clientHeight > 0) found.push(each.className + ': ' + each.textContent.trim().slice(0, 40))
  }
  return found
})()`

for (const look of [{ contrast: 'more', density: 'compact' }, { contrast: 'more', theme: 'light', text: '200' }] as Record<string, string>[]) {
  const name = Object.values(look).join(', ')
  test(`nothing stands in anybody's way, and nothing is cut off: ${name}`, async () => {
    const { page, problems } = await openStudio(studio, 'live', look)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(CUT_OFF)).toEqual([])

    await page.keyboard.press('Control+k')
    await page.getByTestId('palette').getByRole('combobox').fill('re')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')

    await page.keyboard.press('F1')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(CUT_OFF)).toEqual([])
    await page.keyboard.press('Escape')

    await page.keyboard.press('Control+Comma')
    for (const tab of ['Appearance', 'Keys']) {
      await page.getByRole('dialog').getByRole('tab', { name: tab }).click()
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(CUT_OFF)).toEqual([])
    }
    expect(problems).toEqual([])
    await page.close()
  })
}

test('forced colours and less movement are heeded', async () => {
  const context = await studio.browser.newContext({ viewport: { width: 1280, height: 720 }, forcedColors: 'active', reducedMotion: 'reduce', contrast: 'more' })
  const page = await context.newPage()
  await page.goto(studio.pages.url({ scenario: 'live', contrast: 'system' }))
  await page.getByTestId('live-button').waitFor()
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced')
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more')
  // The system chooses the colours there; axe reckons with the page's own.
  expect(await violations(page, { without: ['color-contrast'] })).toEqual([])
  await context.close()
})
