import { EnginePage } from '../e2e/engine/engine-page.ts'
import { colourSource, itemOf, sceneOf, showOfScenes } from '../e2e/engine/colour-scenes.ts'
import { buildPage, removeFolder } from '../e2e/engine/engine-rig.ts'
import { treeUsage } from '../e2e/fixtures/process-table.ts'
import { sleep, until } from '../e2e/fixtures/until.ts'
import { drawList, visibleOnly } from '../src-renderer/engine/draw-list.ts'
import { median } from '../e2e/fixtures/stream-check.ts'
import type { Layout } from '../src-shared/domain/layout.ts'
import type { Show } from '../src-shared/domain/show.ts'
import type { Row } from './row.ts'

const SETTLE_S = 5
const MEASURE_S = 20
/** So many changes of layout in a row, so far apart. */
const LAYOUTS = 20
const LAYOUT_EVERY_MS = 700
const DEFAULT_SWITCHES = 1000
const LONG_SWITCHES = 10_000
const SAMPLES = 20
/** A change each frame of 30 a second. */
const SWITCH_EVERY_MS = 34

/**
 * Composing: 25 moving pictures of 320x180 in a grid at 1280x720 and 30 frames/s, coded as H.264; changes of its layout, animated;
 * the draw list of 200 items; and memory over a thousand switches of scenes (`scenes=10000` for another number; `switches` for these alone).
 */
export async function scenes(switches: string): Promise<Row[]> {
  const folder = await buildPage()
  try {
    return [drawListRow(), ...(await grid(folder)), await memoryRow(folder, Number(switches || DEFAULT_SWITCHES))]
  } finally {
    await removeFolder(folder)
  }
}

/** Memory over many switches of scenes alone: ten thousand take seven minutes. */
export async function switches(count: string): Promise<Row[]> {
  const folder = await buildPage()
  try {
    return [await memoryRow(folder, Number(count || LONG_SWITCHES))]
  } finally {
    await removeFolder(folder)
  }
}

/** The list itself, made anew: while nothing changes it is kept, and costs nothing. */
function drawListRow(): Row {
  const items = Array.from({ length: 200 }, (_, index) =>
    itemOf(`s${index % 40}`, { id: `i${index}`, x: (index * 37) % 1100, y: (index * 53) % 600, width: 200, height: 120, rotationDeg: index % 5 === 0 ? 15 : 0, fit: 'fill' }))
  const scene = sceneOf('many', items)
  const size = { width: 320, height: 180 }
  const canvas = { width: 1280, height: 720 }
  const tookMs = Array.from({ length: 300 }, () => {
    const startMs = performance.now()
    visibleOnly(drawList(scene, () => size, 0), () => true, canvas)
    return performance.now() - startMs
  })
  return { what: 'draw list of a scene of 200 items, made anew', value: median(tookMs.slice(100)), unit: 'ms', atMost: 1 }
}

function gridShow(layout: Layout): Show {
  const camera = { kind: 'camera' as const, deviceId: '', deviceLabel: '', width: 320, height: 180, frameRate: 30 }
  const sources = Array.from({ length: 25 }, (_, index) => ({ ...camera, id: `c${index}`, name: `Camera ${index}` }))
  return showOfScenes(sources, [sceneOf('grid', sources.map(({ id }) => itemOf(id, { fit: 'fill' })), { layout })], { layoutAnimationMs: 300 })
}

async function grid(folder: string): Promise<Row[]> {
  const engine = await EnginePage.open(folder, { show: gridShow({ template: 'grid' }), encoding: { width: 1280, height: 720 } })
  try {
    await engine.goLive()
    await until('all cameras are there', () => engine.page.evaluate('window.check.statuses().every((each) => each.width === 320 && each.frameRate > 0)'), { timeoutMs: 60_000 })
    await sleep(SETTLE_S * 1000)
    const still = await lostDuring(engine, () => sleep(MEASURE_S * 1000))
    const { composeMs = 0 } = (await engine.figures()) ?? {}
    const layouts: Layout[] = [{ template: 'floating' }, { template: 'grid' }, { template: 'screen-share', mainSourceId: 'c3' }, { template: 'grid', mainSourceId: 'c7' }]
    const moving = await lostDuring(engine, async () => {
      for (let index = 0; index < LAYOUTS; index++) {
        await engine.setShow(gridShow(layouts[index % layouts.length] ?? { template: 'grid' }))
        await sleep(LAYOUT_EVERY_MS)
      }
    })
    return [
      { what: 'grid of 25 pictures (320x180 at 30 fps each), 720p30 coded: frames lost', value: still.lost, unit: 'frames', atMost: 0, note: `of ${still.composed}; ${composeMs.toFixed(1)} ms to compose one` },
      { what: `${LAYOUTS} changes of its layout, animated over 300 ms: frames lost`, value: moving.lost, unit: 'frames', atMost: 0, note: `of ${moving.composed}` },
    ]
  } finally {
    await engine.close()
  }
}

async function lostDuring(engine: EnginePage, run: () => Promise<void>): Promise<{ lost: number; composed: number }> {
  const counters = async () => {
    const figures = await engine.figures()
    return { lost: figures?.framesDropped ?? 0, composed: figures?.framesComposed ?? 0 }
  }
  const before = await counters()
  await run()
  const after = await counters()
  return { lost: after.lost - before.lost, composed: after.composed - before.composed }
}

/** The whole browser's memory after all switches against after the first tenth of them. */
async function memoryRow(folder: string, switches: number): Promise<Row> {
  const sources = ['#ff0000', '#00ff00', '#0000ff'].map((colour, index) => colourSource(`colour-${index}`, colour))
  const pattern = { id: 'pattern', name: 'Pattern', kind: 'test-pattern' as const }
  const all = sources.map(({ id }) => sceneOf(`scene of ${id}`, [itemOf('pattern'), itemOf(id, { width: 600 })]))
  const show = showOfScenes([...sources, pattern], all, { transition: { kind: 'fade', durationMs: 50 } })
  const engine = await EnginePage.open(folder, { show })
  try {
    await engine.goLive()
    const samples: number[] = []
    const step = Math.max(1, Math.ceil(switches / SAMPLES))
    const composed = (await engine.figures())?.framesComposed ?? 0
    for (let done = 0; done < switches; done += step) {
      await engine.page.evaluate(`(async () => {
        const show = ${JSON.stringify(show)}
        for (let index = 0; index < ${step}; index++) {
          show.currentSceneId = show.scenes[(${done} + index) % show.scenes.length].id
          window.check.setShow(show)
          await new Promise((resolve) => setTimeout(resolve, ${SWITCH_EVERY_MS}))
        }
      })()`)
      samples.push(treeUsage(engine.pid).rssMiB)
      console.error(`  ${done + step} of ${switches} switches: ${Math.round(samples.at(-1) ?? 0)} MiB`)
    }
    // Memory that does not grow because nothing is composed any more says nothing.
    const frames = ((await engine.figures())?.framesComposed ?? 0) - composed
    if (frames < switches / 4) throw new Error(`only ${frames} frames were composed during ${switches} switches: this computer is too busy for the measurement`)
    const [first, last] = [median(samples.slice(2, 5)), median(samples.slice(-3))]
    return { what: `memory over ${switches} switches of scenes, coded: growth after the first tenth`, value: (100 * (last - first)) / first, unit: '%', atMost: 5, note: `${Math.round(first)} → ${Math.round(last)} MiB, ${frames} frames` }
  } finally {
    await engine.close()
  }
}
