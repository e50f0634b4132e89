import type { WatchEvent } from '../domain/watchdogs.ts'
import { WATCHDOGS_EN, type WatchdogText } from './watchdogs.en.ts'
import { WATCHDOGS_ZH_CN } from './watchdogs.zh-CN.ts'

const TEXTS = { en: WATCHDOGS_EN, 'zh-CN': WATCHDOGS_ZH_CN } as const

/** What to say about an event, its parameters put in. */
export function watchdogSentence({ watchdog, params }: Pick<WatchEvent, 'watchdog' | 'params'>, language: keyof typeof TEXTS): WatchdogText {
  const { says, advice, over } = TEXTS[language][watchdog]
  const filled = (sentence: string): string => sentence.replace(/\{(\w+)\}/g, (whole, key: string) => String(Object.hasOwn(params, key) ? params[key] : whole))
  return { says: filled(says), advice: filled(advice), over: filled(over) }
}
