import type { diagnostics, WantedCheck } from '@shared/contracts/diagnostics.ts'
import type { Client } from '@shared/contracts/service.ts'
import type { DiagnosticClock } from '@shared/diagnostics/diagnostic.ts'
import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import { StudioError } from '@shared/domain/errors.ts'

export type DiagnosticsLink = Pick<Client<typeof diagnostics>, 'announce' | 'progress' | 'found'> & {
  watch(topic: 'wanted', handler: (wanted: WantedCheck[]) => void): () => void
}

const silent = { info() {}, warn() {} }

/** Says what the page can check, and carries out what main wants of it until called off. Returns how to stop. */
export function followDiagnostics({ link, checks, clock }: { link: DiagnosticsLink; checks: readonly RunnableCheck[]; clock: DiagnosticClock }): () => void {
  const running = new Map<string, AbortController>()

  async function perform(check: RunnableCheck, { id, options }: WantedCheck, signal: AbortSignal): Promise<void> {
    const finding = await check
      .perform({
        log: silent, clock, options, signal,
        progress: (fraction, live) => void (signal.aborted || link.progress({ id, fraction, ...(live && { live }) }).catch(() => {})),
      })
      .catch((thrown: unknown) => {
        const { reason, evidence } = StudioError.from(thrown)
        return { status: 'error' as const, code: 'failed', evidence: `${reason}${evidence ? `: ${evidence}` : ''}`.slice(0, 2000) }
      })
    running.delete(id)
    // A check that was called off in between is nobody's; a page that main has left has nobody to tell.
    if (!signal.aborted) await link.found({ id, finding }).catch(() => {})
  }

  void link.announce({ checks: checks.map(({ name, group, uses, timeoutMs }) => ({ name, group, uses, timeoutMs })) }).catch(() => {})
  const unwatch = link.watch('wanted', (wanted) => {
    const ids = new Set(wanted.map(({ id }) => id))
    for (const [id, ending] of running) {
      if (ids.has(id)) continue
      ending.abort(new StudioError('stopped'))
      running.delete(id)
    }
    for (const each of wanted) {
      const check = checks.find(({ name }) => name === each.name)
      if (!check || running.has(each.id)) continue
      const ending = new AbortController()
      running.set(each.id, ending)
      void perform(check, each, ending.signal)
    }
  })
  return () => {
    unwatch()
    for (const ending of running.values()) ending.abort(new StudioError('stopped'))
    running.clear()
  }
}
