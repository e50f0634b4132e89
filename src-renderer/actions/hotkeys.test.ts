import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { EDIT_COMMAND_IDS } from '../composables/edit-command.types.ts'
import { RECORDING_KEYS } from '../composables/recording-keys.ts'
import { give } from '../base/given.ts'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
import { preferencesFileText, readPreferencesFile } from '../components/hotkeys/preferences-file.ts'
import type { StudioAction } from './action.ts'
import { conflictsOf } from './conflicts.ts'
import { editAction } from './edit-action-keys.ts'
import { useHotkeysStore } from './hotkeys-store.ts'

let bridge: FakeBridge
beforeEach(() => {
  bridge = new FakeBridge()
  const app = createApp({})
  give(app, { bridge, engine: new FakeEngine(), clock: new FakePageClock() })
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
})

const record: StudioAction = { id: 'record', group: 'recording', titleKey: 'record', defaultKeys: ['Alt+KeyR'], run: () => {} }
const mute: StudioAction = { id: 'mute', group: 'sound', titleKey: 'mute', run: () => {} }

describe('hotkeys', () => {
  it('are the usual ones until others are set, and can have none', async () => {
    const hotkeys = useHotkeysStore()
    expect(hotkeys.keysOf(record)).toEqual(['Alt+KeyR'])
    await hotkeys.setKeys(record, ['F9', 'F9', 'Mod+KeyR'])
    expect(hotkeys.keysOf(record)).toEqual(['F9', 'Mod+KeyR'])
    await hotkeys.setKeys(record, [])
    expect(hotkeys.keysOf(record)).toEqual([])
    expect(hotkeys.isChanged(record)).toBe(true)
    expect(bridge.preferences.state.hotkeys.keys).toEqual({ record: [] })
  })

  it('keeps nothing for an action that has its usual keys again', async () => {
    const hotkeys = useHotkeysStore()
    await hotkeys.setKeys(record, ['F9'])
    await hotkeys.setKeys(mute, ['F10'])
    await hotkeys.reset(record)
    expect(bridge.preferences.state.hotkeys.keys).toEqual({ mute: ['F10'] })
    await hotkeys.setGlobal(mute, true)
    expect(hotkeys.isGlobal(mute)).toBe(true)
    await hotkeys.resetAll()
    expect(bridge.preferences.state.hotkeys).toEqual({ keys: {}, global: [] })
  })

  it('says who shares a combination; what is selected comes before the whole window', async () => {
    const hotkeys = useHotkeysStore()
    await hotkeys.setKeys(mute, ['F9', 'Alt+KeyR'])
    const copy: StudioAction = { id: 'copy', group: 'editing', titleKey: 'copy', where: 'selection', defaultKeys: ['F9'], run: () => {} }
    const found = conflictsOf([record, mute, copy], hotkeys.keysOf)
    expect([...found]).toEqual([['record', [{ combination: 'Alt+KeyR', withId: 'mute' }]], ['mute', [{ combination: 'Alt+KeyR', withId: 'record' }]]])
  })

  it('goes into a file with the other settings and comes back; anything else is refused', async () => {
    const hotkeys = useHotkeysStore()
    await hotkeys.setKeys(mute, ['F10'])
    const kept = bridge.preferences.state
    const { layout: _display, ...others } = kept
    expect(readPreferencesFile(preferencesFileText(kept))).toEqual(others)
    for (const text of ['', '{}', '[]', 'null', '{"castwright":"settings","version":2,"preferences":{}}', '{"castwright":"settings","version":1,"preferences":{"theme":"pink"}}']) expect(readPreferencesFile(text), text).toBeNull()
  })
})

it('has no usual key twice among what can be done with what is selected, nor among recordings', () => {
  const actions = [...EDIT_COMMAND_IDS.map(editAction), ...Object.values(RECORDING_KEYS)].flatMap(({ defaultKeys }, index) => (index < EDIT_COMMAND_IDS.length ? defaultKeys.map((keys) => `selection ${keys}`) : defaultKeys.map((keys) => `anywhere ${keys}`)))
  expect(new Set(actions).size).toBe(actions.length)
})
