import { expect, test } from '@playwright/test'
import { devStudio } from './dev-studio.ts'
import { openStudio } from './studio-page.ts'
import { violations } from './violations.ts'

const studio = devStudio()

/**
 * What nobody can read: texts wider or taller than what holds them (names that end in "…" on purpose have them in full as a tooltip), and a
 * window that has to be scrolled sideways.
 */
const CUT_OFF = `(() => {
  const found = []
  const root = document.querySelector('.studio')
  if (root.scrollWidth > root.clientWidth) found.push('the window: ' + root.scrollWidth + ' > ' + root.clientWidth)
  for (const each of document.querySelectorAll('body *:not(.visually-hidden, .visually-hidden *, svg *)')) {
    const style = getComputedStyle(each)
    const text = [...each.childNodes].filter((child) => child.nodeType === 3).map((child) => child.textContent.trim()).join('')
    if (!text || each.clientWidth === 0 || style.display === 'inline' || style.visibility === 'hidden') continue
    const name = each.tagName.toLowerCase() + '.' + each.className + ' ' + text.slice(0, 40)
    if (each.scrollWidth > each.clientWidth + 1 && style.overflowX !== 'auto' && style.textOverflow !== 'ellipsis') found.push(name + ': ' + each.scrollWidth + ' > ' + each.clientWidth)
    if (each.scrollHeight > each.clientHeight + 3 && style.overflowY !== 'auto') found.push(name + ': ' + each.scrollHeight + ' > ' + each.clientHeight + ' high')
    const { top, bottom } = each.getBoundingClientRect()
    for (let up = each.parentElement; up && getComputedStyle(up).overflowY !== 'auto'; up = up.parentElement) {
      const around = up.getBoundingClientRect()
      if (getComputedStyle(up).overflowY === 'hidden' && (top < around.top - 1 || bottom > around.bottom + 1)) found.push(name + ' in ' + up.className)
    }
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

for (const [scenario, language, text, size] of [
  ['mixer', 'en', '200', { width: 1280, height: 800 }], ['scenes', 'zh-CN', '200', { width: 1024, height: 700 }], ['second-live', 'en', '150', { width: 1024, height: 700 }],
] as const) {
  test(`panels and pages grow with the texts: ${scenario}, ${text} %, ${size.width} px`, async () => {
    const { page, problems } = await openStudio(studio, scenario, { language, text }, size)
    const tabs = page.locator('[data-dock] [role="tab"]')
    for (const tab of await tabs.all()) {
      await tab.click()
      expect(await page.evaluate(CUT_OFF)).toEqual([])
    }
    expect(await tabs.count()).toBe(3)
    const studioMode = page.getByTestId('studio-mode')
    await tabs.first().click()
    await studioMode.click()
    await page.getByTestId('program').waitFor()
    expect(await page.evaluate(CUT_OFF)).toEqual([])
    // What is needed at any moment is in sight without scrolling.
    await expect(page.getByTestId('live-button')).toBeInViewport({ ratio: 1 })
    for (const name of ['statistics', 'recordings', 'diagnostics']) {
      await page.getByTestId(`page-${name}`).click()
      expect(await page.evaluate(CUT_OFF)).toEqual([])
    }
    expect(problems).toEqual([])
    await page.close()
  })
}

test("nothing stands in anybody's way on the pages of recordings and statistics", async () => {
  for (const [scenario, name, theme] of [['recordings-refused', 'Recordings', 'dark'], ['recordings', 'Recordings', 'light'], ['live', 'Statistics', 'light']] as const) {
    const { page, problems } = await openStudio(studio, scenario, { theme })
    await page.getByTestId(`page-${name.toLowerCase()}`).click()
    await page.getByRole('main', { name }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(problems).toEqual([])
    await page.close()
  }
})

test('forced colours and less movement are heeded', async () => {
  const context = await studio.browser.newContext({ viewport: { width: 1280, height: 720 }, forcedColors: 'active', reducedMotion: 'reduce', contrast: 'more' })
  const page = await context.newPage()
  await page.goto(studio.pages.url({ scenario: 'live', contrast: 'system' }))
  await page.getByTestId('live-button').waitFor()
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced')
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more')
  const ground = (name: string) => page.evaluate(`getComputedStyle(document.querySelector('[data-testid="page-${name}"]')).backgroundColor`)
  expect(await ground('studio'), 'the page that is shown is told from the others').not.toBe(await ground('recordings'))
  // The system chooses the colours there; axe reckons with the page's own.
  expect(await violations(page, { without: ['color-contrast'] })).toEqual([])
  await context.close()
})
