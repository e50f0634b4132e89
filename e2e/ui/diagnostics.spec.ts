import { expect, test } from '@playwright/test'
import { devStudio } from './dev-studio.ts'
import { fakes, openStudio } from './studio-page.ts'
import { violations } from './violations.ts'

const studio = devStudio()

test('the guide is gone through by keyboard alone, to a verdict', async () => {
  const { page, problems } = await openStudio(studio, 'diagnostics')
  await page.keyboard.press('Alt+4')
  const panel = (step: string) => page.locator(`[data-step-panel="${step}"]`)
  const primary = page.getByTestId('step-primary')
  await panel('connection').waitFor()
  expect(await violations(page)).toEqual([])

  await primary.focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-step="connection"]')).toContainText('Good')
  await page.keyboard.press('Enter')
  await panel('camera').waitFor()
  await expect(primary).toBeFocused()
  // What is put in or taken out is told, and a chosen device stays chosen until it is back.
  const chooser = page.locator('[data-role="camera"]')
  await chooser.getByRole('combobox').click()
  await page.getByRole('option', { name: /Capture Card/ }).click()
  await page.evaluate('fakes.engine.devices.set({ ...fakes.engine.devices.state, cameras: [{ deviceId: "c3", label: "Document Camera" }] })')
  await expect(chooser.getByRole('status')).toContainText('Document Camera was put in.')
  await expect(chooser.getByRole('combobox')).toContainText('Capture Card Pro HD60 S+ USB3.1 Gen1 Video Input (not connected)')
  // Nobody has to do every step.
  await page.getByTestId('step-skip').focus()
  await page.keyboard.press('Enter')
  await panel('microphone').waitFor()
  await page.getByTestId('step-skip').focus()
  await page.keyboard.press('Enter')

  await panel('speaker').waitFor()
  await expect(primary).toBeFocused()
  await page.keyboard.press('Enter')
  // The chime was played: the question has the focus of whoever waited for it.
  await expect(page.getByTestId('question').getByRole('button').first()).toBeFocused()
  expect(await violations(page)).toEqual([])
  await page.getByTestId('no').focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-check="speaker.tone"]')).toHaveAttribute('data-standing', 'fail')
  expect(await fakes(page, ({ bridge }) => bridge.calls.filter(({ call }) => call === 'answer').map(({ input }) => (input as { check: string }).check))).toEqual(['speaker.tone'])

  await page.locator('[data-step="verdict"]').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('diagnosis')).toHaveAttribute('data-verdict', 'problems')
  await expect(page.locator('[data-mend="speaker.tone"]')).toBeVisible()
  expect(await violations(page)).toEqual([])
  // A camera that this machine does not have, or has, is the page's business; nothing else may complain.
  expect(problems).toEqual([])
  await page.close()
})

test('every check is listed with what it found, called off, held back on air, and reported', async () => {
  const { page, problems } = await openStudio(studio, 'diagnostics-found', { theme: 'light' })
  await page.getByTestId('page-diagnostics').click()
  await page.locator('[data-step="network"]').click()
  await page.getByTestId('line-figures').waitFor()
  expect(await violations(page)).toEqual([])
  const watched = page.getByRole('region', { name: 'Watch the line' })
  await watched.getByRole('button', { name: 'Stop' }).click()
  await watched.getByRole('button', { name: 'Watch' }).click()
  expect(await fakes(page, ({ bridge }) => bridge.calls.filter(({ call }) => call === 'watchLine').map(({ input }) => input))).toEqual([{ destinationId: 'main' }])
  await page.getByTestId('diagnostics-checks').click()
  // Whoever does not see the line any more does not load it any more either.
  await expect.poll(() => fakes(page, ({ bridge }) => bridge.calls.filter(({ call }) => call === 'stopWatching').length)).toBe(2)
  await expect(page.locator('[data-check="system.disk"]')).toHaveAttribute('data-standing', 'fail')
  expect(await violations(page)).toEqual([])

  await page.getByTestId('run-all').click()
  await page.getByTestId('cancel-run').click()
  await expect(page.locator('[data-check="system.disk"]')).toHaveAttribute('data-standing', 'skipped')

  const runs = () => fakes(page, ({ bridge }) => bridge.calls.filter(({ call }) => call === 'run').map(({ input }) => (input as { options: { agreed: string[] } }).options.agreed))
  expect(await runs()).toEqual([[]])
  await page.evaluate('fakes.bridge.status.set({ ...fakes.bridge.status.state, live: true, liveSinceMs: 0 })')
  await page.locator('[data-group="system"] button').first().click()
  await page.getByRole('alertdialog').waitFor()
  expect(await runs()).toHaveLength(1)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Test anyway' }).click()
  await expect.poll(runs).toEqual([[], ['while-live']])
  await page.getByTestId('cancel-run').click()

  await page.getByTestId('diagnostics-report').click()
  await expect(page.getByTestId('save-report')).toBeVisible()
  const file = page.waitForEvent('download')
  await page.getByTestId('save-report').click()
  const path = await (await file).path()
  await page.locator('input[type="file"]').setInputFiles(path)
  await expect(page.getByTestId('comparison')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.locator('input[type="file"]').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"schema":1}') })
  await expect(page.locator('[data-reason="report-unreadable"]')).toBeVisible()
  expect(problems).toEqual([])
  await page.close()
})

test('what is wrong with a show is said without taking the focus, and ignored when it is meant to be so', async () => {
  const { page, problems } = await openStudio(studio, 'watchdogs')
  const bars = page.locator('[data-watch]')
  await expect(bars).toHaveCount(3)
  expect(await page.evaluate('document.activeElement === document.body')).toBe(true)
  expect(await violations(page)).toEqual([])
  await page.locator('[data-watch="picture-frozen"]').getByRole('button', { name: 'It is meant to be so' }).click()
  await expect(bars).toHaveCount(2)
  await page.getByTestId('page-statistics').click()
  await expect(page.getByRole('region', { name: 'What happened in this show' }).getByRole('listitem')).toHaveCount(6)
  expect(await violations(page)).toEqual([])
  expect(problems).toEqual([])
  await page.close()
})
