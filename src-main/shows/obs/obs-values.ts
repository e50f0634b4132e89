/** Single values of OBS' settings: numbers in bounds, colours, sizes. */
type Settings = Readonly<Record<string, unknown>>

export const numberIn = (of: Settings, key: string, other: number, min: number, max: number): number => {
  const value = of[key]
  return clamp(typeof value === 'number' && Number.isFinite(value) ? value : other, min, max)
}
export const textIn = (of: Settings, key: string, other = ''): string => {
  const value = of[key]
  return typeof value === 'string' ? value : other
}
export const flagIn = (of: Settings, key: string, other = false): boolean => {
  const value = of[key]
  return typeof value === 'boolean' ? value : other
}
export const partIn = (of: Settings, key: string): Settings => {
  const value = of[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Settings) : {}
}
export const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value))

const hex = (value: number): string => (value & 0xff).toString(16).padStart(2, '0')

/** OBS keeps colours as 0xAABBGGRR. With `opacityPercent`, the top byte is not used. */
export function colourOf(value: unknown, other: number, opacityPercent?: number): string {
  const abgr = typeof value === 'number' && Number.isFinite(value) ? value >>> 0 : other
  const alpha = opacityPercent === undefined ? abgr >>> 24 : Math.round((clamp(opacityPercent, 0, 100) / 100) * 255)
  const opaque = `#${hex(abgr)}${hex(abgr >>> 8)}${hex(abgr >>> 16)}`
  return alpha === 255 ? opaque : `${opaque}${hex(alpha)}`
}

/** `1920x1080` anywhere in a text, or V4L2's number with the width in its upper half; null for anything else. */
export function sizeOf(value: unknown): { width: number; height: number } | null {
  if (typeof value === 'number' && value > 0xffff && value < 0x7fff_ffff) return { width: value >>> 16, height: value & 0xffff }
  const found = typeof value === 'string' ? /(\d{2,5})\s*x\s*(\d{2,5})/.exec(value) : null
  return found ? { width: Number(found[1]), height: Number(found[2]) } : null
}
