import type { BroadcastStatus } from '@shared/contracts/broadcast.ts'
import type { SourceKind, SourceStatus } from '@shared/domain/source.ts'
import type { Clock } from '../base/clock.ts'
import type { Watchable } from '../rpc/topic.ts'
import type { EventTime } from './event-time.ts'
import type { StudioEvent } from './studio-event.ts'

/** What a room knows as camera, audio and screen. */
export type Medium = 'camera' | 'audio' | 'screen'
const MEDIA: readonly Medium[] = ['camera', 'audio', 'screen']
const STARTED: Readonly<Record<Medium, 201 | 203 | 205>> = { camera: 201, audio: 203, screen: 205 }
const STOPPED: Readonly<Record<Medium, 202 | 204 | 206>> = { camera: 202, audio: 204, screen: 206 }

/**
 * Which media are on by what the sources say of themselves. One that is starting (again) keeps what it was: a page that
 * reloads takes its devices back within seconds, and nobody wants to hear of that. Pure.
 */
export function mediaOn(sources: readonly SourceStatus[], kindOf: (sourceId: string) => SourceKind | null, before: ReadonlySet<Medium>): Set<Medium> {
  const on = new Set<Medium>()
  for (const { sourceId, condition, hasAudio } of sources) {
    const kind = kindOf(sourceId)
    const media: Medium[] = kind === 'camera' || kind === 'screen' ? [kind] : []
    if (hasAudio || kind === 'microphone') media.push('audio')
    for (const medium of media) if (condition === 'active' || (condition === 'starting' && before.has(medium))) on.add(medium)
  }
  return on
}

export interface ShowNoticesParts {
  status: Watchable<BroadcastStatus>
  sources: Watchable<readonly SourceStatus[]>
  kindOf(sourceId: string): SourceKind | null
  clock: Pick<Clock, 'now'>
  time: EventTime
  emit(event: StudioEvent): void
  /** Kept, so that the next start knows of a show that was never left. */
  onAir(entered: boolean): void
}

/** The room is the show on air: it is made and entered with *Go live*, left and dismissed when every destination is idle again. */
export function watchShow(parts: ShowNoticesParts): () => void {
  const { status, sources, kindOf, clock, time, emit } = parts
  const now = () => time.next(clock.now())
  let entered = false
  let on = new Set<Medium>()
  const mediaChanged = (): void => {
    if (!entered) return
    const next = mediaOn(sources.value, kindOf, on)
    for (const medium of MEDIA) {
      if (next.has(medium) !== on.has(medium)) emit({ kind: 'media', type: next.has(medium) ? STARTED[medium] : STOPPED[medium], atMs: now() })
    }
    on = next
  }
  const unwatch = [
    status.watch(({ live }) => {
      if (live === entered) return
      entered = live
      if (live) {
        parts.onAir(true)
        emit({ kind: 'room', type: 101, atMs: now() })
        emit({ kind: 'room', type: 103, reason: 1, atMs: now() })
        mediaChanged()
        return
      }
      // It stands for the end of camera, audio and screen too.
      on = new Set()
      emitLeft({ emit, now }, 1)
      parts.onAir(false)
    }),
    sources.watch(mediaChanged),
  ]
  return () => unwatch.forEach((stop) => stop())
}

/** `reason` 2: the studio was gone without a word, and says so at its next start. */
export function emitLeft({ emit, now }: { emit(event: StudioEvent): void; now(): number }, reason: 1 | 2): void {
  emit({ kind: 'room', type: 104, reason, atMs: now() })
  emit({ kind: 'room', type: 102, atMs: now() })
}
