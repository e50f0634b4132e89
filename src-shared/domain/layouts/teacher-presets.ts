import type { Layout } from '../layout.ts'
import type { Size } from './rectangle.ts'
import type { Roles } from './roles.ts'
import { type Drawn, regionsOn } from './worked-examples.ts'

/** Thousandths of either direction, so that presets hold on every canvas. */
const THOUSANDTHS: Size = { width: 1000, height: 1000 }
const WHOLE = { x: 0, y: 0, width: 1000, height: 1000 }
/** As large, and as far from the edges, as a small picture of the floating layout. */
const CORNER = { x: 753, y: 753, width: 235, height: 235 }

const custom = (canvas: Size, drawn: readonly Drawn[]): Layout => ({ template: 'custom', regions: regionsOn(canvas, THOUSANDTHS, drawn) })

export const slidesAndCamera = (canvas: Size, roles: Roles): Layout =>
  custom(canvas, [{ ...WHOLE, fit: 'fit', background: '#000000', sourceId: roles.screen }, { ...CORNER, fit: 'fill', sourceId: roles.camera }])

/** Two halves, on a portrait canvas one above the other. `inset`: each only half as long the other way, so that a wide picture is not cut. */
function halves(canvas: Size, inset: boolean): [Drawn, Drawn] {
  if (canvas.height > canvas.width) return [{ ...WHOLE, height: 500, fit: 'fill' }, { ...WHOLE, y: 500, height: 500, fit: 'fill' }]
  const tall = inset ? { y: 250, height: 500 } : { y: 0, height: 1000 }
  return [{ x: 0, width: 500, ...tall, fit: 'fill' }, { x: 500, width: 500, ...tall, fit: 'fill' }]
}

export function sideBySide(canvas: Size, roles: Roles): Layout {
  const [left, right] = halves(canvas, true)
  return custom(canvas, [{ ...left, fit: 'fit', background: '#000000', sourceId: roles.screen }, { ...right, sourceId: roles.camera }])
}

export function twoCameras(canvas: Size, roles: Roles): Layout {
  const [left, right] = halves(canvas, false)
  return custom(canvas, [{ ...left, sourceId: roles.camera }, { ...right, sourceId: roles.secondCamera }])
}

export const cameraOnly = (canvas: Size, roles: Roles): Layout => custom(canvas, [{ ...WHOLE, fit: 'fill', sourceId: roles.camera }])

export const screenOnly = (canvas: Size, roles: Roles): Layout => custom(canvas, [{ ...WHOLE, fit: 'fit', background: '#000000', sourceId: roles.screen }])
