import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { createApp } from 'vue'
import { StudioError } from '@shared/domain/errors.ts'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { give } from '../base/given.ts'
import { minutesLeftTone } from '../components/recording/minutes-left.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
import { useNoticesStore } from './notices-store.ts'
import { useRecorderStore } from './recorder-store.ts'

let bridge: FakeBridge
beforeEach(() => {
  bridge = new FakeBridge()
  const app = createApp({ render: () => null })
  give(app, { bridge, engine: new FakeEngine(), clock: new FakePageClock() })
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
})

const asked = () => bridge.calls.filter(({ service }) => service === 'recorder').map(({ call }) => call)

it('starts, pauses, goes on and stops by what the recorder says that it does', async () => {
  const recorder = useRecorderStore()
  await recorder.toggle()
  expect([recorder.active, recorder.status.state]).toEqual([true, 'recording'])
  await recorder.togglePause()
  expect([recorder.active, recorder.status.state]).toEqual([true, 'paused'])
  await recorder.togglePause()
  await recorder.toggle()
  expect(recorder.active).toBe(false)
  expect(asked()).toEqual(['start', 'pause', 'resume', 'stop'])
})

it('says what was saved by its name, and a refusal as a notice', async () => {
  const recorder = useRecorderStore()
  await recorder.saveReplay()
  expect(recorder.made).toMatchObject({ kind: 'replay', name: 'replay_20260727101112345.mp4' })
  bridge.failNext = new StudioError('disk-full')
  await recorder.toggle()
  expect(useNoticesStore().all.map(({ reason }) => reason)).toEqual(['disk-full'])
  expect(recorder.busy).toBe(false)
})

it('sets a chosen folder, and leaves everything as it is when none was chosen', async () => {
  const recorder = useRecorderStore()
  await recorder.chooseFolder()
  expect(asked()).toEqual(['chooseFolder'])
  bridge.recording.chosenFolder = '/v'
  await recorder.chooseFolder()
  expect(recorder.settings.folder).toBe('/v')
})

it('warns of the end of the disk when main does', () => {
  expect([null, 11, 10, 3.1, 3, 0].map(minutesLeftTone)).toEqual(['', '', 'warn', 'warn', 'bad', 'bad'])
})

it('says why a recording ended by itself, until that was read or another one begins', () => {
  const recorder = useRecorderStore()
  const end = (atMs: number) => bridge.recording.status.set({ ...bridge.recording.status.state, state: 'idle', failure: { reason: 'disk-full', evidence: '', atMs } })
  end(1000)
  expect(recorder.endedBecause?.reason).toBe('disk-full')
  recorder.understood()
  expect(recorder.endedBecause).toBe(null)
  end(2000)
  expect(recorder.endedBecause?.atMs).toBe(2000)
  bridge.recording.status.set({ ...bridge.recording.status.state, state: 'recording', failure: null })
  expect(recorder.endedBecause).toBe(null)
})
