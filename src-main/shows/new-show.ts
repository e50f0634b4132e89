import { DEFAULT_ENCODING, type Encoding } from '@shared/domain/encoding.ts'
import { NO_CROP, type SceneItem } from '@shared/domain/scene.ts'
import { SHOW_VERSION, type Show } from '@shared/domain/show.ts'

const BACKGROUND = '#101418'

/** A show with one empty scene: the page offers what to put in. */
export function newShow(id: string, name: string): Show {
  return {
    version: SHOW_VERSION,
    id,
    name,
    encoding: DEFAULT_ENCODING,
    sources: [],
    scenes: [{ id: 'scene-1', name: 'Scene 1', background: BACKGROUND, items: [] }],
    currentSceneId: 'scene-1',
    strips: {},
  }
}

/** What runs without a window and without a show of one's own: the screen, the camera in a corner, the microphone. */
export function demoShow(id: string, encoding: Encoding = DEFAULT_ENCODING): Show {
  const { width, height, frameRate } = encoding
  // A quarter of the canvas wide, 16:9, a 40th away from the edges.
  const inset = { width: Math.round(width / 4), height: Math.round((width / 4) * (9 / 16)) }
  const gap = Math.round(Math.min(width, height) / 40)
  const item = (sourceId: string, box: Pick<SceneItem, 'x' | 'y' | 'width' | 'height'>): SceneItem => ({
    id: `item-${sourceId}`, sourceId, ...box, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fill', crop: NO_CROP,
  })
  return {
    ...newShow(id, 'Demo'),
    encoding,
    sources: [
      { kind: 'screen', id: 'screen', name: 'Screen', withAudio: false, frameRate: Math.min(frameRate, 30) },
      { kind: 'camera', id: 'camera', name: 'Camera', deviceId: '', deviceLabel: '', width: 640, height: 360, frameRate: Math.min(frameRate, 30) },
      {
        kind: 'microphone', id: 'microphone', name: 'Microphone', deviceId: '', deviceLabel: '',
        echoCancellation: false, noiseSuppression: false, autoGainControl: false,
      },
    ],
    scenes: [
      {
        id: 'scene-1', name: 'Screen with camera', background: BACKGROUND,
        items: [
          item('screen', { x: 0, y: 0, width, height }),
          item('camera', { x: width - inset.width - gap, y: height - inset.height - gap, ...inset }),
        ],
      },
    ],
  }
}
