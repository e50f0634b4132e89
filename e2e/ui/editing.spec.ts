import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { devStudio } from './dev-studio.ts'
import { drag, fakes, item, onScreen, openStudio } from './studio-page.ts'

const studio = devStudio()

const outlined = (page: Page) => page.locator('[data-outline]')
const order = (page: Page) => fakes(page, ({ engine }) => engine.show.scenes[0]?.items.map((each) => each.id) ?? [])
const grip = async (page: Page, name: string): Promise<[number, number]> => {
  const box = await page.locator(`[data-grip="${name}"]`).boundingBox()
  if (!box) throw new Error(`no grip ${name}`)
  return [box.x + box.width / 2, box.y + box.height / 2]
}

test('many are chosen by a band, moved as one, turned and cropped by their grips, and put back step by step', async () => {
  const { page, problems } = await openStudio(studio, 'ready')
  // What covers the canvas must be out of the way of a band.
  await page.locator('[data-item="item-test-pattern"]').getByRole('button', { name: /^Lock/ }).click()
  await drag(page, await onScreen(page, 870, 20), await onScreen(page, 1270, 560))
  await expect(outlined(page)).toHaveCount(2)
  const before = [await item(page, 'item-camera'), await item(page, 'item-image')] as const

  await page.keyboard.down('Control')
  await page.keyboard.up('Control')
  await drag(page, await onScreen(page, 1000, 450), await onScreen(page, 950, 487))
  const after = [await item(page, 'item-camera'), await item(page, 'item-image')] as const
  expect(after[0].x - before[0].x).toBeLessThan(-30)
  expect(after[1].x - before[1].x).toBeCloseTo(after[0].x - before[0].x)
  expect(after[1].y - before[1].y).toBeCloseTo(after[0].y - before[0].y)
  await expect(page.getByRole('button', { name: 'Undo move (Ctrl+Z)' })).toBeEnabled()
  await page.keyboard.press('Control+z')
  expect(await item(page, 'item-camera')).toEqual(before[0])
  expect(await item(page, 'item-image')).toEqual(before[1])

  await page.locator('[data-item="item-camera"] .name').click()
  const right = await grip(page, '1,0')
  await page.keyboard.down('Alt')
  await drag(page, right, [right[0] - 40, right[1]])
  await page.keyboard.up('Alt')
  const cropped = await item(page, 'item-camera')
  expect(cropped.x).toBeCloseTo(before[0].x, 0)
  expect(cropped.width).toBeLessThan(before[0].width)
  expect(cropped.crop.right).toBeCloseTo(1 - cropped.width / before[0].width, 1)
  await expect(page.locator('[data-outline="item-camera"] .cropped')).toHaveCount(1)

  const turn = await grip(page, 'turn')
  await page.keyboard.down('Shift')
  await drag(page, turn, [turn[0] + 60, turn[1] + 7])
  await page.keyboard.up('Shift')
  const turned = await item(page, 'item-camera')
  expect(turned.rotationDeg).toBeGreaterThan(0)
  expect(turned.rotationDeg % 15).toBe(0)

  // Escape in the middle of a drag: as if it had never begun.
  await page.mouse.move(...(await onScreen(page, turned.x + turned.width / 2, turned.y + turned.height / 2)))
  await page.mouse.down()
  await page.mouse.move(...(await onScreen(page, 500, 300)), { steps: 4 })
  await expect.poll(async () => (await item(page, 'item-camera')).x).not.toBe(turned.x)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(await item(page, 'item-camera')).toEqual(turned)
  await expect(page.getByRole('button', { name: 'Undo rotate (Ctrl+Z)' })).toBeEnabled()
  expect(problems).toEqual([])
  await page.close()
})

test('all of it by keyboard: choosing, copying, order, groups, the menu, figures', async () => {
  const { page, problems } = await openStudio(studio, 'ready')
  await page.getByRole('application').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(outlined(page)).toHaveCount(1)
  await page.keyboard.press('Control+d')
  expect((await order(page)).length).toBe(7)
  await page.keyboard.press('Control+[')
  expect((await order(page)).at(-1)).not.toMatch(/[0-9a-f]{8}-/)
  await page.keyboard.press('Control+x')
  expect((await order(page)).length).toBe(6)
  await page.keyboard.press('Control+v')
  expect((await order(page)).length).toBe(7)
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z')

  // In the list: two lines, a group of them, folded; then everything at once.
  await page.locator('[data-item="item-camera"] .name').click()
  await page.keyboard.press('Shift+ArrowUp')
  await expect(outlined(page)).toHaveCount(2)
  await page.keyboard.press('Control+g')
  await expect(page.locator('[data-group]')).toHaveCount(1)
  const group = page.locator('[data-group] .name')
  await group.click()
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator('[data-item="item-camera"]')).toHaveCount(0)
  await expect(outlined(page)).toHaveCount(2)

  await page.getByLabel('X', { exact: true }).fill('33')
  await page.getByLabel('X', { exact: true }).press('Enter')
  expect((await item(page, 'item-camera')).x).toBe(33)
  await expect(page.getByLabel('Y', { exact: true })).toHaveAttribute('placeholder', '—')

  await group.focus()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByTestId('edit-menu')).toBeVisible()
  await page.getByRole('menuitem', { name: 'Ungroup Ctrl+Shift+G' }).press('Enter')
  await expect(page.locator('[data-group]')).toHaveCount(0)
  await page.getByRole('application').focus()
  await page.keyboard.press('Escape')
  await expect(outlined(page)).toHaveCount(0)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('application')).not.toBeFocused()
  expect(problems).toEqual([])
  await page.close()
})

test('a click takes a group, a double click one of it, the menu is about what is under the pointer, and what lies outside is brought back', async () => {
  const { page, problems } = await openStudio(studio, 'ready')
  await page.locator('[data-item="item-camera"] .name').click()
  await page.locator('[data-item="item-image"] .name').click({ modifiers: ['Control'] })
  await page.getByRole('application').focus()
  await page.keyboard.press('Control+g')
  const inImage = await onScreen(page, 1070, 170)
  await page.mouse.click(...(await onScreen(page, 400, 300)))
  await expect(outlined(page)).toHaveCount(1)
  await page.mouse.click(...inImage)
  await expect(outlined(page)).toHaveCount(2)
  await page.mouse.dblclick(...inImage)
  await expect(page.locator('[data-outline="item-image"]')).toHaveCount(1)
  await expect(outlined(page)).toHaveCount(1)
  await page.mouse.click(...(await onScreen(page, 400, 300)), { button: 'right' })
  await expect(page.locator('[data-outline="item-screen"]')).toHaveCount(1)
  await page.getByTestId('edit-menu').getByText('Fit to canvas').waitFor({ state: 'detached' })
  await page.getByTestId('edit-menu').getByRole('menuitem', { name: /^Lock/ }).click()
  await expect(page.locator('[data-outline="item-screen"]')).toHaveClass(/faint/)
  await expect(page.locator('[data-grip]')).toHaveCount(0)

  await page.locator('[data-item="item-camera"] .name').click()
  await page.getByLabel('X', { exact: true }).fill('4000')
  await page.getByLabel('X', { exact: true }).press('Enter')
  await expect(page.locator('[data-grip]')).toHaveCount(1)
  const away = await grip(page, 'move')
  await drag(page, away, [away[0] - 300, away[1]])
  expect((await item(page, 'item-camera')).x).toBeLessThan(3700)
  expect(problems).toEqual([])
  await page.close()
})

test('however often the pointer reports, a drag writes once per frame of the display', async () => {
  const { page } = await openStudio(studio, 'ready')
  const [x, y] = await onScreen(page, 1000, 450)
  await page.mouse.move(x, y)
  await page.mouse.down()
  const written = (await page.evaluate(`(async () => {
    const { engine } = globalThis.fakes
    const setShow = engine.setShow.bind(engine)
    let shows = 0
    let frames = 0
    engine.setShow = (show) => { shows++; setShow(show) }
    const surface = document.querySelector('[data-testid=handles]')
    for (let frame = 0; frame < 5; frame++) {
      for (let move = 1; move <= 20; move++) {
        surface.dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, clientX: ${x} + frame * 20 + move, clientY: ${y}, bubbles: true }))
        // Time for whoever would write at every report.
        for (let turn = 0; turn < 5; turn++) await null
      }
      await new Promise((next) => requestAnimationFrame(next))
      frames++
    }
    await new Promise((next) => setTimeout(next))
    return { shows, frames }
  })()`)) as { shows: number; frames: number }
  await page.mouse.up()
  expect(written.shows).toBeGreaterThan(2)
  expect(written.shows).toBeLessThanOrEqual(written.frames)
  await page.close()
})
