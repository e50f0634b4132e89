import { z } from 'zod'

const common = { id: z.string().min(1).max(64), enabled: z.boolean() }
const db = (min: number, max: number) => z.number().min(min).max(max)
const ms = (max: number) => z.number().min(0).max(max)

/** One band of the parametric equalizer. */
export const equalizerBand = z.object({
  kind: z.enum(['low-shelf', 'peak', 'high-shelf', 'low-pass', 'high-pass', 'notch']),
  frequencyHz: z.number().min(20).max(20_000),
  gainDb: db(-24, 24),
  q: z.number().min(0.1).max(18),
})
export type EqualizerBand = z.infer<typeof equalizerBand>

/** What happens to a strip's sound, in the order of its list, before the fader. */
export const soundFilter = z.discriminatedUnion('kind', [
  /** `low` = Speex, `standard` = RNNoise. */
  z.object({ ...common, kind: z.literal('noise-suppression'), strength: z.enum(['low', 'standard', 'strong']) }),
  z.object({ ...common, kind: z.literal('gate'), openDb: db(-96, 0), closeDb: db(-96, 0), attackMs: ms(1000), holdMs: ms(5000), releaseMs: ms(5000) }),
  z.object({ ...common, kind: z.literal('expander'), ratio: z.number().min(1).max(20), thresholdDb: db(-96, 0), attackMs: ms(500), releaseMs: ms(1000), outputGainDb: db(-32, 32), detect: z.enum(['rms', 'peak']) }),
  z.object({
    ...common, kind: z.literal('compressor'), ratio: z.number().min(1).max(32), thresholdDb: db(-60, 0), attackMs: ms(500), releaseMs: ms(1000), outputGainDb: db(-32, 32),
    /** Another source whose sound makes this one quieter (ducking); absent = its own. */
    sideChainSourceId: z.string().min(1).max(64).optional(),
  }),
  z.object({ ...common, kind: z.literal('three-band-eq'), lowDb: db(-20, 20), midDb: db(-20, 20), highDb: db(-20, 20) }),
  z.object({ ...common, kind: z.literal('parametric-eq'), bands: z.array(equalizerBand).max(10) }),
  z.object({ ...common, kind: z.literal('limiter'), thresholdDb: db(-60, 0), releaseMs: ms(1000) }),
  z.object({ ...common, kind: z.literal('gain'), gainDb: db(-30, 30) }),
])
export type SoundFilter = z.infer<typeof soundFilter>
export type SoundFilterKind = SoundFilter['kind']
export type SoundFilterOf<K extends SoundFilterKind> = Extract<SoundFilter, { kind: K }>

export const SOUND_FILTER_KINDS = [
  'noise-suppression', 'gate', 'expander', 'three-band-eq', 'parametric-eq', 'compressor', 'limiter', 'gain',
] as const satisfies readonly SoundFilterKind[]

/** A new filter, with the settings that OBS begins with (obs-filters of OBS 30; the limiter's and compressor's included). */
export function defaultFilter(kind: SoundFilterKind, id: string): SoundFilter {
  const common = { id, enabled: true }
  switch (kind) {
    case 'noise-suppression':
      return { ...common, kind, strength: 'standard' }
    case 'gate':
      return { ...common, kind, openDb: -26, closeDb: -32, attackMs: 25, holdMs: 200, releaseMs: 150 }
    case 'expander':
      return { ...common, kind, ratio: 2, thresholdDb: -40, attackMs: 10, releaseMs: 50, outputGainDb: 0, detect: 'rms' }
    case 'compressor':
      return { ...common, kind, ratio: 10, thresholdDb: -18, attackMs: 6, releaseMs: 60, outputGainDb: 0 }
    case 'three-band-eq':
      return { ...common, kind, lowDb: 0, midDb: 0, highDb: 0 }
    case 'parametric-eq':
      return { ...common, kind, bands: [{ kind: 'peak', frequencyHz: 1000, gainDb: 0, q: 1 }] }
    case 'limiter':
      return { ...common, kind, thresholdDb: -6, releaseMs: 60 }
    case 'gain':
      return { ...common, kind, gainDb: 0 }
  }
}
