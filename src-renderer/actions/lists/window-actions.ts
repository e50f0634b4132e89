import { LANGUAGES } from '../../i18n/i18n.ts'
import { PAGES, useNavigationStore } from '../../stores/navigation-store.ts'
import { usePreferencesStore } from '../../stores/preferences-store.ts'
import { SETTINGS_TABS, useWindowStore } from '../../stores/window-store.ts'
import { usePanels } from '../../composables/panels.ts'
import { cycleDocks } from '../cycle-docks.ts'
import type { ActionList, StudioAction } from '../action.ts'

/** Sizes of text that one step leads to, percent. */
const TEXT_SIZES = [100, 125, 150, 175, 200]

/** The window itself: pages, panels, looks, and help with keys. */
export const windowActions: ActionList = () => {
  const navigation = useNavigationStore()
  const preferences = usePreferencesStore()
  const dialogs = useWindowStore()
  const panels = usePanels()
  const look = (change: Partial<typeof preferences.current.appearance>) => void preferences.change({ appearance: { ...preferences.current.appearance, ...change } })
  const textPercent = () => preferences.current.appearance.textPercent
  const larger = () => TEXT_SIZES.find((each) => each > textPercent())
  const smaller = () => TEXT_SIZES.findLast((each) => each < textPercent())

  const pages = PAGES.map((page, index): StudioAction => ({
    id: `window:page:${page}`, group: 'window', titleKey: 'actions.page', titleValues: (say) => ({ name: say(`pages.${page}`) }), defaultKeys: [`Alt+Digit${index + 1}`], run: () => navigation.show(page),
  }))
  const settings = SETTINGS_TABS.map((tab): StudioAction => ({
    id: `window:settings:${tab}`, group: 'window', paletteFirst: true, titleKey: 'actions.settingsTab', titleValues: (say) => ({ name: say(`settings.tabs.${tab}`) }), run: () => dialogs.openSettings(tab),
  }))
  const themes = (['dark', 'light', 'system'] as const).map((theme): StudioAction => ({
    id: `window:theme:${theme}`, group: 'window', paletteFirst: true, titleKey: 'actions.theme', titleValues: (say) => ({ name: say(`settings.themes.${theme}`) }), run: () => void preferences.change({ theme }),
  }))
  const languages = LANGUAGES.map(({ value, label }): StudioAction => ({
    id: `window:language:${value}`, group: 'window', paletteFirst: true, titleKey: 'actions.language', titleValues: () => ({ name: label }), run: () => void preferences.change({ language: value }),
  }))

  return () => [
    { id: 'window:palette', group: 'window', titleKey: 'actions.palette', defaultKeys: ['Mod+KeyK', 'Mod+Shift+KeyP'], run: () => void (dialogs.dialog = 'palette') },
    { id: 'window:keys', group: 'window', titleKey: 'actions.keys', defaultKeys: ['F1', '?'], run: () => void (dialogs.dialog = 'keys') },
    { id: 'window:logs', group: 'window', titleKey: 'logs.title', run: () => void (dialogs.dialog = 'logs') },
    { id: 'window:settings', group: 'window', titleKey: 'settings.title', defaultKeys: ['Mod+Comma'], run: () => dialogs.openSettings() },
    { id: 'window:next-panel', group: 'window', titleKey: 'actions.nextPanel', defaultKeys: ['F6'], repeats: true, run: () => cycleDocks(1) },
    { id: 'window:previous-panel', group: 'window', titleKey: 'actions.previousPanel', defaultKeys: ['Shift+F6'], repeats: true, run: () => cycleDocks(-1) },
    ...pages,
    ...panels.ids.map((id): StudioAction => ({
      id: `window:panel:${id}`, group: 'window', paletteFirst: true, titleKey: panels.isShown(id) ? 'actions.hidePanel' : 'actions.showPanel', titleValues: (say) => ({ name: say(panels.titleKeyOf(id)) }),
      run: () => panels.show(id, !panels.isShown(id)),
    })),
    { id: 'window:reset-panels', group: 'window', paletteFirst: true, titleKey: 'view.reset', run: panels.reset },
    ...settings, ...themes, ...languages,
    { id: 'window:text-larger', group: 'window', titleKey: 'actions.textLarger', enabled: () => larger() !== undefined, run: () => look({ textPercent: larger() ?? 200 }) },
    { id: 'window:text-smaller', group: 'window', titleKey: 'actions.textSmaller', enabled: () => smaller() !== undefined, run: () => look({ textPercent: smaller() ?? 100 }) },
    {
      id: 'window:contrast', group: 'window', titleKey: 'actions.contrast', run: () => look({ contrast: document.documentElement.dataset['contrast'] === 'more' ? 'usual' : 'more' }),
    },
    {
      id: 'window:density', group: 'window', titleKey: 'actions.density', run: () => look({ density: preferences.current.appearance.density === 'compact' ? 'comfortable' : 'compact' }),
    },
  ]
}
