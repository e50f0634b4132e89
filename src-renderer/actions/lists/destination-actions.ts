import { useNavigationStore } from '../../stores/navigation-store.ts'
import { useDestinationsStore } from '../../stores/destinations-store.ts'
import { useBroadcastStore } from '../../stores/broadcast-store.ts'
import type { ActionList, StudioAction } from '../action.ts'

/** Where the show goes. */
export const destinationActions: ActionList = () => {
  const destinations = useDestinationsStore()
  const broadcast = useBroadcastStore()
  const navigation = useNavigationStore()
  function openForm(): void {
    navigation.show('studio')
    const button = document.querySelector<HTMLElement>('[data-testid="add-destination"]')
    // To where the focus comes back from the form.
    button?.focus()
    button?.click()
  }
  return () => [
    { id: 'destination:add', group: 'destinations', titleKey: 'actions.addDestination', run: openForm },
    ...destinations.list.map(({ id, name, kind, enabled }): StudioAction => ({
      id: `destination:toggle:${id}`, group: 'destinations', paletteFirst: true, titleKey: enabled ? 'actions.switchOff' : 'actions.switchOn',
      titleValues: (say) => ({ name: kind === 'rehearsal' ? say('destinations.rehearsal') : name }), run: () => void destinations.setEnabled(id, !enabled),
    })),
    ...destinations.list.filter(({ id }) => broadcast.statusOf.get(id)?.state === 'recovering').map(({ id, name }): StudioAction => ({
      id: `destination:retry:${id}`, group: 'destinations', paletteFirst: true, titleKey: 'actions.retry', titleValues: () => ({ name }), run: () => void broadcast.retryNow(id),
    })),
  ]
}
