import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { createApp } from 'vue'
import { editAction } from '../actions/edit-action-keys.ts'
import { useHotkeysStore } from '../actions/hotkeys-store.ts'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { give } from '../base/given.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
import { editing as en } from '../i18n/en/editing.ts'
import { editing as zh } from '../i18n/zh-CN/editing.ts'
import { editMenu } from '../components/preview/edit-menu.ts'
import { EDIT_COMMAND_IDS, EDIT_KEYS } from './edit-command.types.ts'
import type { EditCommand, EditCommandId } from './edit-command.types.ts'
import { useShownEditKeys } from './edit-keys.ts'

const table = (enabled = true) =>
  new Map<EditCommandId, EditCommand>(EDIT_COMMAND_IDS.map((id) => [id, { id, enabled: () => enabled, run: () => {}, ...(EDIT_KEYS[id] && { keys: EDIT_KEYS[id] }) }]))

describe('keys', () => {
  it('stand for one command each', () => {
    const all = Object.values(EDIT_KEYS).flat()
    expect(new Set(all).size).toBe(all.length)
  })
})

const noKeys = () => ''

describe('the menu', () => {
  it('shows the keys that the user has set, and none where there are none', async () => {
    const app = createApp({})
    give(app, { bridge: new FakeBridge(), engine: new FakeEngine(), clock: new FakePageClock() })
    const pinia = createPinia()
    app.use(pinia)
    setActivePinia(pinia)
    await useHotkeysStore().setKeys(editAction('copy'), ['F9'])
    await useHotkeysStore().setKeys(editAction('paste'), [])
    const rows = new Map(editMenu(table(), useShownEditKeys(), (key) => key).map((each) => [each.id, each.keys]))
    expect(rows.get('copy')).toBe('F9')
    expect(rows.get('paste')).toBeUndefined()
    expect(rows.get('group')).toMatch(/G$/)
  })

  it('has every command once, but for letting go of the selection', () => {
    const rows = editMenu(table(), noKeys, (key) => key).flatMap((each) => each.entries ?? [each]).filter((each) => each.kind !== 'line')
    expect(rows.map((each) => each.id).toSorted()).toEqual(EDIT_COMMAND_IDS.filter((each) => each !== 'selectNone').toSorted())
  })

  it('has a text for each in both languages, and shows what cannot be done', () => {
    for (const id of EDIT_COMMAND_IDS) for (const texts of [en, zh]) expect(texts.editing.commands[id]).toBeTruthy()
    expect(editMenu(table(false), noKeys, (key) => key)[0]?.disabled).toBe(true)
  })
})
