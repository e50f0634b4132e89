import { OUTPUT_STATES } from '@shared/domain/output.ts'
import type { OutputTold } from '../outputs/runner.ts'
import type { EventTime } from './event-time.ts'
import type { DestinationFacts, StudioEvent } from './studio-event.ts'

interface Push {
  destination: DestinationFacts
  taskId: string
  /** The change that was told last, and the time it was given. */
  changedAtMs: number
  state: OutputTold['state']
  toldAtMs: number
  /** While media flows. */
  sequence: string | null
}

export interface PushNoticesParts {
  factsOf(destinationId: string): DestinationFacts | null
  time: EventTime
  emit(event: StudioEvent): void
}

/** States in which a failure is what they are about; in the others it is history. */
const ABOUT_A_FAILURE = new Set<OutputTold['state']>(['connecting', 'recovering', 'failed'])

/** Turns what the outputs tell, at their pace, into states (room dialect) and into streams that start and break off (classic). */
export class PushNotices {
  readonly #pushes = new Map<string, Push>()

  constructor(private readonly parts: PushNoticesParts) {}

  told({ destinationId, state, changedAtMs, failure }: OutputTold): void {
    const before = this.#pushes.get(destinationId)
    // A destination that is removed while live still says its last words.
    const destination = this.parts.factsOf(destinationId) ?? before?.destination
    if (!destination) return
    const repeated = before?.state === state && before.changedAtMs === changedAtMs
    // Two changes may share a millisecond; listeners that order by time must still tell them apart.
    const atMs = repeated ? before.toldAtMs : this.parts.time.next(changedAtMs)
    const begins = !before || before.state === 'idle'
    const push: Push = {
      destination, state, changedAtMs, toldAtMs: atMs,
      taskId: begins ? `${destinationId}-${atMs}` : before.taskId,
      sequence: state === 'running' ? (before?.sequence ?? String(atMs)) : null,
    }
    const about = ABOUT_A_FAILURE.has(state) ? failure : null
    this.parts.emit({ kind: 'push-state', destination, taskId: push.taskId, status: OUTPUT_STATES[state], failure: about, atMs })
    const ended = before?.sequence && push.sequence === null ? before.sequence : null
    if (push.sequence !== null && before?.sequence !== push.sequence) this.parts.emit({ kind: 'stream', started: true, destination, sequence: push.sequence, failure: null, atMs })
    else if (ended) this.parts.emit({ kind: 'stream', started: false, destination, sequence: ended, failure: about, atMs })
    if (state === 'idle') this.#pushes.delete(destinationId)
    else this.#pushes.set(destinationId, push)
  }
}
