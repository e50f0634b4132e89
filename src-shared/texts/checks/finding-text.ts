import type { Finding } from '../../domain/diagnostics.ts'
import { fillIn } from '../fill-in.ts'
import type { CheckText, FindingText } from './check-text.ts'
import { CHECKS_EN } from './checks.en.ts'
import { CHECKS_ZH_CN } from './checks.zh-CN.ts'
import { RUNNER_EN } from './runner.en.ts'
import { RUNNER_ZH_CN } from './runner.zh-CN.ts'

export type CheckLanguage = 'en' | 'zh-CN'

const CHECKS: Record<CheckLanguage, Readonly<Record<string, CheckText>>> = { en: CHECKS_EN, 'zh-CN': CHECKS_ZH_CN }
const RUNNER: Record<CheckLanguage, Readonly<Record<string, FindingText>>> = { en: RUNNER_EN, 'zh-CN': RUNNER_ZH_CN }

/** A check's question. A check of a newer Castwright, in a report from elsewhere, is called by its name. */
export const questionOf = (check: string, language: CheckLanguage): string => own(CHECKS[language], check)?.asks ?? check

/** What to say about a finding, its parameters put in. Of an unknown one: its code, and nothing to do. */
export function findingText(check: string, { code, params = {} }: Pick<Finding, 'code' | 'params'>, language: CheckLanguage): FindingText {
  const text = own(own(CHECKS[language], check)?.findings ?? {}, code) ?? own(RUNNER[language], code)
  if (!text) return { says: code, advice: '' }
  return { says: fillIn(text.says, params), advice: fillIn(text.advice, params) }
}

/** Never something of `Object.prototype`: names come from reports that anybody may have written. */
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined)
