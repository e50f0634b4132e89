import { expect, test } from '@playwright/test'
import { devStudio } from './dev-studio.ts'
import { drag, fakes, item, onScreen, openStudio } from './studio-page.ts'
import type { Item } from './studio-page.ts'
import { violations } from './violations.ts'

const studio = devStudio()

const open = (scenario: string, more: Record<string, string> = {}, size = { width: 1280, height: 720 }) => openStudio(studio, scenario, more, size)

test('items are selected, moved, snapped and put back', async () => {
  const { page, problems } = await open('ready')
  const before = await item(page, 'item-camera')
  await drag(page, await onScreen(page, 1000, 470), await onScreen(page, 880, 420))
  const moved = await item(page, 'item-camera')
  expect(moved.x).toBeCloseTo(before.x - 120, -1)
  expect(moved.y).toBeCloseTo(before.y - 50, -1)
  await expect(page.locator('[data-source="source-camera"]')).toHaveClass(/selected/)

  // Within reach of the canvas' edge it is pulled to it.
  const centre: [number, number] = [moved.x + 100, moved.y + 60]
  await drag(page, await onScreen(page, ...centre), await onScreen(page, centre[0], centre[1] + (720 - moved.height - moved.y) - 6))
  const snapped = await item(page, 'item-camera')
  expect(snapped.y + snapped.height).toBeCloseTo(720, 0)

  await page.keyboard.press('Control+z')
  expect((await item(page, 'item-camera')).y).toBeCloseTo(moved.y, 0)
  await page.keyboard.press('Control+z')
  expect(await item(page, 'item-camera')).toMatchObject({ x: before.x, y: before.y })
  await page.keyboard.press('Control+Shift+z')
  expect((await item(page, 'item-camera')).x).toBeCloseTo(moved.x, 0)
  expect(problems).toEqual([])
  await page.close()
})

test('a turned item keeps its far corner while it is resized, and its shape unless Shift is held', async () => {
  const { page } = await open('ready')
  const before = await item(page, 'item-image')
  await page.mouse.click(...(await onScreen(page, before.x + before.width / 2, before.y + before.height / 2)))
  const corners = cornersOf(before)
  const grab = await onScreen(page, corners[2].x, corners[2].y)
  await drag(page, grab, [grab[0] + 40, grab[1] + 40])
  const after = await item(page, 'item-image')
  expect(after.width).toBeGreaterThan(before.width + 10)
  expect(after.width / after.height).toBeCloseTo(before.width / before.height, 1)
  expect(cornersOf(after)[0].x).toBeCloseTo(corners[0].x, -0.5)
  expect(cornersOf(after)[0].y).toBeCloseTo(corners[0].y, -0.5)
  expect(after.rotationDeg).toBeCloseTo(before.rotationDeg, 0)

  await page.keyboard.down('Shift')
  const again = cornersOf(after)[2]
  const grabAgain = await onScreen(page, again.x, again.y)
  await drag(page, grabAgain, [grabAgain[0] + 60, grabAgain[1] - 10])
  await page.keyboard.up('Shift')
  const stretched = await item(page, 'item-image')
  expect(stretched.width / stretched.height).toBeGreaterThan((after.width / after.height) * 1.1)
  await page.close()
})

test('a locked item stays, and lets the pointer through', async () => {
  const { page } = await open('ready')
  const before = await item(page, 'item-text')
  await drag(page, await onScreen(page, 400, 600), await onScreen(page, 500, 500))
  expect(await item(page, 'item-text')).toEqual(before)
  await page.close()
})

test('arrow keys move by one pixel and by ten, Delete removes, undo brings back', async () => {
  const { page } = await open('ready')
  await page.locator('[data-source="source-camera"] .name').click()
  await page.getByRole('application').focus()
  const before = await item(page, 'item-camera')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  expect(await item(page, 'item-camera')).toMatchObject({ x: before.x + 1, y: before.y + 10 })
  await page.keyboard.press('Delete')
  await expect(page.locator('[data-source="source-camera"]')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(page.locator('[data-source="source-camera"]')).toHaveCount(1)
  await page.close()
})

test('the list reorders by keyboard, renames, hides and locks', async () => {
  const { page } = await open('ready')
  const order = () => fakes(page, ({ engine }) => engine.show.scenes[0]?.items.map((each) => each.id) ?? [])
  const before = await order()
  await page.locator('[data-source="source-camera"] .name').focus()
  await page.keyboard.press('Alt+ArrowUp')
  expect((await order()).indexOf('item-camera')).toBe(before.indexOf('item-camera') + 1)
  await expect(page.locator('[data-source="source-camera"] .name')).toBeFocused()
  await page.keyboard.press('F2')
  await page.keyboard.type('Desk')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-source="source-camera"] .name')).toHaveText('Desk')
  await page.getByRole('button', { name: 'Show Desk' }).click()
  await expect(page.getByRole('button', { name: 'Show Desk' })).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => fakes(page, ({ bridge }) => bridge.saved.at(-1)?.sources.find((each) => each.id === 'source-camera')?.name)).toBe('Desk')
  await page.close()
})

test('a newcomer is live with two clicks', async () => {
  const { page, problems } = await open('first-run')
  await expect(page.getByTestId('live-button')).toBeDisabled()
  await page.getByRole('button', { name: /Test pattern/ }).first().click()
  await expect(page.getByTestId('first-run')).toHaveCount(0)
  await page.getByTestId('live-button').click()
  await expect(page.getByTestId('live-badge')).toContainText('LIVE')
  await expect(page.getByTestId('announcer')).toHaveText('You are live.')
  await page.getByTestId('live-button').click()
  await expect(page.getByTestId('live-badge')).toContainText('Off air')
  expect(problems).toEqual([])
  await page.close()
})

test('ending a long show is asked about once', async () => {
  const { page } = await open('live')
  await page.getByTestId('live-button').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByTestId('live-badge')).toContainText('LIVE')
  await page.getByTestId('live-button').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End' }).click()
  await expect(page.getByTestId('live-badge')).toContainText('Off air')
  await page.close()
})

test('a whole pasted address is split, a bad one gets a sentence, and the key is never shown', async () => {
  const { page } = await open('ready')
  await page.getByTestId('add-destination').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Server address').fill('http://example.com/live')
  await dialog.getByRole('button', { name: 'Add destination' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Castwright cannot send to this kind of address.')
  await dialog.getByLabel('Server address').fill('')
  await dialog.getByLabel('Server address').focus()
  await page.evaluate(`{
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'rtmp://live.example.org/app/se-cr-et')
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }`)
  await expect(dialog.getByLabel('Server address')).toHaveValue('rtmp://live.example.org/app')
  await expect(dialog.getByLabel('Stream key')).toHaveAttribute('type', 'password')
  await dialog.getByRole('button', { name: 'Add destination' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('rtmp://live.example.org:1935/app')).toBeVisible()
  expect(await page.content()).not.toContain('se-cr-et')
  await page.close()
})

test('the language changes at once, everywhere', async () => {
  const { page } = await open('trouble')
  await page.getByRole('button', { name: 'EN Language' }).click()
  await page.getByRole('menuitem', { name: '简体中文' }).click()
  await expect(page.getByTestId('live-button')).toHaveText('结束直播')
  await expect(page.locator('[data-destination="key"]')).toContainText('服务器拒绝了密钥。')
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
  await page.close()
})

for (const theme of ['dark', 'light']) {
  for (const scenario of ['first-run', 'empty', 'ready', 'live', 'trouble', 'crowded', 'second-live']) {
    test(`nothing stands in anybody's way: ${scenario}, ${theme}`, async () => {
      const { page } = await open(scenario, { theme })
      expect(await violations(page)).toEqual([])
      await page.close()
    })
  }

  test(`nothing stands in anybody's way: dialogs and forms, ${theme}`, async () => {
    const { page } = await open('live', { theme })
    await page.locator('[data-source="source-text"] .name').click()
    await page.locator('[data-destination="main"] .details').click()
    await page.locator('.uplot').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByTestId('settings').click()
    await page.getByRole('dialog').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByTestId('add-destination').click()
    await page.getByRole('dialog').waitFor()
    expect(await violations(page)).toEqual([])
    await page.close()
  })
}

function cornersOf(box: Item): [{ x: number; y: number }, { x: number; y: number }, { x: number; y: number }, { x: number; y: number }] {
  const angle = (box.rotationDeg * Math.PI) / 180
  const corner = (dx: number, dy: number) => ({
    x: box.x + box.width / 2 + dx * Math.cos(angle) - dy * Math.sin(angle),
    y: box.y + box.height / 2 + dx * Math.sin(angle) + dy * Math.cos(angle),
  })
  const [w, h] = [box.width / 2, box.height / 2]
  return [corner(-w, -h), corner(w, -h), corner(w, h), corner(-w, h)]
}
