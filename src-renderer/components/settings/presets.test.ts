import { expect, it } from 'vitest'
import { canvasSize, DEFAULT_ENCODING, encoding } from '@shared/domain/encoding.ts'
import { idOf, PRESETS } from './presets.ts'

it.each(PRESETS.map((each) => [each.id, each] as const))('%s can be composed and coded', (id, preset) => {
  const whole = { ...DEFAULT_ENCODING, ...preset.encoding }
  expect(encoding.safeParse(whole).success).toBe(true)
  expect(canvasSize.safeParse(whole).success).toBe(true)
  expect(idOf(whole)).toBe(id)
})

it('offers the usual size, landscape and portrait, once each', () => {
  const ids = PRESETS.map((each) => each.id)
  expect(ids).toContain(idOf(DEFAULT_ENCODING))
  expect(ids).toContain('720x1280@30')
  expect(new Set(ids).size).toBe(ids.length)
})
