/** One row of ITU-T H.264 (08/2021) table A-1. */
interface AvcLevel {
  /** level_idc: ten times the level's number. */
  idc: number
  /** Macroblocks per second. */
  maxMbps: number
  /** Macroblocks per frame. */
  maxFs: number
  /** 1000 bit/s for Baseline and Main; High has 1.25 times as much. */
  maxBr: number
}

const LEVELS: readonly AvcLevel[] = [
  { idc: 10, maxMbps: 1_485, maxFs: 99, maxBr: 64 },
  { idc: 11, maxMbps: 3_000, maxFs: 396, maxBr: 192 },
  { idc: 12, maxMbps: 6_000, maxFs: 396, maxBr: 384 },
  { idc: 13, maxMbps: 11_880, maxFs: 396, maxBr: 768 },
  { idc: 20, maxMbps: 11_880, maxFs: 396, maxBr: 2_000 },
  { idc: 21, maxMbps: 19_800, maxFs: 792, maxBr: 4_000 },
  { idc: 22, maxMbps: 20_250, maxFs: 1_620, maxBr: 4_000 },
  { idc: 30, maxMbps: 40_500, maxFs: 1_620, maxBr: 10_000 },
  { idc: 31, maxMbps: 108_000, maxFs: 3_600, maxBr: 14_000 },
  { idc: 32, maxMbps: 216_000, maxFs: 5_120, maxBr: 20_000 },
  { idc: 40, maxMbps: 245_760, maxFs: 8_192, maxBr: 20_000 },
  { idc: 41, maxMbps: 245_760, maxFs: 8_192, maxBr: 50_000 },
  { idc: 42, maxMbps: 522_240, maxFs: 8_704, maxBr: 50_000 },
  { idc: 50, maxMbps: 589_824, maxFs: 22_080, maxBr: 135_000 },
  { idc: 51, maxMbps: 983_040, maxFs: 36_864, maxBr: 240_000 },
  { idc: 52, maxMbps: 2_073_600, maxFs: 36_864, maxBr: 240_000 },
]

/** profile_idc and constraint flags as in a codec string, best known to players first. */
export const AVC_PROFILES = { main: '4d00', high: '6400', baseline: '42e0' } as const
export type AvcProfile = keyof typeof AVC_PROFILES

/**
 * The lowest level whose limits hold for a size (px), rate (frames/s) and bitrate (kbit/s): frame size, macroblock
 * rate, longer side at most sqrt(8 × MaxFS) macroblocks (A.3.1), bitrate. Asking for less is refused by encoders.
 */
export function avcLevelIdc(width: number, height: number, frameRate: number, videoKbps: number): number {
  const columns = Math.ceil(width / 16)
  const rows = Math.ceil(height / 16)
  const fits = (level: AvcLevel) =>
    columns * rows <= level.maxFs &&
    columns * rows * frameRate <= level.maxMbps &&
    Math.max(columns, rows) <= Math.sqrt(8 * level.maxFs) &&
    videoKbps <= level.maxBr
  return (LEVELS.find(fits) ?? LEVELS[LEVELS.length - 1])?.idc ?? 52
}

/** RFC 6381 codec string, e.g. `avc1.4d001f`. */
export function avcCodecString(profile: AvcProfile, levelIdc: number): string {
  return `avc1.${AVC_PROFILES[profile]}${levelIdc.toString(16).padStart(2, '0')}`
}
