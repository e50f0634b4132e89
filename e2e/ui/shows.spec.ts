import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { devStudio } from './dev-studio.ts'
import { arrangeShows, chooseCollection } from './shows-page.ts'
import { openStudio } from './studio-page.ts'

/** The show's menu with nothing behind it: older states, what an import leaves out, profiles, and what platforms take. */

const studio = devStudio()

const choose = async (page: Page, name: string) => {
  await page.getByTestId('show-menu').click()
  await page.getByRole('menuitem', { name }).click()
}
const asked = (page: Page, service: string) => page.evaluate(`globalThis.fakes.bridge.calls.filter((each) => each.service === '${service}').map((each) => each.call)`) as Promise<string[]>
const sources = (page: Page) => page.evaluate('globalThis.fakes.engine.show.sources.length') as Promise<number>

test('an older state comes back by one click, and what was there comes back by undo', async () => {
  const { page, problems } = await openStudio(studio, 'ready')
  await arrangeShows(page)
  const before = await sources(page)
  expect(before).toBeGreaterThan(0)
  await choose(page, 'Older states')
  const rows = page.getByTestId('older-states').getByRole('listitem')
  await expect(rows).toHaveCount(6)
  await rows.nth(2).getByRole('button', { name: 'Go back to it' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect.poll(() => sources(page)).toBe(0)
  await expect(page.getByTestId('show-menu')).toContainText('As it was')
  // What was edited is saved before it is left.
  expect((await asked(page, 'shows')).filter((call) => call !== 'current')).toEqual(expect.arrayContaining(['generations', 'restore']))
  await page.keyboard.press('Control+z')
  await expect.poll(() => sources(page)).toBe(before)

  await choose(page, 'Remove show')
  await expect(page.getByRole('alertdialog')).toContainText('Physics, Tuesday')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  expect(await asked(page, 'shows')).not.toContain('remove')
  expect(problems).toEqual([])
  await page.close()
})

test('an import from OBS says what could not be carried over, and why; profiles are switched, and copied with keys or without', async () => {
  const { page, problems } = await openStudio(studio, 'ready')
  await arrangeShows(page)
  await choose(page, 'Import from OBS')
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await chooseCollection(page)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const result = page.getByTestId('obs-result')
  await expect(result).toContainText('7 things are not in it')
  await expect(result.locator('[data-why="file-missing"]')).toContainText('Slides')
  await expect(result.locator('[data-why="choose-again"]').getByRole('listitem')).toHaveCount(2)
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()

  await choose(page, 'Profiles')
  const profiles = page.getByTestId('profiles').getByRole('listitem')
  await expect(page.getByTestId('profile-differs')).toBeVisible()
  await profiles.nth(1).getByRole('button', { name: 'Switch to it' }).click()
  await expect(profiles.nth(1)).toContainText('In use')
  await expect(page.getByTestId('profile-differs')).toHaveCount(0)
  expect(await page.evaluate('globalThis.fakes.engine.show.encoding.width')).toBe(960)
  await profiles.nth(1).getByRole('button', { name: 'School' }).click()
  await expect(page.getByRole('menuitem', { name: 'Remove' })).toBeDisabled()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Without keys' }).click()
  await expect(profiles).toHaveCount(3)
  expect(await page.evaluate("globalThis.fakes.bridge.calls.findLast((each) => each.call === 'duplicate').input")).toEqual({ profileId: 'school', name: 'School (copy)', withKeys: false })
  await profiles.nth(2).getByRole('button', { name: 'School (copy)' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await expect(page.getByRole('textbox', { name: 'Rename' })).toBeFocused()
  await page.keyboard.type('Evening')
  await page.keyboard.press('Enter')
  await expect(profiles.nth(2)).toContainText('Evening')
  // While live neither shows nor profiles can be changed.
  await page.evaluate('globalThis.fakes.bridge.broadcast.goLive({})')
  await expect(profiles.first().getByRole('button', { name: 'Switch to it' })).toBeDisabled()
  expect(problems).toEqual([])
  await page.close()
})

test('room presets set size, rate and key frames at once, and what the destinations take is said beside them', async () => {
  const { page, problems } = await openStudio(studio, 'ready')
  await page.evaluate("{ const { list } = globalThis.fakes.bridge; const [first] = list.state; list.set([{ ...first, id: 'tw', kind: 'rtmp', name: 'Twitch', address: 'rtmps://ingest.global-contribute.live-video.net/app' }]) }")
  await page.getByTestId('settings').click()
  const dialog = page.getByRole('dialog')
  const pick = async (list: string, option: string) => {
    await dialog.getByRole('combobox', { name: list, exact: true }).click()
    await page.getByRole('option', { name: option }).click()
  }
  await pick('For', 'A room, composed picture')
  await pick('Picture', '960 × 540, 15 fps')
  await pick('Sound', 'Speech')
  await expect(dialog.getByRole('combobox', { name: 'Channels' })).toHaveText('Mono')
  expect(await page.evaluate('globalThis.fakes.engine.show.encoding')).toEqual({ width: 960, height: 540, frameRate: 15, videoKbps: 1200, audioKbps: 50, audioChannels: 1, keyFrameSeconds: 3 })
  const limits = page.getByTestId('platforms-limits')
  await expect(limits).toContainText('Twitch')
  await limits.getByRole('button', { name: 'Adjust the show' }).click()
  await expect(limits).toContainText('The show keeps to it.')
  expect(await page.evaluate('globalThis.fakes.engine.show.encoding.keyFrameSeconds')).toBe(2)
  await expect(dialog.getByRole('combobox', { name: 'Picture', exact: true })).toContainText('Own values')
  expect(problems).toEqual([])
  await page.close()
})
