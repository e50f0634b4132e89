import { newDestination } from '@shared/domain/destination.ts'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp, nextTick } from 'vue'
import { StudioError } from '@shared/domain/errors.ts'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { give } from '../base/given.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
import { addScene, renameScene, switchScene } from '../show-editing/scene-edits.ts'
import { changeItem, removeItem, renameShow } from '../show-editing/show-edits.ts'
import { sourceOfEachKind } from '../show-editing/sample-show.ts'
import { TRACE_SAMPLES, useBroadcastStore } from './broadcast-store.ts'
import { useDestinationsStore } from './destinations-store.ts'
import { useEngineStore } from './engine-store.ts'
import { useNoticesStore } from './notices-store.ts'
import { usePreferencesStore } from './preferences-store.ts'
import { SAVE_AT_MOST_MS, SAVE_QUIET_MS, useShowStore } from './show-store.ts'

let bridge: FakeBridge
let engine: FakeEngine
let clock: FakePageClock

beforeEach(() => {
  bridge = new FakeBridge({ show: sourceOfEachKind('show-1') })
  engine = new FakeEngine()
  clock = new FakePageClock()
  const app = createApp({ render: () => null })
  give(app, { bridge, engine, clock })
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
})

describe('the show', () => {
  async function loaded() {
    const shows = useShowStore()
    await shows.load()
    return shows
  }

  it('is saved once edits have paused', async () => {
    const shows = await loaded()
    shows.edit(renameShow('a'))
    clock.advance(SAVE_QUIET_MS - 1)
    shows.edit(renameShow('b'))
    clock.advance(SAVE_QUIET_MS - 1)
    expect(bridge.saved).toEqual([])
    expect(shows.saving).toBe('waiting')
    clock.advance(1)
    await nextTick()
    expect(bridge.saved.map((each) => each.name)).toEqual(['b'])
    expect(shows.saving).toBe('saved')
  })

  it('is saved in the middle of a long drag', async () => {
    const shows = await loaded()
    for (let ms = 0; ms < SAVE_AT_MOST_MS; ms += 100) {
      shows.edit(changeItem('item-camera', { x: ms + 1 }), 'drag')
      clock.advance(100)
    }
    expect(bridge.saved.length).toBe(1)
  })

  it('takes back a drag as a whole and saves that too', async () => {
    const shows = await loaded()
    const before = shows.show
    for (const x of [1, 2, 3]) shows.edit(changeItem('item-camera', { x }), 'drag')
    shows.endGesture()
    shows.edit(renameShow('later'))
    shows.undo()
    expect(shows.scene?.items.find((each) => each.id === 'item-camera')?.x).toBe(3)
    shows.undo()
    expect(shows.show).toEqual(before)
    expect(shows.canUndo).toBe(false)
    shows.redo()
    expect(shows.scene?.items.find((each) => each.id === 'item-camera')?.x).toBe(3)
    shows.flush()
    expect(bridge.saved.at(-1)).toEqual(shows.show)
  })

  it('keeps what must not change while undoing', async () => {
    const shows = await loaded()
    shows.edit(renameShow('new'))
    shows.undo((to, from) => ({ ...to, name: from.name }))
    expect(shows.show?.name).toBe('new')
  })

  it('leaves on air what is on air while edits are taken back, and switching is no edit', async () => {
    const shows = await loaded()
    shows.edit(addScene('b', 'B'))
    shows.edit(renameScene('b', 'Bee'))
    shows.pass(switchScene('b'))
    expect(shows.show?.currentSceneId).toBe('b')
    expect(bridge.saved).toEqual([])
    shows.undo()
    expect(shows.show).toMatchObject({ currentSceneId: 'b', scenes: [{}, { name: 'B' }] })
    shows.pass(switchScene('scene-1'))
    shows.redo()
    expect(shows.show).toMatchObject({ currentSceneId: 'scene-1', scenes: [{}, { name: 'Bee' }] })
    clock.advance(SAVE_QUIET_MS)
    expect(bridge.saved.at(-1)?.currentSceneId).toBe('scene-1')
  })

  it('begins in studio mode where it was left in it, with what is on air', async () => {
    await usePreferencesStore().change({ layout: { studioMode: true } })
    const shows = await loaded()
    expect(shows.previewSceneId).toBe(shows.show?.currentSceneId)
    await usePreferencesStore().change({ layout: { studioMode: false } })
    await shows.open('other')
    expect(shows.previewSceneId).toBeNull()
  })

  it('says when it could not be saved, and saves again with the next edit', async () => {
    const shows = await loaded()
    shows.edit(renameShow('a'))
    bridge.failNext = new StudioError('disk-full')
    shows.flush()
    await nextTick()
    await nextTick()
    expect(shows.saving).toBe('failed')
    expect(useNoticesStore().all.map((each) => each.reason)).toEqual(['disk-full'])
    shows.edit(renameShow('b'))
    clock.advance(SAVE_QUIET_MS)
    await nextTick()
    expect(bridge.saved.map((each) => each.name)).toEqual(['b'])
  })

  it('saves the old show before it opens another, and starts a history of its own', async () => {
    const shows = await loaded()
    shows.edit(renameShow('old'))
    await shows.open('other')
    expect(bridge.saved.map((each) => each.name)).toEqual(['old'])
    expect(shows.show?.id).toBe('other')
    expect(shows.canUndo).toBe(false)
  })

  it('keeps the show when another cannot be opened', async () => {
    const shows = await loaded()
    bridge.failNext = new StudioError('show-newer')
    await shows.importText('{}')
    expect(shows.show?.id).toBe('show-1')
    expect(useNoticesStore().all[0]?.reason).toBe('show-newer')
  })

  it('knows what is selected: an item, or a sound source', async () => {
    const shows = await loaded()
    shows.selectedId = 'item-camera'
    expect(shows.selectedSource?.id).toBe('source-camera')
    shows.selectedId = 'source-microphone'
    expect(shows.selectedItem).toBeNull()
    expect(shows.selectedSource?.kind).toBe('microphone')
  })

  it('keeps of a selection what is still there, and says what undo would take back', async () => {
    const shows = await loaded()
    shows.selection = ['item-image', 'item-camera']
    expect(shows.selectedItems.map((each) => each.id)).toEqual(['item-camera', 'item-image'])
    expect(shows.selectedId).toBe('item-camera')
    shows.edit(changeItem('item-image', { x: 3 }))
    expect(shows.undoName).toBe('move')
    shows.edit(removeItem('item-camera'))
    expect(shows.selection).toEqual(['item-image'])
    expect(shows.selectedItem?.id).toBe('item-image')
    shows.undo()
    expect(shows.redoName).toBe('removeSource')
    expect(shows.selection).toEqual(['item-image', 'item-camera'])
  })

  it('gives up a gesture that has not ended', async () => {
    const shows = await loaded()
    const before = shows.show
    shows.edit(changeItem('item-image', { x: 3 }), 'drag')
    shows.edit(changeItem('item-image', { x: 4 }), 'drag')
    shows.abandonGesture()
    expect(shows.show).toBe(before)
    expect(shows.canUndo).toBe(false)
    expect(shows.canRedo).toBe(false)
  })
})

describe('notices', () => {
  it('does not pile up the same failure', () => {
    const notices = useNoticesStore()
    for (let each = 0; each < 3; each++) notices.tell(new StudioError('disk-full', 'same'))
    expect(notices.all.length).toBe(1)
    for (let each = 0; each < 9; each++) notices.tell(new StudioError('unexpected', `${each}`))
    expect(notices.all.length).toBe(5)
  })

  it('answer a second click with a word and not with an error', () => {
    const notices = useNoticesStore()
    for (const reason of ['too-soon', 'already-live', 'disk-full'] as const) notices.tell(new StudioError(reason))
    expect(notices.all.map(({ level }) => level)).toEqual(['info', 'info', 'error'])
  })

  it('dismisses its own here and the others at main', async () => {
    const notices = useNoticesStore()
    bridge.notices.set([{ id: 'n1', level: 'warning', reason: 'settings-broken', evidence: '', atMs: 0 }])
    notices.tell(new Error('x'))
    await notices.dismiss(notices.all[1]?.id ?? '')
    expect(notices.all.map((each) => each.id)).toEqual(['n1'])
    await notices.dismiss('n1')
    expect(notices.all).toEqual([])
  })
})

describe('the broadcast', () => {
  it('asks once however often the button is pressed', async () => {
    const broadcast = useBroadcastStore()
    await Promise.all([broadcast.goLive(), broadcast.goLive()])
    expect(bridge.calls.filter((each) => each.call === 'goLive').length).toBe(1)
    expect(broadcast.status.live).toBe(true)
    expect(broadcast.busy).toBe(false)
  })

  it('changes only the rate while live', async () => {
    const broadcast = useBroadcastStore()
    const { encoding } = broadcast.status
    await broadcast.setEncoding({ ...encoding, width: 640, height: 360 })
    await broadcast.goLive()
    await broadcast.setEncoding({ ...encoding, videoKbps: 900 })
    expect(bridge.calls.map((each) => each.call)).toEqual(['setEncoding', 'goLive', 'setVideoKbps'])
  })

  it('keeps four minutes of figures', () => {
    const broadcast = useBroadcastStore()
    const output = {
      stage: 'sending' as const, bitrateKbps: 0, bytesSent: 0, bytesAcknowledged: 0, queueMs: 0, framesSent: 0, framesDropped: 0, rttMs: null,
      totalBytesSent: 0, totalFramesSent: 0, totalFramesDropped: 2,
    }
    for (let each = 1; each <= TRACE_SAMPLES + 3; each++) {
      bridge.figures.set({ atMs: each, program: null, outputs: { d: { ...output, bitrateKbps: each } }, cpuPercent: null, rssMiB: null })
    }
    expect(broadcast.traces.d?.bitrateKbps.length).toBe(TRACE_SAMPLES)
    expect(broadcast.traces.d?.bitrateKbps.at(-1)).toBe(TRACE_SAMPLES + 3)
    expect(broadcast.framesDropped).toBe(2)
  })
})

it('destinations reject a bad form and show other failures as notices', async () => {
  const destinations = useDestinationsStore()
  const destination = newDestination({ id: 'd', name: 'x', kind: 'rtmp', address: 'rtmp://host/live', enabled: true })
  await destinations.save(destination, { key: 'k1' })
  expect(destinations.list.find((each) => each.id === 'd')).toMatchObject({ hasKey: true })
  await expect(destinations.save({ ...destination, id: 'e' }, { key: 'k1' })).rejects.toMatchObject({ reason: 'address-duplicate' })
  expect(JSON.stringify(destinations.$state)).not.toContain('k1')
  bridge.failNext = new StudioError('not-found')
  await destinations.remove('d')
  expect(useNoticesStore().all[0]?.reason).toBe('not-found')
})

it('preferences take effect at once and are kept', async () => {
  const preferences = usePreferencesStore()
  const done = preferences.change({ language: 'zh-CN' })
  expect(preferences.current.language).toBe('zh-CN')
  await done
  expect(bridge.preferences.state.language).toBe('zh-CN')
})

it('the engine store follows devices and sources', () => {
  const store = useEngineStore()
  expect(store.devices.cameras.length).toBe(2)
  engine.sources.set([{ sourceId: 's', condition: 'denied', width: 0, height: 0, frameRate: null, hasAudio: false, label: '', evidence: '' }])
  expect(store.statusOf.get('s')?.condition).toBe('denied')
})
