import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { PreflightReport } from '@shared/contracts/preflight.ts'
import type { CheckState } from '@shared/domain/diagnostics.ts'
import { useBridge, useClock } from '../base/given.ts'
import { useBroadcastStore } from './broadcast-store.ts'
import { usePreferencesStore } from './preferences-store.ts'
import { useShowStore } from './show-store.ts'

/** Main answers within 2 s; if it does not, nobody is kept from going live, ms. */
export const NO_ANSWER_AFTER_MS = 2500

/** The look before a show: asked for by *Go live*, or by itself. Only warnings and failures stand in the way, and only until the user says so. */
export const usePreflightStore = defineStore('preflight', () => {
  const bridge = useBridge()
  const clock = useClock()
  const broadcast = useBroadcastStore()
  const preferences = usePreferencesStore()
  const shows = useShowStore()
  const checking = ref(false)
  /** The dialog with what was found. */
  const open = ref(false)
  const report = shallowRef<PreflightReport | null>(null)
  /** The latest look; what an earlier one finds is of no use any more. */
  let latest = 0

  const problems = computed(() => problemsOf(report.value))
  const others = computed(() => report.value?.checks.filter((each) => !problems.value.includes(each)) ?? [])
  /** Whether *Go live* looks first. */
  const wanted = computed({ get: () => preferences.current.checkFirst !== false, set: (checkFirst) => void preferences.change({ checkFirst }) })

  /** `superseded`: another look, or the user, came in between. null: main did not answer. */
  async function look(): Promise<PreflightReport | null | 'superseded'> {
    const mine = ++latest
    checking.value = true
    // What is looked at is the show as it is here.
    shows.flush()
    const { promise: late, resolve } = Promise.withResolvers<null>()
    const callOff = clock.after(NO_ANSWER_AFTER_MS, () => resolve(null))
    const found = await Promise.race([bridge.preflight.check({}).catch(() => null), late])
    callOff()
    if (mine !== latest) return 'superseded'
    checking.value = false
    return found
  }

  function close(): void {
    latest++
    checking.value = false
    open.value = false
  }

  /** *Go live*: at once where nothing is wrong, or nobody wants to know. */
  async function goLive(): Promise<void> {
    if (checking.value) return
    if (!wanted.value) return broadcast.goLive()
    const found = await look()
    if (found === 'superseded' || broadcast.status.live) return
    if (problemsOf(found).length === 0) return broadcast.goLive()
    report.value = found
    open.value = true
  }

  /** Without waiting for what is still being looked at, and in spite of what was found. */
  async function goLiveAnyway(): Promise<void> {
    close()
    await broadcast.goLive()
  }

  /** Looks without going live, whatever it finds. */
  async function check(): Promise<void> {
    if (!open.value) report.value = null
    open.value = true
    const found = await look()
    if (found !== 'superseded') report.value = found
  }

  return { checking, open, report, problems, others, wanted, goLive, goLiveAnyway, check, close }
})

/** What is worth a question, failures first. What could not be looked at, or does not matter here, is not. */
function problemsOf(report: PreflightReport | null): CheckState[] {
  const of = (wanted: CheckState['status']) => report?.checks.filter(({ status }) => status === wanted) ?? []
  return [...of('fail'), ...of('warn')]
}
