import type { Watchdog } from '../watchdog.ts'

/** Smaller steps are a time server's daily work. */
const JUMP_MS = 2000
const LOW_MINUTES = 10
const LOW_PERCENT = 20

/** Composing or coding takes longer than there is time for. */
export const encoderSlow: Watchdog = {
  name: 'encoder-slow',
  level: 'warning',
  mendsItself: true,
  look: ({ bottlenecks }) =>
    bottlenecks
      .filter(({ stage, severity, unit }) => (stage === 'compose' || stage === 'encode') && severity === 'bad' && unit === 'fps')
      .slice(0, 1)
      .map(({ seen, wanted, stage }) => ({ sourceId: null, params: { seen: Math.round(seen), wanted: Math.round(wanted) }, evidence: stage })),
}

export const clockJump: Watchdog = {
  name: 'clock-jump',
  level: 'warning',
  look: ({ clockJumpMs }) => (Math.abs(clockJumpMs) < JUMP_MS ? [] : [{ sourceId: null, params: { seconds: Math.round(clockJumpMs / 1000) }, momentary: true }]),
}

export const diskLow: Watchdog = {
  name: 'disk-low',
  level: 'warning',
  look: ({ minutesLeft }) => (minutesLeft === null || minutesLeft > LOW_MINUTES ? [] : [{ sourceId: null, params: { minutes: Math.floor(minutesLeft) } }]),
}

export const batteryLow: Watchdog = {
  name: 'battery-low',
  level: 'warning',
  look: ({ battery }) => (battery?.onBattery && battery.percent <= LOW_PERCENT ? [{ sourceId: null, params: { percent: Math.round(battery.percent) } }] : []),
}

/** Remembers what it saw last. */
export function networkChanged(): Watchdog {
  let last: string | null = null
  return {
    name: 'network-changed',
    level: 'info',
    look({ network }) {
      const changed = network !== null && last !== null && network !== last
      last = network ?? last
      return changed ? [{ sourceId: null, params: { network: network || '–' }, momentary: true }] : []
    },
    remedy: (_alarm, { wakeOutputs }) => wakeOutputs(),
  }
}
