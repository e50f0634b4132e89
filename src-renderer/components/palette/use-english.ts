import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Say } from '../../actions/action.ts'

/** Says texts in English whatever the window's language is, once they are there; until then in the window's. */
export function useEnglish(): Readonly<ShallowRef<Say>> {
  const { t, availableLocales, setLocaleMessage } = useI18n({ useScope: 'global' })
  const inEnglish: Say = (key, values = {}) => t(key, values, { locale: 'en' })
  const say = shallowRef<Say>(availableLocales.includes('en') ? inEnglish : t)
  if (!availableLocales.includes('en')) {
    void import('../../i18n/en/messages.ts').then(({ default: messages }) => {
      setLocaleMessage('en', messages)
      say.value = inEnglish
    })
  }
  return say
}
