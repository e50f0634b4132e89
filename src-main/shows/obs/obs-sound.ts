import { defaultFilter, type SoundFilter } from '@shared/domain/sound-filter.ts'
import { SOUND_TRACKS, type Strip } from '@shared/domain/strip.ts'
import { kindOf, type ObsFilter, type ObsSource } from './obs-collection.ts'
import { clamp, numberIn, textIn } from './obs-values.ts'

const MONITORS = ['off', 'monitor-only', 'both'] as const
const SILENT_DB = -100

/** A source's place in the mixer. `filters`: those that were taken. */
export function stripOf(source: ObsSource, filters: SoundFilter[]): Strip {
  const pan = clamp(source.balance * 2 - 1, -1, 1)
  const syncOffsetMs = clamp(Math.round(source.sync / 1_000_000), -1000, 2000)
  const monitor = MONITORS[source.monitoring_type] ?? 'off'
  const pushTo = source['push-to-talk'] ? 'talk' : source['push-to-mute'] ? 'mute' : 'off'
  const tracks = Array.from({ length: SOUND_TRACKS }, (_, index) => index + 1).filter((track) => (source.mixers & (1 << (track - 1))) !== 0)
  return {
    volumeDb: source.volume <= 0 ? SILENT_DB : clamp(Math.round(200 * Math.log10(source.volume)) / 10, SILENT_DB, 20),
    muted: source.muted,
    ...(pan === 0 ? {} : { pan }),
    ...(syncOffsetMs === 0 ? {} : { syncOffsetMs }),
    ...(monitor === 'off' ? {} : { monitor }),
    ...(pushTo === 'off' ? {} : { pushTo }),
    ...(filters.length === 0 ? {} : { filters }),
    ...(tracks.length === SOUND_TRACKS ? {} : { tracks }),
  }
}

/** null for a filter that the mixer does not have. What is not set is as OBS begins, which is how ours begin too. */
export function filterOf({ id: obsId, enabled, settings }: ObsFilter, id: string, idOfSource: (name: string) => string | undefined): SoundFilter | null {
  const value = (key: string, other: number, min: number, max: number) => numberIn(settings, key, other, min, max)
  switch (kindOf(obsId)) {
    case 'noise_suppress_filter':
      return { id, enabled, kind: 'noise-suppression', strength: textIn(settings, 'method', 'rnnoise') === 'speex' ? 'low' : 'standard' }
    case 'noise_gate_filter':
      return {
        id, enabled, kind: 'gate', openDb: value('open_threshold', -26, -96, 0), closeDb: value('close_threshold', -32, -96, 0),
        attackMs: value('attack_time', 25, 0, 1000), holdMs: value('hold_time', 200, 0, 5000), releaseMs: value('release_time', 150, 0, 5000),
      }
    case 'gain_filter':
      return { id, enabled, kind: 'gain', gainDb: value('db', 0, -30, 30) }
    case 'limiter_filter':
      return { id, enabled, kind: 'limiter', thresholdDb: value('threshold', -6, -60, 0), releaseMs: value('release_time', 60, 0, 1000) }
    case 'compressor_filter': {
      const side = idOfSource(textIn(settings, 'sidechain_source'))
      return {
        id, enabled, kind: 'compressor', ratio: value('ratio', 10, 1, 32), thresholdDb: value('threshold', -18, -60, 0), attackMs: value('attack_time', 6, 0, 500),
        releaseMs: value('release_time', 60, 0, 1000), outputGainDb: value('output_gain', 0, -32, 32), ...(side === undefined ? {} : { sideChainSourceId: side }),
      }
    }
    case 'expander_filter': {
      // Its preset `gate` begins elsewhere (expander-filter.c).
      const isGate = textIn(settings, 'presets') === 'gate'
      return {
        id, enabled, kind: 'expander', ratio: value('ratio', isGate ? 10 : 2, 1, 20), thresholdDb: value('threshold', -40, -96, 0), attackMs: value('attack_time', 10, 0, 500),
        releaseMs: value('release_time', isGate ? 125 : 50, 0, 1000), outputGainDb: value('output_gain', 0, -32, 32), detect: textIn(settings, 'detector', 'RMS') === 'peak' ? 'peak' : 'rms',
      }
    }
    case 'basic_eq_filter':
      return { ...defaultFilter('three-band-eq', id), enabled, kind: 'three-band-eq', lowDb: value('low', 0, -20, 20), midDb: value('mid', 0, -20, 20), highDb: value('high', 0, -20, 20) }
    default:
      return null
  }
}
