import { describe, expect, it } from 'vitest'
import { source as schema } from '@shared/domain/source.ts'
import type { Source, SourceKind } from '@shared/domain/source.ts'
import en from '../../../i18n/en/messages.ts'
import { newSource } from '../../../show-editing/new-sources.ts'
import { limitsOf, valueAt, withValue } from './field.ts'
import { fieldsOf } from './source-fields.ts'

const KINDS: readonly SourceKind[] = schema.options.map((each) => each.shape.kind.value)
const of = (kind: SourceKind): Source => newSource({ kind, name: kind }, 'id')
const texts = en.sourceForms as unknown as { fields: Record<string, string>; hints: Record<string, string>; choices: Record<string, Record<string, string>> }

describe('the forms of sources', () => {
  it.each(KINDS)('%s: every row has its place in the schema and its words', (kind) => {
    for (const field of fieldsOf(of(kind))) {
      expect(() => limitsOf(kind, field.path)).not.toThrow()
      expect(texts.fields[field.name], field.name).toBeTruthy()
      if (field.hint) expect(texts.hints[field.name], field.name).toBeTruthy()
      for (const choice of field.choices ?? []) expect(texts.choices[field.name]?.[choice], `${field.name} ${choice}`).toBeTruthy()
      if (field.control === 'number') expect(limitsOf(kind, field.path).max, field.name).toBeLessThan(Infinity)
    }
  })

  it.each(KINDS)('%s: what a switch or a choice makes is a valid source, and shows its further rows', (kind) => {
    for (const field of fieldsOf(of(kind))) {
      const values = field.control === 'switch' ? [true, false] : (field.choices ?? [])
      for (const value of values) {
        const changed = withValue(of(kind), field, value)
        expect(() => schema.parse(changed)).not.toThrow()
        expect(valueAt(changed, field), field.name).toBe(value)
      }
    }
  })

  it('takes limits from the schema, through what is optional and what has several shapes', () => {
    expect(limitsOf('text', 'outline.widthPx')).toMatchObject({ min: 0, max: 100 })
    expect(limitsOf('text', 'from.format').maxLength).toBe(100)
    expect(limitsOf('slideshow', 'everyMs')).toMatchObject({ min: 100, max: 3_600_000 })
    expect(() => limitsOf('colour', 'nothing')).toThrow(TypeError)
  })

  it('changes one place and nothing beside it', () => {
    const text = { ...of('text'), outline: { colour: '#000000', widthPx: 3 } } as Source
    const width = fieldsOf(text).find((each) => each.name === 'outlineWidth')
    expect(width && withValue(text, width, 9)).toEqual({ ...text, outline: { colour: '#000000', widthPx: 9 } })
  })
})
