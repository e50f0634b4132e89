/** The meter's range, dBFS. */
export const METER_FLOOR_DB = -60
/** From here on a voice is loud, and from the second on it is close to clipping; the thresholds that broadcasters know from other studios. */
export const LOUD_DB = -20
export const HOT_DB = -9
export const TICKS_DB = [-60, -50, -40, -30, -20, -10, 0] as const

/** The peak falls by 20 dB in 1.7 s and its highest place stays marked for 20 s, as in OBS (VolumeMeter.cpp). */
const FALL_DB_PER_SECOND = 20 / 1.7
const HOLD_MS = 20_000

/** From here on samples are cut where the program is coded. */
export const CLIP_DB = 0

/** Where a level lies on the meter, 0 to 1. */
export function meterPlace(db: number): number {
  return Math.min(1, Math.max(0, (db - METER_FLOOR_DB) / -METER_FLOOR_DB))
}

export interface Ballistics {
  levelDb: number
  peakDb: number
  heldSinceMs: number
  atMs: number
}

export const silent = (atMs: number): Ballistics => ({ levelDb: -100, peakDb: -100, heldSinceMs: atMs, atMs })

/** The next picture of the meter: up at once, down slowly; the highest peak stays for 20 s and then goes to where the level is. */
export function follow(before: Ballistics, inputDb: number, atMs: number): Ballistics {
  const seconds = Math.max(0, atMs - before.atMs) / 1000
  const levelDb = Math.max(inputDb, before.levelDb - FALL_DB_PER_SECOND * seconds, -100)
  if (inputDb >= before.peakDb) return { levelDb, peakDb: inputDb, heldSinceMs: atMs, atMs }
  if (atMs - before.heldSinceMs > HOLD_MS) return { levelDb, peakDb: levelDb, heldSinceMs: atMs, atMs }
  return { levelDb, peakDb: before.peakDb, heldSinceMs: before.heldSinceMs, atMs }
}

export const SILENCE_DB = -100
/** The fader's range; its lowest place is silence. */
export const FADER_FLOOR_DB = -60
export const FADER_TOP_DB = 20

export const toFader = (volumeDb: number): number => Math.max(FADER_FLOOR_DB, volumeDb)
export const fromFader = (place: number): number => (place <= FADER_FLOOR_DB ? SILENCE_DB : place)
/** "-12.0", "+3.5", "-∞" */
export function dbText(db: number): string {
  if (db <= FADER_FLOOR_DB) return '-∞'
  return `${db > 0 ? '+' : ''}${db.toFixed(1)}`
}
