import { describe, expect, it } from 'vitest'
import { combinationsOf, combinationText, isFunctionKey } from './combination.ts'
import type { KeyPress } from './combination.ts'

const press = (code: string, key: string, more: Partial<KeyPress> & { altGraph?: boolean } = {}): KeyPress => ({
  code, key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, isComposing: false, getModifierState: (name) => name === 'AltGraph' && more.altGraph === true, ...more,
})

describe('a press', () => {
  it('is named by its place, whatever the layout types there', () => {
    // The key left of X on a German keyboard types Y; in Russian the key of A types Ф.
    expect(combinationsOf(press('KeyZ', 'y', { ctrlKey: true }), false)).toEqual(['Mod+KeyZ'])
    expect(combinationsOf(press('KeyA', 'ф', { ctrlKey: true, shiftKey: true }), false)).toEqual(['Mod+Shift+KeyA'])
    expect(combinationsOf(press('F9', 'F9'), false)).toEqual(['F9'])
  })

  it('is also named by the sign that it types: ? is elsewhere on every keyboard', () => {
    expect(combinationsOf(press('Slash', '?', { shiftKey: true }), false)).toEqual(['Shift+Slash', '?'])
    expect(combinationsOf(press('Minus', '?', { shiftKey: true }), false)).toEqual(['Shift+Minus', '?'])
  })

  it('means Command on a Mac where it means Ctrl elsewhere', () => {
    expect(combinationsOf(press('KeyK', 'k', { metaKey: true }), true)).toEqual(['Mod+KeyK'])
    expect(combinationsOf(press('KeyK', 'k', { ctrlKey: true, altKey: true }), true)).toEqual(['Ctrl+Alt+KeyK'])
    expect(combinationsOf(press('KeyK', 'k', { metaKey: true }), false)).toEqual(['Meta+KeyK'])
  })

  it('is nothing for modifiers alone, AltGr, and what an input method composes', () => {
    expect(combinationsOf(press('ShiftLeft', 'Shift', { shiftKey: true }), false)).toEqual([])
    expect(combinationsOf(press('KeyQ', '@', { ctrlKey: true, altKey: true, altGraph: true }), false)).toEqual([])
    expect(combinationsOf(press('KeyA', 'a', { isComposing: true }), false)).toEqual([])
  })
})

it('is written as on the keyboard', () => {
  expect(combinationText('Mod+Shift+KeyC', new Map(), false)).toBe('Ctrl+Shift+C')
  expect(combinationText('Mod+Shift+KeyC', new Map(), true)).toBe('⇧⌘C')
  expect(combinationText('Mod+KeyZ', new Map([['KeyZ', 'y']]), false)).toBe('Ctrl+Y')
  expect(['Alt+Digit1', 'Numpad7', 'Mod+BracketRight', '?', 'F24'].map((each) => combinationText(each, new Map(), false))).toEqual(['Alt+1', 'Num 7', 'Ctrl+]', '?', 'F24'])
})

it('knows the keys that write nothing', () => {
  expect(['F1', 'Shift+F6', 'F24'].every(isFunctionKey)).toBe(true)
  expect(['KeyF', 'Mod+KeyF', 'Digit1', '?', 'Enter'].some(isFunctionKey)).toBe(false)
})
