import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Show } from '../../src-shared/domain/show.ts'
import type { Source } from '../../src-shared/domain/source.ts'
import { until } from '../fixtures/until.ts'
import { colourSource, itemOf, sceneOf, showOfScenes } from './colour-scenes.ts'
import { EnginePage } from './engine-page.ts'
import { buildPage, removeFolder } from './engine-rig.ts'

/** Sources that move by themselves or are drawn upon, in a real browser: what is seen of each in the program. */

let folder: string
test.beforeAll(async () => {
  folder = await buildPage()
  mkdirSync(join(folder, 'out/assets'), { recursive: true })
  for (const colour of ['red', 'lime']) {
    const { status } = spawnSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', `color=c=${colour}:s=64x36`, '-frames:v', '1', '-f', 'image2', '-c:v', 'png', join(folder, 'out/assets', colour)])
    if (status !== 0) throw new Error('no picture')
  }
})
test.afterAll(() => removeFolder(folder))

const [RED, GREEN, BLUE, YELLOW, WHITE] = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0], [255, 255, 255]] as const
const LETTERS = { fontFamily: 'monospace', fontSizePx: 40, bold: true, colour: '#0000ff', background: '#ffff00ff', align: 'left' as const }
const SOURCES: Source[] = [
  { id: 'gradient', name: '', kind: 'colour', colour: '#0000ff', gradient: { to: '#ff0000', angleDeg: 0 } },
  // It begins with the empty piece, all background, and its letters come in from the right.
  { id: 'running', name: '', kind: 'text', text: '█'.repeat(40), ...LETTERS, scroll: { direction: 'left', speed: 600, boxPx: 640 } },
  { id: 'slides', name: '', kind: 'slideshow', assetIds: ['red', 'lime'], everyMs: 400, fadeMs: 100, order: 'in-order', loop: true, width: 640, height: 360 },
  colourSource('blue', '#0000ff'),
  { id: 'notes', name: '', kind: 'annotation', width: 640, height: 360 },
  { id: 'soon', name: '', kind: 'countdown', mode: 'duration', untilMs: 0, durationMs: 1000, startedAtMs: null, endText: '', ...LETTERS, background: '#00ff00ff' },
]
const quarter = (x: number, y: number) => ({ x, y, width: 640, height: 360 })

/** A quarter of the canvas each; the drawing lies over all of it, turned by half. */
function show(): Show {
  const items = [
    itemOf('gradient', quarter(0, 0)), itemOf('running', quarter(640, 0)), itemOf('slides', quarter(0, 360)), itemOf('blue', quarter(640, 360)),
    itemOf('soon', { x: 1120, y: 380, width: 120, height: 60 }), itemOf('notes', { rotationDeg: 180 }),
  ]
  return showOfScenes(SOURCES, [sceneOf('all', items)])
}

const near = (pixel: readonly number[], expected: readonly number[]): boolean => expected.every((each, index) => Math.abs(each - (pixel[index] ?? -999)) <= 24)

test('shows gradients, running texts, slides, countdowns and drawings', async () => {
  const engine = await EnginePage.open(folder, { compositor: 'planes', show: show() })
  const program = await engine.openView({ kind: 'program' }, 320, 180)
  const shows = (x: number, y: number, expected: readonly number[]) =>
    until(`${expected} at ${x}, ${y}`, async () => near(await engine.viewAt(program, x, y), expected), { everyMs: 20 })
  try {
    await shows(2, 45, BLUE)
    await shows(157, 45, RED)
    await shows(80, 45, [128, 0, 128])
    await shows(240, 45, YELLOW)
    await shows(240, 45, BLUE)
    await shows(80, 135, RED)
    await shows(80, 135, GREEN)
    await shows(282, 97, GREEN)

    // (80, 60) of the drawing's 640 x 360 is (320 - 40, 180 - 30) of the view.
    const stroke = { id: 1, tool: 'pen', colour: '#ff0000', widthPx: 24, points: [60, 60] }
    await engine.draw('notes', { kind: 'begin', stroke })
    await engine.draw('notes', { kind: 'extend', strokeId: 1, points: [80, 60, 110, 60] })
    await shows(280, 150, RED)
    expect(near(await engine.viewAt(program, 280, 130), BLUE)).toBe(true)
    await engine.draw('notes', { kind: 'end', strokeId: 1 })
    await engine.draw('notes', { kind: 'begin', stroke: { ...stroke, id: 2, tool: 'laser', points: [200, 80] } })
    // It goes out after a second of rest, so it is moved while it is looked for.
    await expect.poll(async () => {
      await engine.draw('notes', { kind: 'extend', strokeId: 2, points: [200, 80] })
      return near(await engine.viewAt(program, 220, 140), WHITE)
    }, { timeout: 20_000 }).toBe(true)
    await engine.draw('notes', { kind: 'end', strokeId: 2 })
    await shows(220, 140, BLUE)
    await shows(280, 150, RED)
    await engine.draw('notes', { kind: 'all', strokes: [] })
    await shows(280, 150, BLUE)
    expect(await engine.failures()).toEqual([])
    expect(engine.complaints).toEqual([])
  } finally {
    await engine.close()
  }
})
