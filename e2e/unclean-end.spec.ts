import { readdir } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { recorder } from '../src-shared/contracts/recordings.ts'
import { safeStart } from '../src-shared/contracts/safe-start.ts'
import { PageBrowser } from './fixtures/page-browser.ts'
import { screenAndCameraShow, TestFolder } from './fixtures/shows.ts'
import { Studio } from './fixtures/studio.ts'
import { until } from './fixtures/until.ts'

test('a studio that was killed while it recorded is followed by one that asks how to go on', async () => {
  const folder = await TestFolder.create()
  const show = await folder.write('show.json', screenAndCameraShow({ width: 640, height: 360, videoKbps: 800 }))
  const dataDir = folder.file('data')
  const open = () => Studio.start({ ownBrowser: false, dataDir, args: ['--show', show] })
  const browser = await PageBrowser.open()
  const { page } = browser
  const studios: Studio[] = []
  try {
    const first = await open()
    studios.push(first)
    await page.goto(await first.address())
    const steer = await first.rpc()
    await steer.service(recorder).updateSettings({ folder: folder.file('videos') })
    await steer.service(recorder).start({})
    await steer.stateWhen(recorder, 'status', ({ state, durationMs }) => state === 'recording' && durationMs > 500)
    process.kill(first.pid, 'SIGKILL')
    await until('the studio is gone', () => !first.running)

    const second = await open()
    studios.push(second)
    await page.goto(await second.address())
    const dialog = page.getByRole('alertdialog')
    await expect(dialog).toContainText('It was recording.')
    await expect(dialog.getByTestId('start-go-on')).toBeVisible()
    await dialog.getByTestId('start-safe').click()
    await expect(dialog).toBeHidden()
    await expect(page.getByTestId('safe-start')).toBeVisible()
    const held = page.getByRole('listitem').filter({ hasText: 'Not started (safe start)' })
    await expect(held.first()).toBeVisible()
    await page.getByTestId('start-sources').click()
    await expect(held).toHaveCount(0)
    expect((await (await second.rpc()).state(safeStart, 'state')).safe).toBe(false)

    expect(await second.end()).toBe(0)
    expect(await readdir(dataDir)).not.toContain('studio-open.json')
  } finally {
    await browser.close()
    for (const studio of studios) await studio.close()
    await folder.close()
  }
})
