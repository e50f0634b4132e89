import { randomUUID } from 'node:crypto'
import { networkInterfaces, uptime } from 'node:os'
import { mixOf } from '@shared/domain/mix.ts'
import type { Show } from '@shared/domain/show.ts'
import { type WatchEvent } from '@shared/domain/watchdogs.ts'
import { watchdogSentence } from '@shared/texts/watchdog-text.ts'
import type { Clock } from './base/clock.ts'
import type { Logger } from './base/logger.ts'
import type { Scope } from './base/scope.ts'
import type { BroadcastSession } from './broadcast/session.ts'
import type { Host } from './host/host.ts'
import type { RecorderService } from './recording/recorder-service.ts'
import { Topic } from './rpc/topic.ts'
import type { PreferencesStore } from './settings/preferences.ts'
import type { Statistics } from './statistics/statistics.ts'
import { allWatchdogs } from './watchdogs/all-watchdogs.ts'
import { clockJumps } from './watchdogs/clock-jumps.ts'
import { networkFingerprint } from './watchdogs/network-fingerprint.ts'
import { WatchKeeper } from './watchdogs/watch-keeper.ts'
import type { WatchFacts } from './watchdogs/watchdog.ts'

export interface WatchdogsWiring {
  session: BroadcastSession
  recorder: RecorderService
  measured: Statistics
  preferences: PreferencesStore
  show: () => Show
  clock: Clock
  log: Logger
}

export interface Watching {
  keeper: WatchKeeper
  /** Part of the `engine` contract: which source to start again, and how often that was asked. */
  restart: Topic<{ count: number; sourceId: string | null }>
}

/** The part of the composition root that looks after the show on air. */
export function openWatchdogs(root: Scope, host: Host, { session, recorder, measured, preferences, show, clock, log }: WatchdogsWiring): Watching {
  const restart = new Topic<{ count: number; sourceId: string | null }>({ count: 0, sourceId: null })
  const jump = clockJumps({ wallMs: () => clock.now(), uptimeMs: () => uptime() * 1000 })
  const isOn = () => session.status.value.live || recorder.status.value.state !== 'idle'
  let battery: WatchFacts['battery'] = null
  const keeper = root.own(
    new WatchKeeper({
      watchdogs: allWatchdogs(), isOn, clock, log: log.child('watchdogs'), newId: randomUUID,
      remedies: {
        restartSource: (sourceId) => restart.set({ count: restart.value.count + 1, sourceId }),
        wakeOutputs: () => session.wake(),
      },
      facts: () => ({
        sources: watched(show(), session),
        bottlenecks: measured.now.value?.bottlenecks ?? [],
        minutesLeft: recorder.status.value.minutesLeft,
        battery,
        network: networkFingerprint(networkInterfaces()),
        clockJumpMs: jump(),
      }),
      onBattery: (next) => void (battery = next),
      onEvent: (event) => (measured.note(event), tell(event, host, preferences)),
    }),
  )
  return { keeper, restart }
}

function watched(show: Show, session: BroadcastSession): WatchFacts['sources'] {
  const { mixed } = mixOf(show)
  const byId = new Map(show.sources.map((source) => [source.id, source]))
  return session.sources.value.flatMap((status) => {
    const source = byId.get(status.sourceId)
    return source ? [{ source, status, heard: mixed.includes(source.id) && !show.strips[source.id]?.muted }] : []
  })
}

/** The system's own note, which takes no focus: only of what spoils the show, and only when it begins. */
function tell(event: WatchEvent, host: Host, preferences: PreferencesStore): void {
  if (event.level !== 'error' || event.endedAtMs !== null || event.recovery === 'failed') return
  const { says, advice } = watchdogSentence(event, preferences.topic.value.language)
  host.notify(says, advice)
}
