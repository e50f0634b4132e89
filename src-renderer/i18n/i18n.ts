import { createI18n } from 'vue-i18n'
import type { Preferences } from '@shared/contracts/studio.ts'

export type Language = Preferences['language']

/** Each language by its own name, so that it can be found by those who need it. */
export const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'zh-CN', label: '简体中文' },
]

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
const short = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const
const time = { hour: '2-digit', minute: '2-digit', hour12: false } as const
const day = { year: 'numeric', month: 'short', day: 'numeric' } as const
const datetimeFormats = { en: { clock, short, time, day }, 'zh-CN': { clock, short, time, day } }

/** Only the language in use is loaded. */
async function messagesOf(language: Language) {
  return language === 'zh-CN' ? (await import('./zh-CN/messages.ts')).default : (await import('./en/messages.ts')).default
}

function emptyI18n(language: Language) {
  return createI18n({ legacy: false, locale: language as string, missingWarn: import.meta.env.DEV, fallbackWarn: false, messages: {}, datetimeFormats })
}
export type StudioI18n = ReturnType<typeof emptyI18n>

export async function createStudioI18n(language: Language): Promise<StudioI18n> {
  const i18n = emptyI18n(language)
  await loadLanguage(i18n, language)
  return i18n
}

/** Switches the language of everything that is shown, once its texts are there and it is `stillWanted`. */
export async function loadLanguage(i18n: StudioI18n, language: Language, stillWanted = () => true): Promise<void> {
  const { global } = i18n
  if (!global.availableLocales.includes(language)) global.setLocaleMessage(language, await messagesOf(language))
  if (!stillWanted()) return
  global.locale.value = language
  if (typeof document !== 'undefined') document.documentElement.lang = language
}
