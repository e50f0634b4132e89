import { describe, expect, it } from 'vitest'
import { fakeElectron } from '../host/electron/fake-electron.ts'
import { ElectronKeys } from '../host/electron/global-keys.ts'
import { accelerator } from '../host/electron/accelerator.ts'
import { GlobalHotkeys } from './global-hotkeys.ts'

describe('global hotkeys', () => {
  it('asks Electron for exactly what is wanted, and says per key what it did not get', () => {
    const fake = fakeElectron()
    fake.takenShortcuts.add('CommandOrControl+Shift+B')
    const hotkeys = new GlobalHotkeys(new ElectronKeys(fake.api.globalShortcut, false))
    hotkeys.set(['Mod+Shift+KeyA', 'Mod+Shift+KeyB', 'Alt+Numpad3', '?', 'Mod+Shift+KeyA'])
    expect([...fake.shortcuts.keys()]).toEqual(['CommandOrControl+Shift+A', 'Alt+num3'])
    expect(hotkeys.topics.state.value).toEqual({ host: 'can', working: ['Mod+Shift+KeyA', 'Alt+Numpad3'], refused: ['Mod+Shift+KeyB', '?'] })

    // Whoever had it has gone, and one is no longer wanted.
    fake.takenShortcuts.clear()
    hotkeys.set(['Mod+Shift+KeyA', 'Mod+Shift+KeyB'])
    expect([...fake.shortcuts.keys()]).toEqual(['CommandOrControl+Shift+A', 'CommandOrControl+Shift+B'])
    expect(hotkeys.topics.state.value.refused).toEqual([])
  })

  it('tells of each press once, and gives everything back at the end', async () => {
    const fake = fakeElectron()
    const hotkeys = new GlobalHotkeys(new ElectronKeys(fake.api.globalShortcut, false))
    hotkeys.set(['F9'])
    const seen: unknown[] = []
    hotkeys.topics.pressed.watch((pressed) => seen.push(pressed))
    fake.shortcuts.get('F9')?.()
    fake.shortcuts.get('F9')?.()
    expect(seen).toEqual([{ combination: '', count: 0 }, { combination: 'F9', count: 1 }, { combination: 'F9', count: 2 }])
    await hotkeys.close()
    expect(fake.shortcuts.size).toBe(0)
  })

  it('refuses nothing where the host cannot: it says so', () => {
    const hotkeys = new GlobalHotkeys(null)
    hotkeys.set(['F9'])
    expect(hotkeys.topics.state.value).toEqual({ host: 'window-only', working: [], refused: [] })
    expect(new GlobalHotkeys(new ElectronKeys(fakeElectron().api.globalShortcut, true)).topics.state.value.host).toBe('portal')
  })
})

it.each([
  ['Mod+Shift+KeyA', 'CommandOrControl+Shift+A'], ['Ctrl+Alt+Digit1', 'Control+Alt+1'], ['Alt+ArrowUp', 'Alt+Up'], ['F24', 'F24'], ['Shift+BracketLeft', 'Shift+['],
  ['F25', null], ['IntlBackslash', null], ['?', null], ['Hyper+KeyA', null],
])('%s is %s to Electron', (keys, expected) => {
  expect(accelerator(keys)).toBe(expected)
})
