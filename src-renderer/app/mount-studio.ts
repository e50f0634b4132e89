import { createPinia } from 'pinia'
import { createApp } from 'vue'
import type { App } from 'vue'
import type { Preferences, StudioInfo } from '@shared/contracts/studio.ts'
import StudioApp from '../App.vue'
import { give } from '../base/given.ts'
import type { Given } from '../base/given.ts'
import '../design/tokens.css'
import '../design/contrast.css'
import '../design/base.css'
import '../design/controls.css'
import { showLook } from '../composables/appearance.ts'
import { createStudioI18n } from '../i18n/i18n.ts'
import { usePreferencesStore } from '../stores/preferences-store.ts'
import { useShowStore } from '../stores/show-store.ts'

/** Mounts the studio window once language and show are there, so that nothing flickers. */
export async function mountStudio(given: Given, info: StudioInfo, at: Element | string = '#app'): Promise<App> {
  const first = await firstPreferences(given)
  // What is seen before the first component decides by itself.
  showLook(first)
  const i18n = await createStudioI18n(first.language)
  const app = createApp(StudioApp, { i18n })
  give(app, given)
  app.use(createPinia())
  app.use(i18n)
  usePreferencesStore().info = info
  await useShowStore().load()
  app.mount(at)
  return app
}

function firstPreferences({ bridge }: Given): Promise<Preferences> {
  return new Promise((resolve) => {
    const stop = bridge.studio.watch('preferences', (preferences) => {
      resolve(preferences)
      // The first state may come before `watch` has returned.
      queueMicrotask(() => stop())
    })
  })
}
