import { expect, test } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { devStudio } from './dev-studio.ts'
import { fakes, openStudio } from './studio-page.ts'

const studio = devStudio()

const isFocused = async (page: Page, target: Locator): Promise<boolean> => (await target.and(page.locator(':focus')).count()) > 0

/** As somebody without a mouse gets there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await isFocused(page, target)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${target}`)
}

async function byPalette(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByTestId('palette').getByRole('combobox')).toBeFocused()
  await page.keyboard.type(typed)
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('palette')).toHaveCount(0)
}

const onAir = (page: Page): Promise<number> =>
  fakes(page, ({ engine }) => {
    const { scenes, currentSceneId } = engine.show as unknown as { scenes: { id: string }[]; currentSceneId: string }
    return scenes.findIndex((each) => each.id === currentSceneId)
  })

test('a whole broadcast by keyboard alone: from the first start to the end, without a mouse', async () => {
  const { page, problems } = await openStudio(studio, 'first-run')
  await page.evaluate("globalThis.pointed = 0; for (const type of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(type, () => globalThis.pointed++, true)")

  // A first source, offered in the middle of the window.
  await tabTo(page, page.getByTestId('first-run').getByRole('button', { name: /Test pattern/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('first-run')).toHaveCount(0)
  await byPalette(page, 'add source text')
  await expect(page.locator('[data-source]')).toHaveCount(2)

  // A second scene, which goes on air.
  await byPalette(page, 'add scene')
  await expect.poll(() => onAir(page)).toBe(1)

  // A destination with its form.
  await byPalette(page, 'add destination')
  const form = page.getByRole('dialog')
  await tabTo(page, form.getByLabel('Server address'))
  await page.keyboard.type('rtmp://live.example.org/app')
  await tabTo(page, form.getByLabel('Stream key'))
  await page.keyboard.type('secret-key')
  await tabTo(page, form.getByRole('button', { name: 'Add destination' }))
  await page.keyboard.press('Enter')
  await expect(page.locator('[role="dialog"]')).toHaveCount(0)
  await expect(page.locator('[data-destination]')).toHaveCount(2)

  // Also where a control would take Enter for itself.
  await tabTo(page, page.getByRole('switch', { name: 'Send to Rehearsal' }))
  await page.keyboard.press('Control+Shift+Enter')
  await expect(page.getByTestId('live-badge')).toContainText('LIVE')
  await expect(page.getByRole('switch', { name: 'Send to Rehearsal' })).toBeChecked()

  await byPalette(page, 'mute or unmute')
  await expect.poll(() => fakes(page, ({ engine }) => JSON.stringify(engine.show))).toContain('"muted":true')

  // Back to the first scene by its digit, and to the second.
  await page.keyboard.press('1')
  await expect.poll(() => onAir(page)).toBe(0)
  await page.keyboard.press('2')
  await expect.poll(() => onAir(page)).toBe(1)

  await page.keyboard.press('Control+Shift+Backspace')
  await expect(page.getByTestId('live-badge')).toContainText('Off air')
  expect(await page.evaluate('globalThis.pointed')).toBe(0)
  expect(problems).toEqual([])
  await page.close()
})

test('keys: not in fields, not while a dialog is open; the focus comes back; F6 goes round', async () => {
  const { page } = await openStudio(studio, 'ready')
  const settings = page.getByTestId('settings')
  await settings.focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Alt+2')
  await page.keyboard.press('Escape')
  await expect(page.locator('[role="dialog"]')).toHaveCount(0)
  await expect(settings).toBeFocused()
  await expect(page.getByTestId('page-studio')).toHaveAttribute('aria-current', 'page')

  // Recorded, said to clash, and one click to the other one.
  await page.keyboard.press('Control+Comma')
  await page.getByRole('tab', { name: 'Keys' }).click()
  const row = page.locator('[data-action="window:text-larger"]')
  await row.getByRole('button', { name: 'Add keys' }).click()
  await page.keyboard.press('Alt+r')
  await expect(row.locator('kbd')).toHaveText('Alt+R')
  await row.getByRole('button', { name: 'Start or stop recording' }).click()
  await expect(page.locator('[data-action="recording:toggle"] button').first()).toBeFocused()
  // A digit typed into a field writes a digit.
  await page.getByRole('textbox', { name: 'Search' }).fill('')
  await page.getByRole('textbox', { name: 'Search' }).press('1')
  await expect(page.getByRole('textbox', { name: 'Search' })).toHaveValue('1')
  await page.keyboard.press('Escape')
  expect(await fakes(page, ({ bridge }) => bridge.calls.filter(({ service }) => service === 'recorder').length)).toBe(0)

  const seen = new Set<string>()
  for (let presses = 0; presses < 7; presses++) {
    await page.keyboard.press('F6')
    seen.add(String(await page.evaluate("document.activeElement.querySelector('h2')?.textContent ?? document.activeElement.ariaLabel")))
  }
  for (const name of ['Scenes', 'Sources', 'Mixer', 'Properties', 'Destinations', 'Preview', 'Going live and recording']) expect([...seen].join()).toContain(name)
  await page.close()
})

test('panels are hidden, moved, remembered and reset from the menu', async () => {
  const { page } = await openStudio(studio, 'ready')
  const view = async (panel: string, entry: string): Promise<void> => {
    await page.getByTestId('view-menu').press('Enter')
    await page.getByRole('menuitem', { name: panel }).press('ArrowRight')
    await page.getByRole('menuitem', { name: entry, exact: true }).press('Enter')
  }
  const order = (): Promise<string[]> => page.locator('[data-dock] h2').allTextContents()
  await view('Mixer', 'Move before')
  await expect.poll(order).toEqual(['Scenes', 'Mixer', 'Sources', 'Properties', 'Destinations'])
  await view('Properties', 'To the side')
  await view('Scenes', 'Hide')
  await expect.poll(order).toEqual(['Mixer', 'Sources', 'Destinations', 'Properties'])
  await page.getByTestId('view-menu').press('Enter')
  await page.getByRole('menuitem', { name: 'Reset panels' }).press('Enter')
  await expect.poll(order).toEqual(['Scenes', 'Sources', 'Mixer', 'Properties', 'Destinations'])
  await page.close()
})
