import { expect, test } from '@playwright/test'
import type { Show } from '../../src-shared/domain/show.ts'
import { until } from '../fixtures/until.ts'
import { colourSource, halfTransparentClip, itemOf, sceneOf, showOfScenes } from './colour-scenes.ts'
import { EnginePage } from './engine-page.ts'
import { buildPage, removeFolder } from './engine-rig.ts'

/** Scenes in a real browser, with each way of composing: nested, mirrored, in views; and a stinger with its opacity. */

let folder: string
test.beforeAll(async () => {
  folder = await buildPage()
  halfTransparentClip(folder, 'swoosh')
})
test.afterAll(() => removeFolder(folder))

const RED = [255, 0, 0]
const BLUE = [0, 0, 255]
const GREEN = [0, 255, 0]

function show(change: Partial<Show> = {}): Show {
  const left = { width: 640 }
  const split = sceneOf('split', [itemOf('blue'), itemOf('red', left)])
  const outer = sceneOf('outer', [itemOf('nested', { flipX: true })])
  const sources = [colourSource('red', '#ff0000'), colourSource('blue', '#0000ff'), { id: 'nested', name: 'nested', kind: 'scene' as const, sceneId: 'split' }]
  return showOfScenes(sources, [split, outer, sceneOf('all red', [itemOf('red')])], { transition: { kind: 'cut', durationMs: 300 }, ...change })
}

const near = (pixel: readonly number[], expected: readonly number[]): boolean => expected.every((each, index) => Math.abs(each - (pixel[index] ?? -999)) <= 16)

for (const compositor of ['planes', '2d', 'webgl'] as const) {
  test(`shows scenes in views, nested and mirrored, and a stinger: ${compositor}`, async () => {
    const engine = await EnginePage.open(folder, { compositor, show: show() })
    const shows = (view: number, x: number, y: number, expected: readonly number[]) =>
      until(`${compositor}: view ${view} is ${expected} at ${x}, ${y}`, async () => near(await engine.viewAt(view, x, y), expected), { everyMs: 100 })
    try {
      const program = await engine.openView({ kind: 'program' }, 320, 180)
      const outer = await engine.openView({ kind: 'scene', sceneId: 'outer' }, 320, 180)
      const source = await engine.openView({ kind: 'source', sourceId: 'blue' }, 64, 64, { popup: true })
      const multiview = await engine.openView({ kind: 'multiview', cells: 4 }, 640, 360)
      await shows(program, 80, 90, RED)
      await shows(program, 240, 90, BLUE)
      await shows(outer, 80, 90, BLUE)
      await shows(outer, 240, 90, RED)
      await shows(source, 32, 32, BLUE)
      await shows(multiview, 80, 60, RED)
      await shows(multiview, 320 + 80, 60, BLUE)
      await shows(multiview, 80, 180 + 60, RED)
      await shows(multiview, 160, 1, [229, 56, 59])

      await engine.setShow(show({ currentSceneId: 'outer' }), { previewSceneId: 'all red' })
      await shows(program, 80, 90, BLUE)
      await shows(program, 240, 90, RED)
      await shows(multiview, 160, 181, [47, 168, 79])

      // The clip is loaded when it is named; then its left half is in front of both scenes for a second.
      const transition = { kind: 'stinger' as const, durationMs: 300, assetId: 'swoosh', cutAtMs: 1 }
      await engine.setShow(show({ currentSceneId: 'outer', transition }))
      const over = async (): Promise<boolean> => {
        await engine.setShow(show({ currentSceneId: 'all red', transition }))
        const seen = await until('green comes or nothing', async () => {
          const pixel = await engine.viewAt(program, 80, 90)
          return near(pixel, GREEN) ? 'green' : near(pixel, RED) ? 'red' : null
        }, { everyMs: 15 })
        if (seen === 'green') expect(near(await engine.viewAt(program, 240, 90), RED)).toBe(true)
        await engine.setShow(show({ currentSceneId: 'outer', transition: { kind: 'stinger', durationMs: 300, assetId: 'swoosh', cutAtMs: 1 } }))
        return seen === 'green'
      }
      await until('the stinger is seen', over, { everyMs: 200 })
      await shows(program, 80, 90, BLUE)
      expect(engine.complaints).toEqual([])
    } finally {
      await engine.close()
    }
  })
}
