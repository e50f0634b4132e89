import { z } from 'zod'
import { source as sourceSchema } from '@shared/domain/source.ts'
import type { Source, SourceKind, SourceOf } from '@shared/domain/source.ts'

/**
 * One row of a source's form. Where its limits are comes from the schema of sources, what it is called from the texts
 * (`sourceForms.fields.<name>`, choices: `sourceForms.choices.<name>.<value>`).
 */
export interface Field<S extends Source = Source> {
  name: string
  /** Where in the source its value is, e.g. `outline.widthPx`. */
  path: string
  control: 'line' | 'lines' | 'number' | 'switch' | 'colour' | 'choice' | 'font' | 'moment'
  unit?: string
  /** What is stored is so many times what is shown: 1000 = ms shown as s. */
  scale?: number
  decimals?: number
  choices?: readonly string[]
  /** Over both columns. */
  wide?: boolean
  hint?: boolean
  /** Shown only then. */
  when?(source: S): boolean
  /** Where the value is not simply what lies at `path`. */
  get?(source: S): unknown
  set?(source: S, value: never): S
}

/** Keeps each kind's fields typed by that kind. */
export type FieldsOf = { [K in SourceKind]?: readonly Field<SourceOf<K>>[] }

export interface Limits {
  min: number
  max: number
  maxLength: number | undefined
}

/** What the schema allows at this place. Throws TypeError for a place that the kind does not have. */
export function limitsOf(kind: SourceKind, path: string): Limits {
  let at: unknown = sourceSchema.options.find((each) => each.shape.kind.value === kind)
  for (const key of path.split('.')) at = partsOf(at).map((each) => each.shape[key]).find((each) => each !== undefined)
  const schema = bare(at)
  if (!(schema instanceof z.ZodType)) throw new TypeError(`sources of kind ${kind} have no ${path}`)
  return {
    min: schema instanceof z.ZodNumber ? (schema.minValue ?? -Infinity) : -Infinity,
    max: schema instanceof z.ZodNumber ? (schema.maxValue ?? Infinity) : Infinity,
    maxLength: schema instanceof z.ZodString ? (schema.maxLength ?? undefined) : undefined,
  }
}

function bare(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? bare(schema.unwrap()) : schema
}

function partsOf(schema: unknown): z.ZodObject[] {
  const inner = bare(schema)
  if (inner instanceof z.ZodObject) return [inner]
  return inner instanceof z.ZodDiscriminatedUnion ? inner.options.flatMap(partsOf) : []
}

export function valueAt(source: Source, field: Field): unknown {
  if (field.get) return field.get(source)
  return field.path.split('.').reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined), source)
}

/** The source with another value; the very same one where it has no such place. */
export function withValue(source: Source, field: Field, value: unknown): Source {
  return field.set ? field.set(source, value as never) : (put(source, field.path.split('.'), value) as Source)
}

function put(into: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  if (typeof into !== 'object' || into === null) return into
  const record = into as Record<string, unknown>
  return { ...record, [key]: rest.length === 0 ? value : put(record[key], rest, value) }
}
