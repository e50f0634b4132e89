import type { Source, SourceOf } from '@shared/domain/source.ts'
import type { Field, FieldsOf } from './field.ts'
import { letterFields } from './letters.ts'

type Text = SourceOf<'text'>
type Colour = SourceOf<'colour'>

const BOX = [
  { name: 'width', path: 'width', control: 'number', unit: 'px' },
  { name: 'height', path: 'height', control: 'number', unit: 'px' },
] as const

const FROM: Readonly<Record<string, Text['from']>> = { clock: { kind: 'clock', format: 'HH:mm:ss' }, file: { kind: 'file', path: '' } }

const TEXT: readonly Field<Text>[] = [
  {
    name: 'from', path: 'from', control: 'choice', choices: ['text', 'clock', 'file'], wide: true, get: (source) => source.from?.kind ?? 'text',
    set: (source, kind: string) => ({ ...source, from: FROM[kind] }),
  },
  { name: 'text', path: 'text', control: 'lines', wide: true, when: (source) => source.from === undefined },
  { name: 'format', path: 'from.format', control: 'line', wide: true, hint: true, when: (source) => source.from?.kind === 'clock' },
  ...letterFields<Text>(),
  {
    name: 'scroll', path: 'scroll', control: 'choice', choices: ['none', 'left', 'up'], wide: true, get: (source) => source.scroll?.direction ?? 'none',
    set: (source, to: 'none' | 'left' | 'up') => ({ ...source, scroll: to === 'none' ? undefined : { speed: 100, boxPx: to === 'left' ? 1280 : 400, ...source.scroll, direction: to } }),
  },
  { name: 'speed', path: 'scroll.speed', control: 'number', unit: 'px/s', when: (source) => source.scroll !== undefined },
  { name: 'boxWidth', path: 'scroll.boxPx', control: 'number', unit: 'px', when: (source) => source.scroll?.direction === 'left' },
  { name: 'boxHeight', path: 'scroll.boxPx', control: 'number', unit: 'px', when: (source) => source.scroll?.direction === 'up' },
]

const COLOUR: readonly Field<Colour>[] = [
  { name: 'colour', path: 'colour', control: 'colour' },
  {
    name: 'gradient', path: 'gradient', control: 'switch', wide: true, get: (source) => source.gradient !== undefined,
    set: (source, on: boolean) => ({ ...source, gradient: on ? { to: '#101828', angleDeg: 90 } : undefined }),
  },
  { name: 'gradientTo', path: 'gradient.to', control: 'colour', when: (source) => source.gradient !== undefined },
  { name: 'angle', path: 'gradient.angleDeg', control: 'number', unit: '°', when: (source) => source.gradient !== undefined },
]

/** On unless switched off. */
const STAND_IN = { name: 'standIn', path: 'standIn', control: 'switch', wide: true, hint: true, get: ({ standIn }: { standIn?: boolean | undefined }) => standIn !== false } as const

/** The rows of each kind's form; what needs more than rows (devices, files, lists) has a part of its own in SourceForm. */
const FIELDS: FieldsOf = {
  camera: [{ ...STAND_IN, set: (source, on: boolean) => ({ ...source, standIn: on }) }],
  microphone: [
    { name: 'echoCancellation', path: 'echoCancellation', control: 'switch', wide: true },
    { name: 'noiseSuppression', path: 'noiseSuppression', control: 'switch', wide: true },
    { name: 'autoGainControl', path: 'autoGainControl', control: 'switch', wide: true },
    { ...STAND_IN, set: (source, on: boolean) => ({ ...source, standIn: on }) },
  ],
  screen: [
    {
      name: 'surface', path: 'surface', control: 'choice', choices: ['any', 'monitor', 'window', 'browser'], get: (source) => source.surface ?? 'any',
      set: (source, value: NonNullable<SourceOf<'screen'>['surface']> | 'any') => ({ ...source, surface: value === 'any' ? undefined : value }),
    },
    { name: 'frameRate', path: 'frameRate', control: 'number', unit: 'fps' },
    { name: 'withAudio', path: 'withAudio', control: 'switch', wide: true, hint: true },
  ],
  colour: COLOUR,
  text: TEXT,
  countdown: [
    { name: 'mode', path: 'mode', control: 'choice', choices: ['duration', 'until'], wide: true },
    { name: 'duration', path: 'durationMs', control: 'number', unit: 's', scale: 1000, when: (source) => source.mode === 'duration' },
    { name: 'until', path: 'untilMs', control: 'moment', wide: true, when: (source) => source.mode === 'until' },
    { name: 'endText', path: 'endText', control: 'line', wide: true, hint: true },
    ...letterFields<SourceOf<'countdown'>>(),
  ],
  slideshow: [
    { name: 'every', path: 'everyMs', control: 'number', unit: 's', scale: 1000, decimals: 1 },
    { name: 'fade', path: 'fadeMs', control: 'number', unit: 's', scale: 1000, decimals: 1 },
    { name: 'order', path: 'order', control: 'choice', choices: ['in-order', 'random'] },
    { name: 'loop', path: 'loop', control: 'switch' },
    ...BOX,
  ],
  annotation: BOX,
  'web-page': [
    { name: 'address', path: 'address', control: 'line', wide: true },
    ...BOX,
    { name: 'frameRate', path: 'frameRate', control: 'number', unit: 'fps' },
    { name: 'css', path: 'css', control: 'lines', wide: true, hint: true },
  ],
}

export const fieldsOf = (source: Source): readonly Field[] => (FIELDS[source.kind] ?? []) as unknown as readonly Field[]
