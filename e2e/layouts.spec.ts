import { expect, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { recorder } from '../src-shared/contracts/recordings.ts'
import { floating } from '../src-shared/domain/layouts/floating.ts'
import { grid } from '../src-shared/domain/layouts/grid.ts'
import type { Rect } from '../src-shared/domain/layouts/rectangle.ts'
import { screenShare } from '../src-shared/domain/layouts/screen-share.ts'
import { runToEnd } from './fixtures/own-process.ts'
import { layoutShow } from './fixtures/layout-show.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'

const CANVAS = { width: 638, height: 358 }
const COLOURS = ['#d02020', '#20d020', '#2020d0', '#d0d020', '#d020d0']

/** A colour may come back this much off, having been luma and chroma on the way. */
const CONVERTED = 6
/** The compositor that is quickest on some machines draws pairs of pixels: an odd edge is one pixel off. */
const PAIR = 2

/** What is really composed: three bytes for each pixel. */
async function picture(studio: SteeredStudio): Promise<Buffer> {
  const { path } = await studio.rpc.service(recorder).snapshot({})
  const raw = studio.folder.file('picture.rgb')
  await runToEnd('ffmpeg', ['-v', 'error', '-y', '-i', studio.folder.file(path), '-f', 'rawvideo', '-pix_fmt', 'rgb24', raw])
  return readFile(raw)
}

/** The pixels inside each corner and in the middle of every box that are not of its colour; boxes are given back to front. */
function wrong(pixels: Buffer, boxes: readonly Rect[], order: readonly number[]): string[] {
  const inside = (box: Rect, x: number, y: number) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height
  return boxes.flatMap((box, index) => {
    const [left, top, right, bottom] = [box.x + PAIR, box.y + PAIR, box.x + box.width - 1 - PAIR, box.y + box.height - 1 - PAIR]
    const points = [[left, top], [right, top], [left, bottom], [right, bottom], [Math.round((left + right) / 2), Math.round((top + bottom) / 2)]] as const
    return points.flatMap(([x, y]) => {
      if (boxes.slice(index + 1).some((front) => inside(front, x, y))) return []
      const wanted = COLOURS[order[index] ?? -1] ?? '#202020'
      const at = (y * CANVAS.width + x) * 3
      const seen = pixels.subarray(at, at + 3)
      const near = [0, 1, 2].every((part) => Math.abs((seen[part] ?? 0) - Number.parseInt(wanted.slice(1 + part * 2, 3 + part * 2), 16)) <= CONVERTED)
      return near ? [] : [`${index} at ${x},${y}: ${seen.toString('hex')} for ${wanted}`]
    })
  })
}

test('layouts chosen while live stand where they should, on the same connection', async () => {
  const studio = await SteeredStudio.start(layoutShow(CANVAS, COLOURS))
  const { page } = studio
  const becomes = (name: string, boxes: readonly Rect[], order: readonly number[]) =>
    expect.poll(async () => wrong(await picture(studio), boxes, order), { message: `${name} is seen`, timeout: 15_000 }).toEqual([])
  try {
    await studio.rpc.service(recorder).updateSettings({ folder: studio.folder.path })
    await studio.onlyDestinations('rehearsal')
    await studio.goLive()
    await studio.output('rehearsal', ({ state }) => state === 'running', 40_000)
    await page.getByTestId('layout').click()
    const inOrder = [0, 1, 2, 3, 4]
    await page.locator('[data-preset="grid"]').click()
    await becomes('the grid', grid(CANVAS, 5), inOrder)
    await page.locator('[data-preset="floating"]').click()
    await becomes('the floating layout', floating(CANVAS, 5), inOrder)
    await page.getByRole('combobox', { name: 'Main picture' }).click()
    await page.getByRole('option', { name: 'Colour 3' }).click()
    await becomes('another main picture', floating(CANVAS, 5), [2, 0, 1, 3, 4])
    await page.locator('[data-preset="screen-share"]').click()
    const { large, small } = screenShare(CANVAS, 5, true)
    await becomes('the screen share', [large, ...small], [2, 0, 1, 3, 4])
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
    expect(await page.evaluate(`axe.run('[data-testid="layout-panel"]').then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map((each) => each.html)]))`)).toEqual([])

    // Taking one out lets the others move up; the keys that undo work beside the open panel.
    await page.getByRole('switch', { name: 'Colour 1 takes part in the layout' }).click()
    await page.locator('[data-preset="grid"]').click()
    await becomes('four', grid(CANVAS, 4), [2, 1, 3, 4])
    for (let step = 0; step < 2; step++) await page.keyboard.press('Control+z')
    await becomes('the screen share again', [large, ...small], [2, 0, 1, 3, 4])
    await page.getByTestId('layout-by-hand').click()
    await expect(page.locator('[data-preset="none"]')).toHaveAttribute('aria-pressed', 'true')
    await becomes('the same by hand', [large, ...small], [2, 0, 1, 3, 4])

    expect(await studio.output('rehearsal', () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
    expect(studio.browser.problems).toEqual([])
  } finally {
    await studio.close()
  }
})
