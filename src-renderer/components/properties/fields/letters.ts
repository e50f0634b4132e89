import type { SourceOf } from '@shared/domain/source.ts'
import type { Field } from './field.ts'

type Lettered = SourceOf<'text'> | SourceOf<'countdown'>
const seen = (colour: string): boolean => colour.length < 9 || !colour.endsWith('00')

/** How letters look: the same rows for texts and countdowns. */
export const letterFields = <S extends Lettered>(): readonly Field<S>[] => [
  { name: 'font', path: 'fontFamily', control: 'font' },
  { name: 'fontSize', path: 'fontSizePx', control: 'number', unit: 'px' },
  { name: 'textColour', path: 'colour', control: 'colour' },
  { name: 'align', path: 'align', control: 'choice', choices: ['left', 'center', 'right'], when: (source) => !(source.kind === 'text' && source.scroll?.direction === 'left') },
  { name: 'bold', path: 'bold', control: 'switch' },
  { name: 'italic', path: 'italic', control: 'switch', get: (source) => source.italic ?? false },
  {
    name: 'filled', path: 'background', control: 'switch', get: (source) => seen(source.background),
    set: (source, on: boolean) => ({ ...source, background: source.background.slice(0, 7) + (on ? 'ff' : '00') }),
  },
  { name: 'background', path: 'background', control: 'colour', when: (source) => seen(source.background) },
  {
    name: 'outline', path: 'outline', control: 'switch', wide: true, get: (source) => source.outline !== undefined,
    set: (source, on: boolean) => ({ ...source, outline: on ? { colour: '#000000', widthPx: 3 } : undefined }),
  },
  { name: 'outlineColour', path: 'outline.colour', control: 'colour', when: (source) => source.outline !== undefined },
  { name: 'outlineWidth', path: 'outline.widthPx', control: 'number', unit: 'px', when: (source) => source.outline !== undefined },
  {
    name: 'shadow', path: 'shadow', control: 'switch', wide: true, get: (source) => source.shadow !== undefined,
    set: (source, on: boolean) => ({ ...source, shadow: on ? { colour: '#000000cc', offsetX: 3, offsetY: 3, blurPx: 6 } : undefined }),
  },
  { name: 'shadowColour', path: 'shadow.colour', control: 'colour', when: (source) => source.shadow !== undefined },
  { name: 'shadowBlur', path: 'shadow.blurPx', control: 'number', unit: 'px', when: (source) => source.shadow !== undefined },
  { name: 'shadowX', path: 'shadow.offsetX', control: 'number', unit: 'px', when: (source) => source.shadow !== undefined },
  { name: 'shadowY', path: 'shadow.offsetY', control: 'number', unit: 'px', when: (source) => source.shadow !== undefined },
]
