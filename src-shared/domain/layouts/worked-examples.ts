import type { Layout, Region } from '../layout.ts'
import { carriedOver, type Rect, type Size } from './rectangle.ts'
import type { Roles } from './roles.ts'

/** A region in the pixels for which an example is written down. */
export interface Drawn extends Rect {
  fit: Region['fit']
  background?: string
  sourceId?: string | undefined
}

/** Regions drawn for a canvas of one size, on another one; later ones are in front. */
export function regionsOn(canvas: Size, drawnFor: Size, drawn: readonly Drawn[]): Region[] {
  return drawn.map(({ fit, background, sourceId, ...box }, index) => ({
    id: `region-${index + 1}`,
    ...carriedOver(box, drawnFor, canvas),
    zOrder: index,
    fit,
    ...(background !== undefined && { background }),
    ...(sourceId !== undefined && { sourceId }),
  }))
}

const PANEL_CANVAS: Size = { width: 1280, height: 720 }
const PANEL_MAIN: Rect = { x: 320, y: 32, width: 640, height: 480 }
const PANEL_GUESTS: readonly Rect[] = [224, 512, 800].map((x) => ({ x, y: 544, width: 256, height: 144 }))

/** One region of 640 x 480 near the top for somebody fixed, three below for whoever comes next, a picture behind it all; drawn for 1280 x 720. */
export function panelOverPicture(canvas: Size, roles: Roles, backgroundAssetId: string | undefined): Layout {
  const drawn: Drawn[] = [
    { ...PANEL_MAIN, fit: 'fill', sourceId: roles.camera },
    ...PANEL_GUESTS.map((box): Drawn => ({ ...box, fit: 'fill' })),
  ]
  return { template: 'custom', regions: regionsOn(canvas, PANEL_CANVAS, drawn), ...(backgroundAssetId !== undefined && { backgroundAssetId }) }
}

const LESSON_CANVAS: Size = { width: 1920, height: 1080 }
/** At the left, halfway up. */
const LESSON_SCREEN: Rect = { x: 0, y: 180, width: 1280, height: 720 }
const SMALL: Size = { width: 300, height: 200 }
const GAP = 20

/** A screen at the left, the same person's camera at the top right, three more under it for whoever comes next; drawn for 1920 x 1080. */
export function lesson(canvas: Size, roles: Roles): Layout {
  const x = LESSON_CANVAS.width - SMALL.width
  const small = [0, 1, 2, 3].map((row): Drawn => ({ ...SMALL, x, y: row * (SMALL.height + GAP), fit: 'fill', sourceId: row === 0 ? roles.camera : undefined }))
  return { template: 'custom', regions: regionsOn(canvas, LESSON_CANVAS, [{ ...LESSON_SCREEN, fit: 'fit', background: '#000000', sourceId: roles.screen }, ...small]) }
}
