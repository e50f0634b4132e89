import { ref } from 'vue'
import type { Display } from './projector.ts'

/** The part of the Window Management API that is used; TypeScript's DOM does not know it yet. */
interface ScreenDetails {
  screens: readonly { availLeft: number; availTop: number; availWidth: number; availHeight: number; label: string; isPrimary: boolean }[]
}
interface ScreenAware {
  getScreenDetails?(): Promise<ScreenDetails>
  screen: { isExtended?: boolean }
}

export interface NamedDisplay extends Display {
  label: string
}

/** The displays that windows can be put on, where the host tells them. Looking for them asks the user once. */
export function useDisplays(page: ScreenAware = window as unknown as ScreenAware) {
  const displays = ref<readonly NamedDisplay[]>([])
  /** Of `displays`; null = wherever the system puts a new window. */
  const chosen = ref<number | null>(null)

  async function look(): Promise<void> {
    const details = await page.getScreenDetails?.().catch(() => null)
    displays.value = (details?.screens ?? []).map(({ label, availLeft, availTop, availWidth, availHeight }) => ({ label, left: availLeft, top: availTop, width: availWidth, height: availHeight }))
    if (chosen.value !== null && chosen.value >= displays.value.length) chosen.value = null
  }

  return {
    displays,
    chosen,
    look,
    canLook: page.getScreenDetails !== undefined && page.screen.isExtended !== false,
    place: (): Display | null => (chosen.value === null ? null : (displays.value[chosen.value] ?? null)),
  }
}
