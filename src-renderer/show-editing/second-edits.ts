import type { Encoding } from '@shared/domain/encoding.ts'
import type { Layout } from '@shared/domain/layout.ts'
import { layoutOn } from '@shared/domain/layouts/on-canvas.ts'
import { participants } from '@shared/domain/layouts/participants.ts'
import { presetLayout } from '@shared/domain/layouts/presets.ts'
import { rolesOf } from '@shared/domain/layouts/roles.ts'
import { currentScene, type SecondCanvas, type Show } from '@shared/domain/show.ts'
import type { ShowEdit } from './show-edits.ts'

/** Portrait for phones, at a rate that looks good there. */
const BEGINNING = { width: 720, height: 1280, videoKbps: 2500 }

/** A second canvas for a show that has none: a screen above a camera where both are there, else everybody in a grid. */
export function newSecondCanvas(show: Show): SecondCanvas {
  const { layout: _own, ...scene } = currentScene(show)
  const { screen, camera } = rolesOf(participants(scene, show.sources))
  const preset = screen !== undefined && camera !== undefined ? 'side-by-side' : 'grid'
  return { enabled: true, encoding: { ...show.encoding, ...BEGINNING }, layout: presetLayout(preset, scene, show.sources, BEGINNING).layout }
}

/** Switched off it is kept as it was set. */
export const enableSecond = (enabled: boolean): ShowEdit => (show) => {
  if ((show.second?.enabled ?? false) === enabled) return show
  return { ...show, second: show.second ? { ...show.second, enabled } : newSecondCanvas(show) }
}

/** Another size, frame rate or bitrate; sound and key frames become those of the mix with another size. A layout keeps its shares of the canvas. */
export const changeSecondEncoding = (patch: Partial<Pick<Encoding, 'width' | 'height' | 'frameRate' | 'videoKbps'>>): ShowEdit => (show) => {
  const { second } = show
  if (!second) return show
  const { width, height, frameRate, videoKbps } = second.encoding
  const resized = (patch.width ?? width) !== width || (patch.height ?? height) !== height
  // What else the encoder is asked for is fixed while it works; only another size makes another stream anyway.
  const encoding = resized ? { ...show.encoding, width, height, frameRate, videoKbps, ...patch } : { ...second.encoding, ...patch }
  return { ...show, second: { ...second, encoding, layout: resized ? layoutOn(second.layout, second.encoding, encoding) : second.layout } }
}

export const setSecondLayout = (layout: Layout): ShowEdit => (show) =>
  !show.second || JSON.stringify(show.second.layout) === JSON.stringify(layout) ? show : { ...show, second: { ...show.second, layout } }
