import { expect, it } from 'vitest'
import { canvasSize, DEFAULT_ENCODING, encoding } from '@shared/domain/encoding.ts'
import { idOf, KINDS, kindOfEncoding, PRESETS, presetsOf, type SoundId, soundOf } from './presets.ts'

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

it('knows for whom an encoding is', () => {
  expect(kindOfEncoding(DEFAULT_ENCODING)).toBe('studio')
  for (const kind of KINDS) for (const each of presetsOf(kind)) expect(each.is({ ...DEFAULT_ENCODING, ...each.encoding })).toBe(true)
  const [room] = presetsOf('mixed')
  expect(kindOfEncoding({ ...DEFAULT_ENCODING, ...room?.encoding })).toBe('mixed')
  expect(kindOfEncoding({ ...DEFAULT_ENCODING, width: 200 })).toBe('studio')
})

it('tells speech from the usual sound by what was chosen', () => {
  const of = (audioKbps: number, audioChannels: 1 | 2 | undefined, chosen: SoundId | null) => soundOf({ audioKbps, ...(audioChannels && { audioChannels }) }, chosen)
  expect([of(50, 1, null), of(50, 1, 'speech'), of(60, 2, 'speech'), of(128, undefined, null), of(96, 2, 'music'), of(50, 2, 'speech')]).toEqual(['default', 'speech', 'music', 'studio', 'own', 'own'])
})
