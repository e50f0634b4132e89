import type { CheckAction, Finding } from '@shared/domain/diagnostics.ts'
import { DEFAULT_STRIP } from '@shared/domain/strip.ts'
import { useClock } from '../../base/given.ts'
import { changeStrip } from '../../show-editing/show-edits.ts'
import { useNavigationStore } from '../../stores/navigation-store.ts'
import { usePreflightStore } from '../../stores/preflight-store.ts'
import { useShowStore } from '../../stores/show-store.ts'
import { SETTINGS_TABS, useWindowStore } from '../../stores/window-store.ts'

/** What has a button beside a problem. */
export const FIXES = ['unmute', 'go-to-source', 'go-to-destination', 'go-to-settings', 'free-disk', 'again'] as const satisfies readonly CheckAction[]
export type Fix = (typeof FIXES)[number]

/** By then the dialog has given the focus back, ms. */
const FOCUS_BACK_MS = 50

/** The one thing that a button can do about a finding; null = nothing but what its advice says. */
export const fixOf = ({ actions = [] }: Pick<Finding, 'actions'>): Fix | null => FIXES.find((each) => actions.includes(each)) ?? null

/** Does what a problem's button promises: mends it and looks again, or leads to where it is mended. */
export function useFixes(): (fix: Fix, about: string | undefined) => void {
  const clock = useClock()
  const preflight = usePreflightStore()
  const shows = useShowStore()
  const navigation = useNavigationStore()
  const dialogs = useWindowStore()

  function unmute(sourceId: string): void {
    const { volumeDb } = shows.show?.strips[sourceId] ?? DEFAULT_STRIP
    shows.edit(changeStrip(sourceId, { muted: false, ...(volumeDb <= -100 && { volumeDb: 0 }) }))
    void preflight.check()
  }

  function leave(then: () => void): void {
    preflight.close()
    clock.after(FOCUS_BACK_MS, then)
  }

  function showSource(sourceId: string): void {
    shows.selectedId = shows.scene?.items.findLast((each) => each.sourceId === sourceId)?.id ?? sourceId
    within('source', sourceId, '.name')?.focus()
  }

  function editDestination(destinationId: string | undefined): void {
    const button = destinationId === undefined ? null : within('destination', destinationId, '.edit')
    // To where the focus comes back from the form.
    button?.focus()
    button?.click()
    if (!button) document.querySelector<HTMLElement>('[data-testid="add-destination"]')?.focus()
  }

  return (fix, about) => {
    if (fix === 'again') return void preflight.check()
    if (fix === 'unmute' && about !== undefined) return unmute(about)
    if (fix === 'go-to-settings') return leave(() => dialogs.openSettings(SETTINGS_TABS.find((tab) => tab === about)))
    navigation.show(fix === 'free-disk' ? 'recordings' : 'studio')
    leave(() => {
      if (fix === 'go-to-source' && about !== undefined) showSource(about)
      if (fix === 'go-to-destination') editDestination(about)
    })
  }
}

const within = (kind: 'source' | 'destination', id: string, part: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-${kind}="${CSS.escape(id)}"] ${part}`)
