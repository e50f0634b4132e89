import type { WatchEvent } from '../domain/watchdogs.ts'
import { fillIn } from './fill-in.ts'
import { WATCHDOGS_EN, type WatchdogText } from './watchdogs.en.ts'
import { WATCHDOGS_ZH_CN } from './watchdogs.zh-CN.ts'

const TEXTS = { en: WATCHDOGS_EN, 'zh-CN': WATCHDOGS_ZH_CN } as const

/** What to say about an event, its parameters put in. */
export function watchdogSentence({ watchdog, params }: Pick<WatchEvent, 'watchdog' | 'params'>, language: keyof typeof TEXTS): WatchdogText {
  const { says, advice, over } = TEXTS[language][watchdog]
  return { says: fillIn(says, params), advice: fillIn(advice, params), over: fillIn(over, params) }
}
