import { computed } from 'vue'
import { usePreferencesStore } from '../../stores/preferences-store.ts'

/** Loudness to aim at, LUFS: streaming services, podcasts, broadcasters (EBU R128). */
export const LOUDNESS_TARGETS = [-14, -16, -23] as const
export type LoudnessTarget = (typeof LOUDNESS_TARGETS)[number]

interface DeskPreferences {
  /** Empty = the system's default. */
  monitorDeviceId: string
  monitorVolumeDb: number
  loudnessShown: boolean
  loudnessTarget: LoudnessTarget
}

const USUAL: DeskPreferences = { monitorDeviceId: '', monitorVolumeDb: 0, loudnessShown: false, loudnessTarget: -14 }

/** What belongs to this desk and not to the show; kept among the layout's preferences, of which main knows nothing. */
export function useDeskPreferences() {
  const preferences = usePreferencesStore()
  const desk = computed((): DeskPreferences => read(preferences.current.layout['desk']))
  const change = (patch: Partial<DeskPreferences>): Promise<void> =>
    preferences.change({ layout: { ...preferences.current.layout, desk: { ...desk.value, ...patch } } })
  return { desk, change }
}

/** Whatever was kept, each part that makes no sense as it usually is. */
export function read(kept: unknown): DeskPreferences {
  const { monitorDeviceId, monitorVolumeDb, loudnessShown, loudnessTarget } = (typeof kept === 'object' ? (kept ?? {}) : {}) as Record<string, unknown>
  return {
    monitorDeviceId: typeof monitorDeviceId === 'string' ? monitorDeviceId : USUAL.monitorDeviceId,
    monitorVolumeDb: typeof monitorVolumeDb === 'number' && Number.isFinite(monitorVolumeDb) ? Math.min(20, Math.max(-100, monitorVolumeDb)) : USUAL.monitorVolumeDb,
    loudnessShown: loudnessShown === true,
    loudnessTarget: LOUDNESS_TARGETS.find((each) => each === loudnessTarget) ?? USUAL.loudnessTarget,
  }
}
