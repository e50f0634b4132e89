import { describe, expect, it } from 'vitest'
import { editing as en } from '../i18n/en/editing.ts'
import { editing as zh } from '../i18n/zh-CN/editing.ts'
import { editMenu } from '../components/preview/edit-menu.ts'
import { EDIT_COMMAND_IDS, EDIT_KEYS } from './edit-command.types.ts'
import type { EditCommand, EditCommandId } from './edit-command.types.ts'
import { keysText } from './edit-keys.ts'

const table = (enabled = true) =>
  new Map<EditCommandId, EditCommand>(EDIT_COMMAND_IDS.map((id) => [id, { id, enabled: () => enabled, run: () => {}, ...(EDIT_KEYS[id] && { keys: EDIT_KEYS[id] }) }]))

describe('keys', () => {
  it('stand for one command each', () => {
    const all = Object.values(EDIT_KEYS).flat()
    expect(new Set(all).size).toBe(all.length)
  })

  it('are written as on the keyboard', () => {
    expect(keysText('$mod+Shift+KeyC', false)).toBe('Ctrl+Shift+C')
    expect(keysText('$mod+Shift+BracketRight', true)).toBe('⌘⇧]')
    expect(keysText('Delete', false)).toBe('Del')
  })
})

describe('the menu', () => {
  it('has every command once, but for letting go of the selection', () => {
    const rows = editMenu(table(), (key) => key).flatMap((each) => each.entries ?? [each]).filter((each) => each.kind !== 'line')
    expect(rows.map((each) => each.id).toSorted()).toEqual(EDIT_COMMAND_IDS.filter((each) => each !== 'selectNone').toSorted())
    expect(rows.find((each) => each.id === 'group')?.keys).toMatch(/G$/)
  })

  it('has a text for each in both languages, and shows what cannot be done', () => {
    for (const id of EDIT_COMMAND_IDS) for (const texts of [en, zh]) expect(texts.editing.commands[id]).toBeTruthy()
    expect(editMenu(table(false), (key) => key)[0]?.disabled).toBe(true)
  })
})
