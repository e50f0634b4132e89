import { expect, it } from 'vitest'
import { carriedSources } from './carried-sources.ts'
import { DEFAULT_ENCODING } from './encoding.ts'
import type { ProgramContent } from './program-content.ts'
import { NO_CROP } from './scene.ts'
import { SHOW_VERSION, type Show } from './show.ts'
import type { Source } from './source.ts'

const camera: Source = { id: 'camera', name: '', kind: 'camera', deviceId: '', deviceLabel: '', width: 640, height: 360, frameRate: 30 }
const screen: Source = { id: 'screen', name: '', kind: 'screen', withAudio: true, frameRate: 30 }
const microphone: Source = { id: 'microphone', name: '', kind: 'microphone', deviceId: '', deviceLabel: '', echoCancellation: false, noiseSuppression: false, autoGainControl: false }
const inner: Source = { id: 'inner', name: '', kind: 'scene', sceneId: 'second' }
const item = (sourceId: string, changes: { visible?: boolean; opacity?: number } = {}) =>
  ({ id: sourceId, sourceId, x: 0, y: 0, width: 10, height: 10, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fill' as const, crop: NO_CROP, ...changes })

const showOf = (items: ReturnType<typeof item>[], changes: Partial<Show> = {}): Show => ({
  version: SHOW_VERSION, id: 'show', name: '', encoding: DEFAULT_ENCODING, sources: [camera, screen, microphone, inner], currentSceneId: 'first', strips: {},
  scenes: [{ id: 'first', name: '', background: '#000000', items }, { id: 'second', name: '', background: '#000000', items: [item('screen')] }], ...changes,
})
const idsOf = (show: Show, content: ProgramContent) => {
  const { pictures, sounds } = carriedSources(show, content)
  return [pictures.map(({ id }) => id), sounds.map(({ id }) => id)]
}

it('takes for the mix what the scene shows, and every sound that is not muted', () => {
  expect(idsOf(showOf([item('camera')]), 'mix')).toEqual([['camera'], ['screen', 'microphone']])
  expect(idsOf(showOf([item('camera', { visible: false }), item('screen', { opacity: 0 })]), 'mix')).toEqual([[], ['screen', 'microphone']])
  expect(idsOf(showOf([], { strips: { microphone: { volumeDb: 0, muted: true }, screen: { volumeDb: -100, muted: false } } }), 'mix')).toEqual([[], []])
})

it('sees through scenes inside the scene', () => {
  expect(idsOf(showOf([item('inner')]), 'mix')[0]).toEqual(['screen'])
  expect(idsOf(showOf([item('inner', { visible: false })]), 'mix')[0]).toEqual([])
  expect(idsOf(showOf([item('inner')], { sources: [{ ...inner, sceneId: 'first' }, camera] }), 'mix')[0]).toEqual([])
})

it('leaves out sound that does not go to the program, and one of the two where the program has no other', () => {
  const strip = { volumeDb: 0, muted: false }
  const strips: Show['strips'] = { microphone: { ...strip, monitor: 'monitor-only' }, screen: { ...strip, tracks: [2] } }
  expect(idsOf(showOf([], { strips }), 'mix')[1]).toEqual([])
  expect(idsOf(showOf([], { mixedSourceIds: ['screen'] }), 'mix')[1]).toEqual(['screen'])
  expect(idsOf(showOf([item('camera')], { media: 'sound' }), 'mix')).toEqual([[], ['screen', 'microphone']])
  expect(idsOf(showOf([item('camera')], { media: 'picture' }), 'mix')).toEqual([['camera'], []])
})

it('takes for a single stream its source and its sound, whatever the scene shows', () => {
  expect(idsOf(showOf([item('screen')]), 'main')).toEqual([['camera'], ['microphone']])
  expect(idsOf(showOf([item('camera')]), 'aux')).toEqual([['screen'], ['screen']])
  expect(idsOf(showOf([], { sources: [{ ...screen, withAudio: false }, microphone] }), 'aux')).toEqual([['screen'], []])
  expect(idsOf(showOf([], { sources: [microphone] }), 'main')).toEqual([[], []])
})
