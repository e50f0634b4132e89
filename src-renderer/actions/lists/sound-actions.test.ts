import { expect, it } from 'vitest'
import { emptyShow } from '../../show-editing/sample-show.ts'
import { newSource } from '../../show-editing/new-sources.ts'
import { openedList } from './action-rig-sample.ts'
import { soundActions } from './sound-actions.ts'

it('makes a strip louder up to the end of its fader, softer as one step of undo, and monitors it', async () => {
  const voice = newSource({ kind: 'microphone', name: 'Voice' }, 'voice')
  const { shows, run } = await openedList(soundActions, { ...emptyShow('sounds'), sources: [voice], strips: { voice: { volumeDb: 19.5, muted: false } } })
  const strip = () => shows.show?.strips['voice']
  run('sound:louder:voice')
  expect(strip()?.volumeDb).toBe(20)
  run('sound:softer:voice')
  run('sound:softer:voice')
  expect(strip()?.volumeDb).toBe(18)
  shows.undo()
  expect(strip()?.volumeDb).toBe(19.5)
  run('sound:monitor:voice')
  expect(strip()?.monitor).toBe('both')
  run('sound:monitor:voice')
  expect(strip()?.monitor).toBe('off')
})
