import type { watchdogs } from '@shared/contracts/watchdogs.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { WatchEvent } from '@shared/domain/watchdogs.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import { Topic } from '../rpc/topic.ts'
import type { Alarm, Remedies, Watchdog, WatchFacts } from './watchdog.ts'

export interface WatchKeeperParts {
  watchdogs: readonly Watchdog[]
  /** Asked only while a show is on. */
  facts: () => WatchFacts
  remedies: Remedies
  /** On air or being recorded. */
  isOn: () => boolean
  onBattery: (battery: { onBattery: boolean; percent: number }) => void
  /** Told of each event when it begins and when it is over, for the show's history and for notes to the user. */
  onEvent: (event: WatchEvent) => void
  clock: Pick<Clock, 'every' | 'now' | 'monotonicMs'>
  log: Logger
  newId: () => string
}

const LOOK_EVERY_MS = 500
/** A device takes up to this long to come back; then it is started once more. */
const RETRY_EVERY_MS = 10_000
const MAX_TRIES = 3
/** What was started again looks well until it has had the time to look bad again (the longest of the dogs' times, 5 s, and some). */
const MENDED_AFTER_MS = 7000
const MAX_HISTORY = 500

interface Lasting {
  event: WatchEvent
  watchdog: Watchdog
  tries: number
  triedAtMs: number
  /** Since when nothing is seen of it any more; null while something is. */
  calm: { wallMs: number; monotonicMs: number } | null
  ignored: boolean
}

/** Looks after the show while it is on: notices, mends what can be mended, and remembers. */
export class WatchKeeper {
  readonly active = new Topic<WatchEvent[]>([])
  readonly history = new Topic<WatchEvent[]>([])
  readonly #lasting = new Map<string, Lasting>()
  readonly #stop: () => void
  #on = false

  constructor(private readonly parts: WatchKeeperParts) {
    this.#stop = parts.clock.every(LOOK_EVERY_MS, () => this.look())
  }

  readonly handlers: Handlers<typeof watchdogs> = {
    ignore: ({ eventId }) => {
      const lasting = [...this.#lasting.values()].find(({ event }) => event.id === eventId)
      if (!lasting) throw new StudioError('not-found')
      lasting.ignored = true
      this.#tellActive()
    },
    battery: (battery) => void this.parts.onBattery(battery),
  }

  look(): void {
    const on = this.parts.isOn()
    if (on && !this.#on) this.history.set([])
    this.#on = on
    if (!on && this.#lasting.size === 0) return
    const facts = on ? this.parts.facts() : null
    const seen = new Set<string>()
    for (const watchdog of this.parts.watchdogs) {
      for (const alarm of facts ? watchdog.look(facts) : []) {
        const key = `${watchdog.name} ${alarm.sourceId ?? ''}`
        seen.add(key)
        const lasting = this.#lasting.get(key)
        if (alarm.momentary) this.#happened(watchdog, alarm)
        else if (lasting) this.#goesOn(lasting, alarm)
        else this.#begins(key, watchdog, alarm)
      }
    }
    for (const [key, lasting] of this.#lasting) if (!seen.has(key)) this.#seemsOver(key, lasting, on)
  }

  close(): void {
    this.#stop()
  }

  #begins(key: string, watchdog: Watchdog, alarm: Alarm): void {
    const event = this.#newEvent(watchdog, alarm, watchdog.remedy || watchdog.mendsItself ? 'trying' : 'none')
    const lasting: Lasting = { event, watchdog, tries: 0, triedAtMs: 0, calm: null, ignored: false }
    this.#lasting.set(key, lasting)
    this.parts.log.warn('a watchdog barks', { watchdog: watchdog.name, source: alarm.sourceId, evidence: alarm.evidence })
    this.#tell(event)
    this.#try(lasting, alarm)
  }

  #goesOn(lasting: Lasting, alarm: Alarm): void {
    lasting.calm = null
    const { watchdog, tries, triedAtMs, ignored, event } = lasting
    if (!watchdog.remedy || ignored || event.recovery === 'failed' || this.parts.clock.monotonicMs() - triedAtMs < RETRY_EVERY_MS) return
    if (tries < MAX_TRIES) return this.#try(lasting, alarm)
    lasting.event = { ...event, recovery: 'failed' }
    this.#tell(lasting.event)
  }

  /** A source that is broken for good is one event, not one for each time that it was started again. */
  #seemsOver(key: string, lasting: Lasting, on: boolean): void {
    const { clock } = this.parts
    const calm = (lasting.calm ??= { wallMs: clock.now(), monotonicMs: clock.monotonicMs() })
    if (!on || lasting.tries === 0 || clock.monotonicMs() - calm.monotonicMs >= MENDED_AFTER_MS) this.#isOver(key, lasting, calm.wallMs)
  }

  #isOver(key: string, { event, tries, watchdog }: Lasting, endedAtMs: number): void {
    this.#lasting.delete(key)
    this.parts.log.info('a watchdog is calm again', { watchdog: event.watchdog, source: event.sourceId })
    this.#tell({ ...event, endedAtMs, recovery: tries > 0 || watchdog.mendsItself ? 'mended' : 'by-itself' })
  }

  #happened(watchdog: Watchdog, alarm: Alarm): void {
    const event = this.#newEvent(watchdog, alarm, watchdog.remedy ? 'mended' : 'none')
    this.parts.log.warn('a watchdog barks', { watchdog: watchdog.name, params: alarm.params })
    watchdog.remedy?.(alarm, this.parts.remedies)
    this.#tell({ ...event, endedAtMs: event.beganAtMs })
  }

  #try(lasting: Lasting, alarm: Alarm): void {
    if (!lasting.watchdog.remedy) return
    lasting.tries++
    lasting.triedAtMs = this.parts.clock.monotonicMs()
    lasting.watchdog.remedy(alarm, this.parts.remedies)
  }

  #newEvent({ name, level }: Watchdog, { sourceId, params, evidence = '' }: Alarm, recovery: WatchEvent['recovery']): WatchEvent {
    return { id: this.parts.newId(), watchdog: name, level, sourceId, params, evidence: evidence.slice(0, 1000), beganAtMs: this.parts.clock.now(), endedAtMs: null, recovery }
  }

  #tell(event: WatchEvent): void {
    const others = this.history.value.filter(({ id }) => id !== event.id)
    this.history.set([...others, event].sort((a, b) => a.beganAtMs - b.beganAtMs).slice(-MAX_HISTORY))
    this.#tellActive()
    this.parts.onEvent(event)
  }

  #tellActive(): void {
    this.active.set([...this.#lasting.values()].filter(({ ignored }) => !ignored).map(({ event }) => event))
  }
}
