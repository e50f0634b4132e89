import { defaultFilter } from '@shared/domain/sound-filter.ts'
import type { Show } from '@shared/domain/show.ts'
import { newSource } from '../show-editing/new-sources.ts'
import { emptyShow } from '../show-editing/sample-show.ts'
import type { Scenario } from './scenario.types.ts'

/** A desk with everything a strip can be: filtered, ducked, soloed, pushed to talk, left out. */
function desk(): Show {
  const show = emptyShow('desk', 'Panel discussion')
  const names = ['Host', 'Guest with a long name from Shenzhen 深圳', 'Music', 'Talkback', 'Translator']
  show.sources = names.map((name, i) => newSource({ kind: 'microphone', name }, `m${i}`))
  show.strips = {
    m0: {
      volumeDb: -3.5, muted: false, pan: -0.3,
      filters: [
        defaultFilter('noise-suppression', 'f1'), defaultFilter('gate', 'f2'), { ...defaultFilter('parametric-eq', 'f3'), enabled: false }, defaultFilter('compressor', 'f4'), defaultFilter('limiter', 'f5'),
      ],
    },
    m1: { volumeDb: 4, muted: true, pan: 0.3, solo: true },
    m2: { volumeDb: -18, muted: false, syncOffsetMs: 250, monitor: 'both' },
    m3: { volumeDb: 0, muted: false, pushTo: 'talk', monitor: 'monitor-only' },
  }
  show.mixedSourceIds = ['m0', 'm1', 'm2', 'm3']
  return show
}

export const MIXER_SCENARIO: Scenario = {
  options: { show: desk() },
  arrange: (_bridge, engine) => engine.sound.reductions.set({ f2: 0, f4: 4.2, f5: 0.3 }),
}
