import { channelsOf, DEFAULT_ENCODING, type Encoding } from '@shared/domain/encoding.ts'
import { isPreset, QUALITY_PRESETS, SOUND_PRESETS } from '@shared/domain/quality-presets.ts'

export interface Preset {
  /** `<width>x<height>@<fps>` */
  id: string
  encoding: Pick<Encoding, 'width' | 'height' | 'frameRate' | 'videoKbps'>
}

/** Sizes that services take, with a rate that looks good at them; streaming services ask for 2500 to 6000 kbit/s at 720p and 1080p. */
const LANDSCAPE: readonly [number, number, number, number][] = [
  [640, 360, 30, 900], [854, 480, 30, 1400], [960, 540, 30, 1800], [1280, 720, 30, 2500], [1280, 720, 60, 4000], [1920, 1080, 30, 4500], [1920, 1080, 60, 6000],
]

const preset = (width: number, height: number, frameRate: number, videoKbps: number): Preset => ({
  id: `${width}x${height}@${frameRate}`,
  encoding: { width, height, frameRate, videoKbps },
})

export const PRESETS: readonly Preset[] = [
  ...LANDSCAPE.map(([width, height, rate, kbps]) => preset(width, height, rate, kbps)),
  ...LANDSCAPE.filter(([width]) => width >= 960).map(([width, height, rate, kbps]) => preset(height, width, rate, kbps)),
]

export const idOf = (encoding: Encoding): string => `${encoding.width}x${encoding.height}@${encoding.frameRate}`

/** For whom a picture is coded: each has its list. */
export const KINDS = ['studio', 'mixed', 'single'] as const
export type PresetKind = (typeof KINDS)[number]

export interface ListedPreset {
  id: string
  encoding: Partial<Encoding> & Preset['encoding']
  /** Below the preset's own rate where services give a range. */
  minKbps: number
  /** Whether an encoding is this one. */
  is: (encoding: Encoding) => boolean
}

export function presetsOf(kind: PresetKind): readonly ListedPreset[] {
  // The bitrate of a streaming preset is a proposal: with another one it is the same preset.
  if (kind === 'studio') return PRESETS.map((each) => ({ ...each, minKbps: each.encoding.videoKbps, is: (encoding) => idOf(encoding) === each.id }))
  return QUALITY_PRESETS.filter((each) => each.kind === kind).map((each) => ({ id: each.id, encoding: each.encoding, minKbps: each.minKbps, is: (encoding) => isPreset(encoding, each) }))
}

/** The first kind that has this encoding; own values are the studio's. */
export const kindOfEncoding = (encoding: Encoding): PresetKind => KINDS.find((kind) => presetsOf(kind).some((each) => each.is(encoding))) ?? 'studio'

export const SOUNDS = [...SOUND_PRESETS, { id: 'studio', channels: 2, kbps: DEFAULT_ENCODING.audioKbps }] as const
export type SoundId = (typeof SOUNDS)[number]['id']

/** Several are coded alike: then the chosen one counts, else the usual. */
export function soundOf(encoding: Pick<Encoding, 'audioKbps' | 'audioChannels'>, chosen: SoundId | null): SoundId | 'own' {
  const fitting = SOUNDS.filter(({ kbps, channels }) => kbps === encoding.audioKbps && channels === channelsOf(encoding)).map(({ id }) => id)
  return fitting.find((id) => id === chosen) ?? fitting.find((id) => id === 'default') ?? fitting[0] ?? 'own'
}
