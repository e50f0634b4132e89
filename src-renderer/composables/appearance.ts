import { onScopeDispose, ref, watch, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import { loadLanguage } from '../i18n/i18n.ts'
import type { StudioI18n } from '../i18n/i18n.ts'
import { usePreferencesStore } from '../stores/preferences-store.ts'

/** Language and theme follow the preferences at once, without a restart. */
export function useAppearance(i18n: StudioI18n): void {
  const preferences = usePreferencesStore()
  const { t } = useI18n()
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const systemIsDark = ref(dark.matches)
  const follow = (event: MediaQueryListEvent) => (systemIsDark.value = event.matches)
  dark.addEventListener('change', follow)
  onScopeDispose(() => dark.removeEventListener('change', follow))

  watchEffect(() => {
    const { theme } = preferences.current
    document.documentElement.dataset.theme = theme === 'system' ? (systemIsDark.value ? 'dark' : 'light') : theme
  })
  watch(
    () => preferences.current.language,
    (language) => loadLanguage(i18n, language, () => preferences.current.language === language),
    { immediate: true },
  )
  watchEffect(() => {
    document.title = t('app.name')
  })
}
