import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { devStudio } from './dev-studio.ts'
import { violations } from './violations.ts'

/** What the dev page leaves for scripts; only what is used here. */
interface Fakes {
  bridge: { status: { state: object; set(next: object): void } }
  engine: {
    show: { currentSceneId: string; transition?: { kind: string }; sources: object[]; scenes: { id: string; name: string; transition?: object; items: object[] }[] }
    previewSceneId: string | null
    switched: { sceneId: string; kind: string }[]
    views: Set<{ kind: string; sceneId?: string }>
  }
}

const studio = devStudio()

async function open(scenario: string): Promise<{ page: Page; problems: string[] }> {
  const page = await studio.browser.newPage({ viewport: { width: 1280, height: 720 } })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()))
  await page.goto(studio.pages.url({ scenario }))
  await page.locator('[data-scene]').first().waitFor()
  return { page, problems }
}

const fakes = <T>(page: Page, read: (fakes: Fakes) => T): Promise<T> => page.evaluate(`(${read.toString()})(globalThis.fakes)`) as Promise<T>
const tile = (page: Page, index: number) => page.locator(`[data-scene="scene-${index}"] .choose`)
const order = (page: Page) => fakes(page, ({ engine }) => engine.show.scenes.map((each) => each.id).join(' '))
const onAir = (page: Page) => fakes(page, ({ engine }) => engine.show.currentSceneId)

test('scenes are changed, copied, renamed, moved and removed, by mouse and keys, and all but what is on air is taken back', async () => {
  const { page, problems } = await open('scenes')
  await tile(page, 1).click()
  expect(await fakes(page, ({ engine }) => engine.switched)).toEqual([{ sceneId: 'scene-1', kind: 'slide' }])
  await expect(page.locator('[data-scene="scene-1"]')).toContainText('Current')

  // Along the rows, then down the list, a copy, and gone again.
  await page.keyboard.press('ArrowRight')
  await expect(tile(page, 2)).toBeFocused()
  await page.keyboard.press('Alt+ArrowDown')
  expect(await order(page)).toMatch(/^scene-0 scene-1 scene-3 scene-2 scene-4/)
  await expect(tile(page, 2)).toBeFocused()
  await page.keyboard.press('F2')
  await page.keyboard.type('Close-up')
  await page.keyboard.press('Enter')
  await expect(tile(page, 2)).toContainText('Close-up')
  await page.keyboard.press('Control+d')
  await expect(page.locator('[data-scene]').nth(4)).toContainText('Close-up 2')
  await page.keyboard.press('Delete')
  await expect(page.locator('[data-scene]')).toHaveCount(12)

  // The first one is shown inside the last one: that is asked, and undone as one step.
  await tile(page, 0).focus()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('alertdialog')).toContainText('Goodbye')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove scene' }).click()
  expect(await fakes(page, ({ engine }) => engine.show.scenes.at(-1)?.items.length)).toBe(0)
  await page.getByTestId('preview').waitFor()
  for (let step = 0; step < 5; step++) await page.keyboard.press('Control+z')
  await expect(tile(page, 2)).toContainText('Camera')
  expect(await order(page)).toMatch(/^scene-0 scene-1 scene-2 scene-3 .* scene-11$/)
  expect(await fakes(page, ({ engine }) => engine.show.scenes.at(-1)?.items.length)).toBe(1)
  expect(await onAir(page), 'undo leaves on air what is on air').toBe('scene-1')

  // What another scene shows is shown here, too: one source more in the scene, none in the show.
  const counts = () => fakes(page, ({ engine }) => [engine.show.scenes[1]?.items.length ?? 0, engine.show.sources.length])
  const [items = 0, sources = 0] = await counts()
  await page.getByTestId('add-source').click()
  await page.getByRole('menuitem', { name: 'From other scenes' }).click()
  await page.getByRole('menu').last().getByRole('menuitem').first().click()
  await expect.poll(counts).toEqual([items + 1, sources])
  expect(problems).toEqual([])
  await page.close()
})

test('in studio mode a scene is prepared, edited and taken on air, with the program in its own pane', async () => {
  const { page, problems } = await open('scenes')
  await page.getByTestId('studio-mode').click()
  await expect(page.getByTestId('program').getByTestId('preview')).toBeVisible()
  await expect(page.getByTestId('take')).toBeDisabled()
  await tile(page, 2).click()
  expect(await onAir(page)).toBe('scene-0')
  expect(await fakes(page, ({ engine }) => engine.previewSceneId)).toBe('scene-2')
  await expect(page.locator('[data-source="Camera"]'), 'the prepared scene is the one that is edited').toBeVisible()
  await page.locator('[data-quick="cut 300"]').click()
  await expect.poll(() => fakes(page, ({ engine }) => [engine.show.currentSceneId, engine.previewSceneId])).toEqual(['scene-2', 'scene-0'])
  expect(await fakes(page, ({ engine }) => engine.show.scenes[2]?.transition), 'a quick transition is not kept').toBeUndefined()
  await tile(page, 1).dblclick()
  await expect.poll(() => onAir(page)).toBe('scene-1')
  expect(await fakes(page, ({ engine }) => engine.switched.map((each) => each.kind))).toEqual(['cut', 'slide'])
  await page.getByTestId('studio-mode').click()
  await expect(page.getByTestId('program')).toHaveCount(0)
  await expect(page.locator('[role="application"]').getByTestId('preview')).toBeVisible()
  expect(await fakes(page, ({ engine }) => engine.previewSceneId)).toBe(null)
  expect(problems).toEqual([])
  await page.close()
})

test('two hundred scenes draw only what is in view; pictures go to windows of their own, where a click changes scenes', async () => {
  const { page, problems } = await open('scenes-many')
  await expect.poll(() => fakes(page, ({ engine }) => engine.views.size)).toBeGreaterThan(0)
  expect(await fakes(page, ({ engine }) => engine.views.size)).toBeLessThan(20)
  await tile(page, 0).focus()
  await page.keyboard.press('End')
  await expect.poll(() => fakes(page, ({ engine }) => [...engine.views].some((each) => each.sceneId === 'scene-199') && ![...engine.views].some((each) => each.sceneId === 'scene-0'))).toBe(true)

  await page.getByTestId('projector').click()
  await page.getByRole('menuitem', { name: 'Multiview' }).press('ArrowRight')
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.getByRole('menuitem', { name: 'Multiview of 4' }).click()])
  await expect.poll(() => popup.title()).toBe('Multiview of 4 – Castwright')
  const box = await popup.locator('canvas').boundingBox()
  await popup.locator('canvas').click({ position: { x: (box?.width ?? 0) * 0.75, y: (box?.height ?? 0) * 0.25 } })
  await expect.poll(() => onAir(page)).toBe('scene-1')
  const closed = popup.waitForEvent('close')
  await page.reload()
  await closed
  expect(problems).toEqual([])
  await page.close()
})

test('nothing stands in anybody’s way', async () => {
  const { page } = await open('scenes')
  await page.getByTestId('studio-mode').click()
  await tile(page, 1).click()
  expect(await violations(page)).toEqual([])
  await page.close()
})
