import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CheckDescription, CheckState, DiagnosticOptions, DiagnosticRun, Finding } from '@shared/domain/diagnostics.ts'
import type { WatchedLine } from '@shared/domain/network-line.ts'
import { useBridge } from '../base/given.ts'
import { wantedUpKbps } from '@shared/domain/wanted-line.ts'
import { useBroadcastStore } from './broadcast-store.ts'
import { useDestinationsStore } from './destinations-store.ts'
import { useNoticesStore } from './notices-store.ts'

export const DIAGNOSTICS_TABS = ['guide', 'checks', 'report'] as const
export type DiagnosticsTab = (typeof DIAGNOSTICS_TABS)[number]

/** What is checked, and with which devices. Made when the diagnostics are first looked at. */
export const useDiagnosticsStore = defineStore('diagnostics', () => {
  const bridge = useBridge()
  const notices = useNoticesStore()
  const broadcast = useBroadcastStore()
  const destinations = useDestinationsStore()
  const tab = ref<DiagnosticsTab>('guide')
  /** Shown step of the guide. */
  const stepId = ref('connection')
  const checks = shallowRef<readonly CheckDescription[]>([])
  const run = shallowRef<DiagnosticRun>({ runId: null, running: false, startedAtMs: null, checks: [] })
  /** What is known of each check: main keeps one run, the guide makes one per step. */
  const states = shallowRef<ReadonlyMap<string, CheckState>>(new Map())
  const line = shallowRef<WatchedLine>({ watching: false, to: '', by: 'datagrams', points: [] })
  /** Devices, the test server, and what the user has agreed to; for as long as the window is open, since the server's address holds a token. */
  const options = ref<DiagnosticOptions>({})
  /** What was asked for during a show, until the user says yes. */
  const heldBack = shallowRef<readonly string[] | null>(null)
  const all = computed(() => checks.value.map(({ name, group }): CheckState => states.value.get(name) ?? { name, group, status: 'pending', progress: 0, finding: null, startedAtMs: null, durationMs: null }))

  bridge.diagnostics.watch('checks', (next) => {
    checks.value = next
  })
  bridge.diagnostics.watch('run', (next) => {
    // What was still to be done when another run took its place was not done.
    const kept = [...states.value].filter(([, { status }]) => next.runId === run.value.runId || (status !== 'running' && status !== 'pending'))
    states.value = new Map([...kept, ...next.checks.map((each) => [each.name, each] as const)])
    run.value = next
  })
  bridge.diagnostics.watch('line', (next) => {
    line.value = next
  })

  const known = (names: readonly string[]): string[] => names.filter((name) => checks.value.some((each) => each.name === name || `group:${each.group}` === name))

  /** Runs what there is of these; during a show the user is asked first. */
  async function start(names: readonly string[]): Promise<void> {
    if (broadcast.status.live) heldBack.value = names
    else await begin(names)
  }

  async function startAnyway(): Promise<void> {
    const names = heldBack.value ?? []
    heldBack.value = null
    await begin(names, ['while-live'])
  }

  async function begin(names: readonly string[], alsoAgreed: NonNullable<DiagnosticOptions['agreed']> = []): Promise<void> {
    const asked = known(names)
    if (asked.length === 0) return
    const expectedUpKbps = wantedUpKbps(broadcast.status.encoding, destinations.enabled)
    await notices.guard(() => bridge.diagnostics.run({ checks: asked, options: { ...options.value, ...(expectedUpKbps > 0 && { expectedUpKbps }), agreed: [...(options.value.agreed ?? []), ...alsoAgreed] } }))
  }

  const cancel = () => notices.guard(() => bridge.diagnostics.cancel({}))
  const answer = (check: string, finding: Finding) => notices.guard(() => bridge.diagnostics.answer({ check, finding }))
  const watchLine = (destinationId: string | null) =>
    notices.guard(() => bridge.diagnostics.watchLine(destinationId === null ? { testServer: options.value.testServer ?? '' } : { destinationId }))
  const stopWatching = () => notices.guard(() => bridge.diagnostics.stopWatching({}))
  /** Agrees to something, or takes it back. */
  function agree(to: 'public-push' | 'public-service', yes: boolean): void {
    const others = (options.value.agreed ?? []).filter((each) => each !== to)
    options.value = { ...options.value, agreed: yes ? [...others, to] : others }
  }

  return { tab, stepId, checks, run, states, all, line, options, heldBack, start, startAnyway, cancel, answer, watchLine, stopWatching, agree }
})
