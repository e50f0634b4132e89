import type { diagnostics, WantedCheck } from '@shared/contracts/diagnostics.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import type { Performing } from '@shared/diagnostics/diagnostic.ts'
import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import type { CheckDescription, DiagnosticOptions, Finding } from '@shared/domain/diagnostics.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { Topic } from '../rpc/topic.ts'

interface Asked {
  pageId: string
  options: DiagnosticOptions
  signal: AbortSignal
  progress: Performing['progress']
  found(finding: Finding): void
  failed(failure: StudioError): void
}

/** The checks that the page carries out, made to look like main's own. */
export class PageChecks {
  /** Part of the `diagnostics` contract. */
  readonly wanted = new Topic<WantedCheck[]>([])
  /** What the page there is now can check; empty without a page. */
  readonly known = new Topic<readonly CheckDescription[]>([])
  readonly #asked = new Map<string, Asked>()
  #pageId: string | null = null

  constructor(private readonly newId: () => string) {}

  /** The announced checks, runnable. */
  checks(): RunnableCheck[] {
    return this.known.value.map((described) => ({ ...described, perform: (given) => this.#ask(described.name, given) }))
  }

  handlersOf(pageId: string): Pick<Handlers<typeof diagnostics>, 'announce' | 'progress' | 'found'> {
    return {
      announce: ({ checks }) => {
        this.#pageId = pageId
        this.known.set(checks)
      },
      progress: ({ id, fraction, live }) => this.#of(pageId, id)?.progress(fraction, live),
      found: ({ id, finding }) => this.#of(pageId, id)?.found(finding),
    }
  }

  /** Its checks are nobody's now. */
  pageGone(pageId: string): void {
    for (const asked of this.#asked.values()) if (asked.pageId === pageId) asked.failed(new StudioError('page-gone'))
    if (this.#pageId !== pageId) return
    this.#pageId = null
    this.known.set([])
  }

  /** The signal of a check that this page carries out now with that test server. Throws `input-invalid` when there is none. */
  runsWith(pageId: string, testServer: string): AbortSignal {
    const asked = [...this.#asked.values()].find((each) => each.pageId === pageId && each.options.testServer === testServer)
    if (!asked) throw new StudioError('input-invalid', 'no check of this page uses that server')
    return asked.signal
  }

  #of(pageId: string, id: string): Asked | undefined {
    const asked = this.#asked.get(id)
    return asked?.pageId === pageId ? asked : undefined
  }

  async #ask(name: string, { options, signal, progress }: Performing): Promise<Finding> {
    const pageId = this.#pageId
    if (pageId === null) throw new StudioError('page-gone')
    signal.throwIfAborted()
    const id = this.newId()
    const { promise, resolve, reject } = Promise.withResolvers<Finding>()
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    this.#asked.set(id, { pageId, options, signal, progress, found: resolve, failed: reject })
    this.wanted.set([...this.wanted.value, { id, name, options }])
    try {
      return await promise
    } finally {
      signal.removeEventListener('abort', onAbort)
      this.#asked.delete(id)
      this.wanted.set(this.wanted.value.filter((each) => each.id !== id))
    }
  }
}
