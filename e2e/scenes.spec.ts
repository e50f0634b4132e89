import { expect, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { recorder } from '../src-shared/contracts/recordings.ts'
import { show } from '../src-shared/domain/show.ts'
import { layoutShow } from './fixtures/layout-show.ts'
import { runToEnd } from './fixtures/own-process.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'

const CANVAS = { width: 320, height: 180 }
const COLOURS = { red: '#d02020', green: '#20d020', blue: '#2020d0' } as const

/** A scene of each colour, red on air, with a fade between them. */
function threeScenes() {
  const of = layoutShow(CANVAS, Object.values(COLOURS))
  const items = of.scenes[0]?.items ?? []
  const scenes = Object.keys(COLOURS).map((id, index) => ({ id, name: id, background: '#000000', items: items.slice(index, index + 1).map((each) => ({ ...each, x: 0, y: 0, ...CANVAS })) }))
  return show.parse({ ...of, scenes, currentSceneId: 'red', transition: { kind: 'fade', durationMs: 300 } })
}

test('studio mode prepares a scene unseen and takes it on air by a fade on the same connection; a window shows the program', async () => {
  const studio = await SteeredStudio.start(threeScenes())
  const { page } = studio
  /** The colour in the middle of what is really composed. */
  const seen = async (): Promise<string> => {
    const { path } = await studio.rpc.service(recorder).snapshot({})
    const raw = studio.folder.file('picture.rgb')
    await runToEnd('ffmpeg', ['-v', 'error', '-y', '-i', studio.folder.file(path), '-f', 'rawvideo', '-pix_fmt', 'rgb24', raw])
    const at = (90 * CANVAS.width + 160) * 3
    return nameOf((await readFile(raw)).subarray(at, at + 3))
  }
  const nameOf = (pixel: Uint8Array): string =>
    Object.entries(COLOURS).find(([, colour]) => [0, 1, 2].every((part) => Math.abs((pixel[part] ?? 0) - Number.parseInt(colour.slice(1 + part * 2, 3 + part * 2), 16)) <= 8))?.[0] ?? Buffer.from(pixel).toString('hex')
  try {
    await studio.rpc.service(recorder).updateSettings({ folder: studio.folder.path })
    await studio.onlyDestinations('rehearsal')
    await studio.goLive()
    await studio.output('rehearsal', ({ state }) => state === 'running', 40_000)
    await page.getByTestId('studio-mode').click()
    await page.locator('[data-scene="green"] .choose').click()
    await page.locator('[data-testid="prepared"]').waitFor()
    await expect.poll(seen).toBe('red')

    await page.getByTestId('projector').click()
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.getByRole('menuitem', { name: 'Program' }).click()])
    /** What is painted in a window of its own, read from its screen. */
    const shown = async (): Promise<string> => {
      const png = studio.folder.file('window.png')
      await popup.screenshot({ path: png })
      const raw = studio.folder.file('window.rgb')
      await runToEnd('ffmpeg', ['-v', 'error', '-y', '-i', png, '-vf', 'crop=2:2:iw/2:ih/2', '-f', 'rawvideo', '-pix_fmt', 'rgb24', raw])
      return nameOf((await readFile(raw)).subarray(0, 3))
    }
    await expect.poll(shown, { timeout: 15_000 }).toBe('red')
    await page.getByTestId('take').click()
    await expect.poll(seen, { timeout: 15_000 }).toBe('green')
    await expect.poll(shown, { timeout: 15_000 }).toBe('green')
    await expect(page.locator('[data-scene="red"]'), 'what was on air is prepared next').toContainText('Preview')
    await page.locator('[data-scene="blue"] .choose').dblclick()
    await expect.poll(seen, { timeout: 15_000 }).toBe('blue')

    await page.getByTestId('studio-mode').click()
    await expect.poll(seen).toBe('blue')
    expect(await studio.output('rehearsal', () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
    expect(studio.browser.problems).toEqual([])
  } finally {
    await studio.close()
  }
})
