/** The meter's range, dBFS. */
export const METER_FLOOR_DB = -60
/** From here on a voice is loud, and from the second on it is close to clipping; the thresholds that broadcasters know from other studios. */
export const LOUD_DB = -20
export const HOT_DB = -9
export const TICKS_DB = [-60, -50, -40, -30, -20, -10, 0] as const

const HOLD_MS = 1500
const FALL_DB_PER_SECOND = 20
/** What the meter itself falls back by, so that a beep does not leave a flicker. */
const RELEASE_DB_PER_SECOND = 40

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

/** The next picture of the meter: up at once, down slowly; the peak stays for 1.5 s and then falls. */
export function follow(before: Ballistics, inputDb: number, atMs: number): Ballistics {
  const seconds = Math.max(0, atMs - before.atMs) / 1000
  const levelDb = Math.max(inputDb, before.levelDb - RELEASE_DB_PER_SECOND * seconds, -100)
  if (inputDb >= before.peakDb) return { levelDb, peakDb: inputDb, heldSinceMs: atMs, atMs }
  const held = atMs - before.heldSinceMs <= HOLD_MS
  const peakDb = held ? before.peakDb : Math.max(inputDb, before.peakDb - FALL_DB_PER_SECOND * seconds, -100)
  return { levelDb, peakDb, heldSinceMs: before.heldSinceMs, atMs }
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
