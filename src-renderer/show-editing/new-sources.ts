import { NO_CROP } from '@shared/domain/scene.ts'
import type { SceneItem } from '@shared/domain/scene.ts'
import { hasPicture } from '@shared/domain/source.ts'
import type { Source, SourceKind, SourceOf } from '@shared/domain/source.ts'
import type { Encoding } from '@shared/domain/encoding.ts'

/** What is chosen when a source is added; all else starts at its usual value. */
export interface NewSource {
  kind: SourceKind
  name: string
  deviceId?: string
  deviceLabel?: string
  assetId?: string
  text?: string
  /** Of a nested scene. */
  sceneId?: string
  /** Of a screen: what is offered first. */
  surface?: 'monitor' | 'window' | 'browser'
  /** Of what is drawn in a size of its own; the canvas's unless given. */
  size?: { width: number; height: number }
}

const CAMERA_SIZE = { width: 1280, height: 720, frameRate: 30 }

export function newSource(choice: NewSource, id: string): Source {
  const common = { id, name: choice.name }
  const device = { deviceId: choice.deviceId ?? '', deviceLabel: choice.deviceLabel ?? '' }
  const box = choice.size ?? PICTURE_BOX
  switch (choice.kind) {
    case 'camera':
      return { ...common, ...device, ...CAMERA_SIZE, kind: 'camera' }
    case 'microphone':
      return { ...common, ...device, kind: 'microphone', echoCancellation: true, noiseSuppression: true, autoGainControl: true }
    case 'screen':
      return { ...common, kind: 'screen', withAudio: false, frameRate: 30, ...(choice.surface ? { surface: choice.surface } : {}) }
    case 'image':
      return { ...common, kind: 'image', assetId: choice.assetId ?? '' }
    case 'colour':
      return { ...common, kind: 'colour', colour: '#2f6fed' }
    case 'text':
      return newText(common, choice.text ?? choice.name)
    case 'test-pattern':
      return { ...common, kind: 'test-pattern' }
    case 'slideshow':
      return { ...common, kind: 'slideshow', assetIds: [], everyMs: 5000, fadeMs: 700, order: 'in-order', loop: true, ...box }
    case 'countdown':
      return { ...common, kind: 'countdown', mode: 'duration', untilMs: 0, durationMs: 300_000, startedAtMs: null, endText: '', ...LETTERS }
    case 'annotation':
      return { ...common, kind: 'annotation', ...box }
    case 'scene':
      return { ...common, kind: 'scene', sceneId: choice.sceneId ?? '' }
    case 'web-page':
      return { ...common, kind: 'web-page', address: choice.text ?? '', ...box, frameRate: 30, css: '' }
  }
}

const PICTURE_BOX = { width: 1280, height: 720 }
const LETTERS = { fontFamily: 'system-ui', fontSizePx: 64, bold: true, colour: '#ffffff', background: '#00000000', align: 'center' } as const

function newText(common: { id: string; name: string }, text: string): SourceOf<'text'> {
  return { ...common, kind: 'text', text, ...LETTERS }
}

/** Where a new source appears: text as a band below the middle, an image in the middle, all else over the whole canvas. */
export function newItem(source: Source, canvas: Pick<Encoding, 'width' | 'height'>, id: string): SceneItem | null {
  if (!hasPicture(source.kind)) return null
  const part = source.kind === 'text' || source.kind === 'countdown' ? { width: 0.8, height: 0.16 } : source.kind === 'image' ? { width: 0.5, height: 0.5 } : { width: 1, height: 1 }
  const [width, height] = [Math.round(canvas.width * part.width), Math.round(canvas.height * part.height)]
  return {
    id,
    sourceId: source.id,
    x: Math.round((canvas.width - width) / 2),
    y: source.kind === 'text' || source.kind === 'countdown' ? Math.round(canvas.height * 0.76) : Math.round((canvas.height - height) / 2),
    width,
    height,
    rotationDeg: 0,
    opacity: 1,
    visible: true,
    locked: false,
    fit: source.kind === 'colour' ? 'stretch' : 'fit',
    crop: NO_CROP,
  }
}

/** The name itself, or with the first free number: Camera, Camera 2, … */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  for (let number = 2; ; number++) {
    const name = `${wanted} ${number}`
    if (!taken.includes(name)) return name
  }
}
