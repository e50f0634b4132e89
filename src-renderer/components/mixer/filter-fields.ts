import type { SoundFilter, SoundFilterKind } from '@shared/domain/sound-filter.ts'

/** One number of a filter's form. */
export interface NumberField {
  key: 'openDb' | 'closeDb' | 'attackMs' | 'holdMs' | 'releaseMs' | 'ratio' | 'thresholdDb' | 'outputGainDb' | 'gainDb' | 'lowDb' | 'midDb' | 'highDb'
  min: number
  max: number
  step: number
  unit: string
}

const db = (key: NumberField['key'], min: number, max: number): NumberField => ({ key, min, max, step: 0.5, unit: 'dB' })
const ms = (key: NumberField['key'], max: number): NumberField => ({ key, min: 0, max, step: 1, unit: 'ms' })
const ratio = (max: number): NumberField => ({ key: 'ratio', min: 1, max, step: 0.5, unit: ': 1' })

/** The numbers of each kind, within what a show may hold; noise suppression and bands have forms of their own. */
export const FILTER_FIELDS: Readonly<Record<SoundFilterKind, readonly NumberField[]>> = {
  'noise-suppression': [],
  gate: [db('openDb', -96, 0), db('closeDb', -96, 0), ms('attackMs', 1000), ms('holdMs', 5000), ms('releaseMs', 5000)],
  expander: [ratio(20), db('thresholdDb', -96, 0), ms('attackMs', 500), ms('releaseMs', 1000), db('outputGainDb', -32, 32)],
  compressor: [ratio(32), db('thresholdDb', -60, 0), ms('attackMs', 500), ms('releaseMs', 1000), db('outputGainDb', -32, 32)],
  'three-band-eq': [db('lowDb', -20, 20), db('midDb', -20, 20), db('highDb', -20, 20)],
  'parametric-eq': [],
  limiter: [db('thresholdDb', -60, 0), ms('releaseMs', 1000)],
  gain: [db('gainDb', -30, 30)],
}

export const numberOf = (filter: SoundFilter, key: NumberField['key']): number => (filter as unknown as Record<string, number>)[key] ?? 0
/** The filter with another number, within the field's range. */
export const withNumber = (filter: SoundFilter, { key, min, max }: NumberField, value: number): SoundFilter => ({ ...filter, [key]: Math.min(max, Math.max(min, value)) }) as SoundFilter

/** Those whose work can be seen as a reduction. */
export const REDUCING: ReadonlySet<SoundFilterKind> = new Set(['gate', 'expander', 'compressor', 'limiter'])
