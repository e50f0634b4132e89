import type { Transition } from '@shared/domain/transition.ts'
import type { DrawCommand, Rect, Size } from '../draw-list.ts'
import { easeInOut } from './tween-list.ts'

/** What a transition is made of: the two scenes, whole, a colour, and a video in front. */
export const FROM = 'transition:from'
export const TO = 'transition:to'
export const COLOUR = 'transition:colour'
export const STINGER = 'transition:stinger'

/** Opaque pictures in between: of `fade-to-colour` where none is named. */
export const DEFAULT_COLOUR = '#000000'

/** How long a transition takes. `stingerMs`: the length of its video, 0 while there is none; without it a stinger is a cut. */
export function transitionMs({ kind, durationMs }: Transition, stingerMs: number): number {
  if (kind === 'cut') return 0
  return kind === 'stinger' ? stingerMs : durationMs
}

/** What is drawn `elapsedMs` after the change, back to front. `stinger`: the size of its picture, null while it has none. */
export function transitionList(transition: Transition, elapsedMs: number, canvas: Size, stinger: Size | null = null): DrawCommand[] {
  const part = Math.max(0, Math.min(1, elapsedMs / transition.durationMs))
  switch (transition.kind) {
    case 'cut':
      return [whole(TO, canvas)]
    case 'fade':
      return [whole(FROM, canvas), ...faded(TO, canvas, part)]
    case 'fade-to-colour':
      return part < 0.5 ? [whole(FROM, canvas), ...faded(COLOUR, canvas, part * 2)] : [whole(TO, canvas), ...faded(COLOUR, canvas, 2 - part * 2)]
    case 'slide':
      return slide(transition.direction ?? 'left', easeInOut(part), canvas)
    case 'wipe':
      return [whole(FROM, canvas), ...uncovered(transition.direction ?? 'left', part, canvas)]
    case 'stinger': {
      const scene = whole(elapsedMs < (transition.cutAtMs ?? transition.durationMs / 2) ? FROM : TO, canvas)
      return stinger ? [scene, over(STINGER, stinger, canvas)] : [scene]
    }
  }
}

function slide(direction: NonNullable<Transition['direction']>, part: number, canvas: Size): DrawCommand[] {
  // Even pixels, so that both pictures move by the same and leave no gap.
  const x = even(canvas.width * part)
  const y = even(canvas.height * part)
  const { width, height } = canvas
  switch (direction) {
    case 'left':
      return [at(FROM, canvas, x, 0), at(TO, canvas, x - width, 0)]
    case 'right':
      return [at(FROM, canvas, -x, 0), at(TO, canvas, width - x, 0)]
    case 'up':
      return [at(FROM, canvas, 0, y), at(TO, canvas, 0, y - height)]
    case 'down':
      return [at(FROM, canvas, 0, -y), at(TO, canvas, 0, height - y)]
  }
}

function uncovered(direction: NonNullable<Transition['direction']>, part: number, { width, height }: Size): DrawCommand[] {
  const across = even(width * part)
  const along = even(height * part)
  const box: Rect = {
    left: { x: 0, y: 0, width: across, height },
    right: { x: width - across, y: 0, width: across, height },
    up: { x: 0, y: 0, width, height: along },
    down: { x: 0, y: height - along, width, height: along },
  }[direction]
  return box.width > 0 && box.height > 0 ? [{ ...whole(TO, { width, height }), from: box, to: box }] : []
}

/** Covers the canvas with a picture of this size, cutting off what is too much. */
function over(id: string, size: Size, canvas: Size): DrawCommand {
  const scale = Math.max(canvas.width / size.width, canvas.height / size.height)
  const [width, height] = [canvas.width / scale, canvas.height / scale]
  return { ...whole(id, canvas), from: { x: (size.width - width) / 2, y: (size.height - height) / 2, width, height } }
}

function whole(id: string, { width, height }: Size): DrawCommand {
  const box = { x: 0, y: 0, width, height }
  return { itemId: id, sourceId: id, from: box, to: box, rotationDeg: 0, opacity: 1 }
}

const at = (id: string, canvas: Size, x: number, y: number): DrawCommand => ({ ...whole(id, canvas), to: { x, y, width: canvas.width, height: canvas.height } })
const faded = (id: string, canvas: Size, opacity: number): DrawCommand[] => (opacity > 0 ? [{ ...whole(id, canvas), opacity }] : [])
const even = (length: number): number => Math.round(length / 2) * 2
