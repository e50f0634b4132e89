import { describe, expect, it } from 'vitest'
import { reasons } from '../domain/errors.ts'
import { REASONS_EN } from './reasons.en.ts'
import { REASONS_ZH_CN } from './reasons.zh-CN.ts'

/** Characters that the window's message format would read as syntax. */
const MESSAGE_SYNTAX = /[{}@|$]/

describe.each([
  ['en', REASONS_EN, /^[\x20-\x7e‘’“”…]+[.!]$/],
  ['zh-CN', REASONS_ZH_CN, /[\u4e00-\u9fff].*。$/],
] as const)('reason texts %s', (_language, texts, shape) => {
  it('has exactly the reasons of the list', () => {
    expect(Object.keys(texts).sort()).toEqual([...reasons].sort())
  })

  it.each([...reasons])('%s is one plain sentence with one thing to do', (reason) => {
    const { says, advice } = texts[reason]
    for (const sentence of [says, advice]) {
      expect(sentence).toMatch(shape)
      expect(sentence).not.toMatch(MESSAGE_SYNTAX)
      expect(sentence.length).toBeLessThan(160)
    }
    expect(says).not.toBe(advice)
  })
})

it('never says the same about two different reasons', () => {
  const all = reasons.map((each) => REASONS_EN[each].says)
  expect(new Set(all).size).toBe(all.length)
})
