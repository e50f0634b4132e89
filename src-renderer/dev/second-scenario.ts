import { newDestination } from '@shared/domain/destination.ts'
import type { DestinationView } from '@shared/domain/destination.ts'
import type { Show } from '@shared/domain/show.ts'
import { newItem, newSource } from '../show-editing/new-sources.ts'
import { emptyShow } from '../show-editing/sample-show.ts'
import { enableSecond } from '../show-editing/second-edits.ts'
import type { Scenario } from './scenario.types.ts'

const rtmp = (id: string, name: string, content: DestinationView['content']): DestinationView => ({
  ...newDestination({ id, name, kind: 'rtmp', address: `rtmps://${id}.example.com/live`, enabled: true, content }), hasKey: true, hasPassphrase: false,
})

function lesson(): Show {
  const show = emptyShow('second', 'Physics, Tuesday')
  for (const kind of ['screen', 'camera'] as const) {
    const source = newSource({ kind, name: kind === 'screen' ? 'Slides' : 'Teacher' }, kind)
    const item = newItem(source, show.encoding, `item-${kind}`)
    show.sources.push(source)
    if (item) show.scenes[0]?.items.push(item)
  }
  return enableSecond(true)(show)
}

const SHOW = lesson()

/** A lesson that goes out in landscape and in portrait, ready and live. */
export const SECOND_SCENARIOS: Readonly<Record<string, Scenario>> = {
  second: { options: { show: SHOW, destinations: [rtmp('mix', 'Main channel', 'mix')] } },
  'second-live': {
    options: { show: SHOW, destinations: [rtmp('mix', 'Main channel', 'mix'), rtmp('phones', 'Channel for phones', 'second')] },
    arrange: (bridge, _engine, nowMs) => {
      bridge.singles.set({ second: { encoding: SHOW.second?.encoding ?? null, failure: null, congestion: { state: 'reduced', videoKbps: 1400, frameRate: 30, decidedBy: 'phones', lineKbps: 1750 } } })
      const status = { changedAtMs: nowMs - 60_000, attempt: 1, nextAttemptAtMs: null, failure: null, final: false, connects: 1, firstMediaMs: 640, gaps: [] }
      bridge.status.set({ ...bridge.status.state, live: true, liveSinceMs: nowMs - 60_000, outputs: ['mix', 'phones'].map((destinationId) => ({ ...status, destinationId, state: 'running' as const })) })
    },
  },
}
