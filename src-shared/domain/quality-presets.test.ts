import { expect, it } from 'vitest'
import { canvasSize, DEFAULT_ENCODING, encoding } from './encoding.ts'
import { isPreset, QUALITY_PRESETS, SOUND_PRESETS } from './quality-presets.ts'

it.each(QUALITY_PRESETS)('$id can be composed and coded, and is known again', (preset) => {
  const whole = { ...DEFAULT_ENCODING, ...preset.encoding }
  expect(encoding.safeParse(whole).success).toBe(true)
  expect(canvasSize.safeParse(whole).success).toBe(true)
  expect(isPreset(whole, preset)).toBe(true)
  expect(isPreset({ ...whole, videoKbps: whole.videoKbps + 1 }, preset)).toBe(false)
  expect(preset.minKbps).toBeLessThanOrEqual(preset.encoding.videoKbps)
})

it('has each once, and each that is not square also upright', () => {
  const ids = QUALITY_PRESETS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { kind, encoding: { width, height } } of QUALITY_PRESETS) expect(ids).toContain(`${kind}:${height}x${width}`)
  expect(QUALITY_PRESETS.filter(({ kind }) => kind === 'mixed')).toHaveLength(8)
  expect(QUALITY_PRESETS.filter(({ kind }) => kind === 'single')).toHaveLength(21)
})

it('has sound that can be coded', () => {
  for (const { kbps } of SOUND_PRESETS) expect(encoding.safeParse({ ...DEFAULT_ENCODING, audioKbps: kbps }).success).toBe(true)
})
