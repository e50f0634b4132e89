import type { DrawCommand, Size } from '../draw-list.ts'
import type { Picture } from '../pictures/picture.ts'
import { FramePicture } from '../pictures/frame-picture.ts'
import { Compositor2d } from './compositor-2d.ts'
import { CompositorPlanes } from './compositor-planes.ts'
import type { CompositorName, MakeCompositor } from './compositor.ts'
import { CompositorWebgl } from './compositor-webgl.ts'
import { allocatePlanes, PROGRAM_COLOUR } from './planes.ts'

export const COMPOSITORS: Readonly<Record<CompositorName, MakeCompositor>> = {
  planes: (canvas) => new CompositorPlanes(canvas),
  webgl: (canvas) => new CompositorWebgl(canvas),
  '2d': (canvas) => new Compositor2d(canvas),
}

const WARM_UP_FRAMES = 2
const MEASURED_FRAMES = 8
/** A compositor this many times slower than the best one so far is not measured to the end. */
const HOPELESS = 4
/** Less than this part of the time is clearly quicker. */
const CLEARLY = 0.6

/** How long one frame takes in ms, or what went wrong. */
export type Measured = Readonly<Record<CompositorName, number | string>>

export interface CompositorChoice {
  best: CompositorName
  /** For people, e.g. `planes 1.2 ms, 2d 14.9 ms, webgl 31 ms`. */
  reason: string
}

/**
 * Planes unless another one is clearly quicker: each has colours of its own, and a page that is loaded anew while a show is on
 * must choose as it did before. The 2D canvas, which every browser has, where none could be measured.
 */
export function pickCompositor(measured: Measured): CompositorChoice {
  const names = (['planes', '2d', 'webgl'] as const).toSorted((a, b) => costOf(measured[a]) - costOf(measured[b]))
  const [quickest = '2d'] = names
  const leastMs = costOf(measured[quickest])
  const enough = costOf(measured.planes) * CLEARLY <= leastMs ? 'planes' : quickest
  const best = Number.isFinite(leastMs) ? enough : '2d'
  return { best, reason: names.map((name) => `${name} ${tell(measured[name])}`).join(', ') }
}

const costOf = (result: number | string): number => (typeof result === 'number' ? result : Number.POSITIVE_INFINITY)
const tell = (result: number | string): string => (typeof result === 'number' ? `${result.toFixed(1)} ms` : result)

/** Composes a picture with an inset for real, with each compositor, until the pixels are in memory. Takes about 0.3 s. */
export async function measureCompositors(canvas: Size, nowMs: () => number): Promise<Measured> {
  const pictures = new Map<string, FramePicture>([
    ['whole', new FramePicture(greyFrame(canvas))],
    ['inset', new FramePicture(greyFrame(canvas))],
  ])
  const measured: Record<CompositorName, number | string> = { planes: 'not tried', '2d': 'not tried', webgl: 'not tried' }
  let best = Number.POSITIVE_INFINITY
  for (const name of ['planes', '2d', 'webgl'] as const) {
    const result = await measureOne(COMPOSITORS[name], canvas, pictures, nowMs, best * HOPELESS).catch(tellError)
    measured[name] = result
    best = Math.min(best, costOf(result))
  }
  for (const picture of pictures.values()) picture.close()
  return measured
}

async function measureOne(make: MakeCompositor, canvas: Size, pictures: ReadonlyMap<string, FramePicture>, nowMs: () => number, giveUpMs: number): Promise<number> {
  const compositor = make(canvas)
  const list = insetList(canvas)
  let pixels = new Uint8Array(0)
  const tookMs: number[] = []
  try {
    for (let index = 0; index < WARM_UP_FRAMES + MEASURED_FRAMES; index++) {
      for (const picture of pictures.values()) picture.replace(greyFrame(canvas))
      const startMs = nowMs()
      await compositor.draw(list, '#000000', pictures as ReadonlyMap<string, Picture>)
      const frame = compositor.frame({ timestampUs: index, durationUs: 1 })
      const bytes = frame.allocationSize()
      if (pixels.length < bytes) pixels = new Uint8Array(bytes)
      await frame.copyTo(pixels)
      frame.close()
      if (index < WARM_UP_FRAMES) continue
      tookMs.push(nowMs() - startMs)
      if (tookMs.length >= 3 && median(tookMs) > giveUpMs) break
    }
  } finally {
    compositor.close()
  }
  return median(tookMs)
}

/** Not the mean: a page that starts does other things at the same time. */
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY

function insetList(canvas: Size): DrawCommand[] {
  const from = { x: 0, y: 0, width: canvas.width, height: canvas.height }
  const common = { from, rotationDeg: 0, opacity: 1 }
  const corner = { x: canvas.width * 0.7, y: canvas.height * 0.7, width: canvas.width / 4, height: canvas.height / 4 }
  return [
    { ...common, itemId: 'whole', sourceId: 'whole', to: from },
    { ...common, itemId: 'inset', sourceId: 'inset', to: corner },
  ]
}

function greyFrame(size: Size): VideoFrame {
  const { data } = allocatePlanes(size.width, size.height)
  data.fill(128)
  return new VideoFrame(data, { format: 'I420', codedWidth: size.width, codedHeight: size.height, timestamp: 0, colorSpace: PROGRAM_COLOUR })
}

const tellError = (error: unknown): string => (error instanceof Error ? error.message : String(error))
