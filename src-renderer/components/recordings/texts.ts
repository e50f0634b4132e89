import { durationText } from '../../composables/now.ts'

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Sizes as file managers show them: powers of 1000, three digits that count. */
export function bytesText(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** unit
  return `${value.toFixed(unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2)} ${UNITS[unit]}`
}

/** 1:02:03 or 02:03; an en dash where the length is not known. */
export const lengthText = (durationMs: number | null): string => (durationMs === null ? '–' : durationText(Math.round(durationMs / 1000) * 1000))
