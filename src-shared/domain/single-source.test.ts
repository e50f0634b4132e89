import { expect, it } from 'vitest'
import { NO_CROP } from './scene.ts'
import { singleSource, singleSounds } from './single-source.ts'
import type { Source } from './source.ts'

const camera = (id: string): Source => ({ id, name: id, kind: 'camera', deviceId: '', deviceLabel: '', width: 640, height: 360, frameRate: 30 })
const screen = (id: string): Source => ({ id, name: id, kind: 'screen', withAudio: true, frameRate: 30 })
const microphone = (id: string): Source => ({ id, name: id, kind: 'microphone', deviceId: '', deviceLabel: '', echoCancellation: false, noiseSuppression: false, autoGainControl: false })
const item = (sourceId: string, visible = true) => ({ id: `i-${sourceId}`, sourceId, x: 0, y: 0, width: 10, height: 10, rotationDeg: 0, opacity: 1, visible, locked: false, fit: 'fill' as const, crop: NO_CROP })

const showOf = (sources: Source[], items: ReturnType<typeof item>[]) => ({ sources, currentSceneId: 's', scenes: [{ id: 's', name: '', background: '#000000', items }] })

it('takes the first camera that the scene shows', () => {
  const sources = [screen('screen'), camera('one'), camera('two')]
  expect(singleSource(showOf(sources, [item('two')]), 'main')?.id).toBe('two')
  expect(singleSource(showOf(sources, [item('one', false), item('two')]), 'main')?.id).toBe('two')
  expect(singleSource(showOf(sources, [item('two'), item('one')]), 'main')?.id).toBe('one')
})

it('stays with a camera that the scene does not show, and says when there is none', () => {
  expect(singleSource(showOf([camera('one')], []), 'main')?.id).toBe('one')
  expect(singleSource(showOf([camera('one')], [item('one')]), 'aux')).toBeNull()
})

it('takes the microphones with the camera and the own sound with the screen', () => {
  const show = showOf([microphone('a'), camera('c'), microphone('b'), screen('s')], [])
  expect(singleSounds(show, 'main', 'c')).toEqual(['a', 'b'])
  expect(singleSounds(show, 'aux', 's')).toEqual(['s'])
})
