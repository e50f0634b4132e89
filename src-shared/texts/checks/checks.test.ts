import { describe, expect, it } from 'vitest'
import type { CheckText } from './check-text.ts'
import { CHECKS_EN } from './checks.en.ts'
import { CHECKS_ZH_CN } from './checks.zh-CN.ts'
import { findingText, questionOf } from './finding-text.ts'
import { RUNNER_EN } from './runner.en.ts'

const EN: Readonly<Record<string, CheckText>> = CHECKS_EN
const ZH: Readonly<Record<string, CheckText>> = CHECKS_ZH_CN
const placeholders = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort()

describe.each(Object.keys(EN))('%s', (name) => {
  const [en, zh] = [EN[name]!, ZH[name]!]

  it('is a question in both languages', () => {
    expect(en.asks).toMatch(/^[A-Z].*\?$/)
    expect(zh.asks).toMatch(/[\u4e00-\u9fff].*？$/)
  })

  it('has the same findings in both languages, none of them the runner’s', () => {
    expect(Object.keys(zh.findings).sort()).toEqual(Object.keys(en.findings).sort())
    expect(Object.keys(en.findings).filter((code) => code in RUNNER_EN)).toEqual([])
  })

  it.each(Object.keys(en.findings))('%s is said plainly, with the same figures', (code) => {
    const [english, chinese] = [en.findings[code]!, zh.findings[code]!]
    expect(english.says).toMatch(/^[A-Z{‘“].*[.!]$/)
    expect(chinese.says).toMatch(/.*[。！]$/)
    expect(english.advice === '').toBe(chinese.advice === '')
    expect(placeholders(chinese.says)).toEqual(placeholders(english.says))
    for (const sentence of [english.says, english.advice, chinese.says, chinese.advice]) expect(sentence.length).toBeLessThan(220)
  })
})

describe('findingText', () => {
  it('puts the parameters in', () => {
    expect(findingText('system.disk', { code: 'little', params: { freeGb: 3 } }, 'en').says).toContain('3 GB')
  })
  it('names what it does not know, and finds nothing in what every object has', () => {
    expect(questionOf('constructor', 'en')).toBe('constructor')
    expect(findingText('system.disk', { code: 'toString' }, 'zh-CN')).toEqual({ says: 'toString', advice: '' })
  })
  it('knows what the runner says', () => {
    expect(findingText('anything', { code: 'timed-out' }, 'en')).toEqual(RUNNER_EN['timed-out'])
  })
})
