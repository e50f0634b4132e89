import { onScopeDispose, ref, watch, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Preferences } from '@shared/contracts/studio.ts'
import { loadLanguage } from '../i18n/i18n.ts'
import type { StudioI18n } from '../i18n/i18n.ts'
import { usePreferencesStore } from '../stores/preferences-store.ts'

const asksFor = (query: string): boolean => matchMedia(query).matches
const DARK = '(prefers-color-scheme: dark)'
const CONTRAST = '(prefers-contrast: more)'
const MOTION = '(prefers-reduced-motion: reduce)'

/** Puts the look on the page's root, where the design system's values read it. What is left to the system is asked of it now. */
export function showLook({ theme, appearance }: Pick<Preferences, 'theme' | 'appearance'>, root: HTMLElement = document.documentElement): void {
  const { contrast, density, textPercent, motion } = appearance
  root.dataset['theme'] = theme === 'system' ? (asksFor(DARK) ? 'dark' : 'light') : theme
  root.dataset['contrast'] = contrast === 'more' || (contrast === 'system' && asksFor(CONTRAST)) ? 'more' : 'usual'
  root.dataset['density'] = density
  root.dataset['motion'] = motion === 'reduced' || asksFor(MOTION) ? 'reduced' : 'usual'
  root.style.fontSize = textPercent === 100 ? '' : `${textPercent}%`
}

/** Language and look follow the preferences, and the system's wishes, at once, without a restart. */
export function useAppearance(i18n: StudioI18n): void {
  const preferences = usePreferencesStore()
  const { t } = useI18n()
  const asked = ref(0)
  const askAgain = () => asked.value++
  const queries = [DARK, CONTRAST, MOTION].map((each) => matchMedia(each))
  for (const each of queries) each.addEventListener('change', askAgain)
  onScopeDispose(() => {
    for (const each of queries) each.removeEventListener('change', askAgain)
  })

  watch([() => preferences.current.theme, () => preferences.current.appearance, asked], () => showLook(preferences.current), { immediate: true })
  watch(
    () => preferences.current.language,
    (language) => loadLanguage(i18n, language, () => preferences.current.language === language),
    { immediate: true },
  )
  watchEffect(() => {
    document.title = t('app.name')
  })
}
