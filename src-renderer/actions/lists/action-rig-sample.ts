import { createPinia } from 'pinia'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import type { Show } from '@shared/domain/show.ts'
import { FakePageClock } from '../../base/fake-page-clock.ts'
import { give } from '../../base/given.ts'
import { FakeBridge } from '../../dev/fake-bridge.ts'
import { FakeEngine } from '../../dev/fake-engine.ts'
import { createStudioI18n } from '../../i18n/i18n.ts'
import { useBroadcastStore } from '../../stores/broadcast-store.ts'
import { useShowStore } from '../../stores/show-store.ts'
import { useWindowStore } from '../../stores/window-store.ts'
import { isEnabled } from '../action.ts'
import type { ActionList } from '../action.ts'

/** A list of actions as a window without a page has it, with this show open; for tests. */
export async function openedList(actions: ActionList, show: Show) {
  const clock = new FakePageClock()
  const bridge = new FakeBridge({ show })
  let list: ReturnType<ActionList> = () => []
  const app = createSSRApp({
    setup() {
      list = actions()
      return () => null
    },
  })
  give(app, { bridge, engine: new FakeEngine(), clock })
  const pinia = createPinia()
  app.use(pinia).use(await createStudioI18n('en'))
  await renderToString(app)
  const shows = useShowStore(pinia)
  await shows.load()
  /** The action, while it can be done. */
  const possible = (id: string) => list().find((each) => each.id === id && isEnabled(each))
  return { clock, bridge, shows, dialogs: useWindowStore(pinia), broadcast: useBroadcastStore(pinia), ids: () => list().map((each) => each.id), possible, run: (id: string) => possible(id)?.run?.() }
}
