import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_ENCODING } from '../../src-shared/domain/encoding.ts'
import { NO_CROP, type Scene, type SceneItem } from '../../src-shared/domain/scene.ts'
import { SHOW_VERSION, type Show } from '../../src-shared/domain/show.ts'
import type { Source } from '../../src-shared/domain/source.ts'

export const colourSource = (id: string, colour: string): Source => ({ id, name: id, kind: 'colour', colour })

export function itemOf(sourceId: string, change: Partial<SceneItem> = {}): SceneItem {
  const { width, height } = DEFAULT_ENCODING
  return { id: `item-${sourceId}`, sourceId, x: 0, y: 0, width, height, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'stretch', crop: NO_CROP, ...change }
}

export const sceneOf = (id: string, items: SceneItem[], change: Partial<Scene> = {}): Scene => ({ id, name: id, background: '#000000', items, ...change })

export function showOfScenes(sources: Source[], scenes: Scene[], change: Partial<Show> = {}): Show {
  return { version: SHOW_VERSION, id: 'check', name: 'Check', encoding: DEFAULT_ENCODING, sources, scenes, currentSceneId: scenes[0]?.id ?? '', strips: {}, ...change }
}

/** A second of video, green in the left half and transparent in the right one, as the asset `id` of a built page. */
export function halfTransparentClip(folder: string, id: string): void {
  const assets = join(folder, 'out/assets')
  mkdirSync(assets, { recursive: true })
  const inputs = ['-f', 'lavfi', '-i', 'color=c=0x00ff00:s=320x180:r=30,format=yuva420p,geq=lum=lum(X\\,Y):cb=cb(X\\,Y):cr=cr(X\\,Y):a=if(lt(X\\,160)\\,255\\,0)']
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...inputs, '-t', '1', '-c:v', 'libvpx', '-auto-alt-ref', '0', '-b:v', '500k', '-f', 'webm', join(assets, id)])
  if (status !== 0) throw new Error(`no clip: ${String(stderr)}`)
}
