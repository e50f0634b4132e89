import type { SourceOf } from '@shared/domain/source.ts'
import { kindOf, type ObsSource } from './obs-collection.ts'
import type { Size } from './obs-place.ts'
import { colourOf, flagIn, numberIn, partIn, textIn } from './obs-values.ts'

const BOLD = 1
const ITALIC = 2
const CLEAR = '#00000000'
/** A line is so much higher than its letters, and a letter about so wide: OBS measures by the font, which the file does not tell. */
const LINE_HEIGHT = 1.2
const LETTER_WIDTH = 0.55

/** Text of FreeType (Linux, macOS) and GDI+ (Windows). Its size is a guess. */
export function textSource(obs: ObsSource, common: { id: string; name: string }): { source: SourceOf<'text'>; size: Size; isSizeKnown: false } {
  const { settings } = obs
  const isGdi = kindOf(obs.id) === 'text_gdiplus'
  const font = partIn(settings, 'font')
  const fontSizePx = numberIn(font, 'size', isGdi ? 36 : 32, 4, 1000)
  const flags = numberIn(font, 'flags', 0, 0, 255)
  const isFromFile = flagIn(settings, isGdi ? 'read_from_file' : 'from_file')
  const text = isFromFile ? '' : textIn(settings, 'text').slice(0, 10_000)
  const lines = text.split('\n')
  const source: SourceOf<'text'> = {
    ...common, kind: 'text', text, fontFamily: textIn(font, 'face', 'system-ui').slice(0, 200), fontSizePx, bold: (flags & BOLD) !== 0,
    ...((flags & ITALIC) === 0 ? {} : { italic: true }),
    ...(isGdi ? gdiLook(settings) : freeTypeLook(settings)),
    ...(isFromFile ? { from: { kind: 'file', path: textIn(settings, isGdi ? 'file' : 'text_file').slice(0, 4000) } } : {}),
  }
  const width = Math.max(...lines.map((line) => line.length), 4) * fontSizePx * LETTER_WIDTH
  return { source, size: { width, height: lines.length * fontSizePx * LINE_HEIGHT }, isSizeKnown: false }
}

type Look = Pick<SourceOf<'text'>, 'colour' | 'background' | 'align' | 'outline' | 'shadow'>

function freeTypeLook(settings: ObsSource['settings']): Look {
  return {
    colour: colourOf(settings['color1'], 0xffffffff), background: CLEAR, align: 'left',
    // Both are 2 pixels wide and black (text-freetype2.c).
    ...(flagIn(settings, 'outline') ? { outline: { colour: '#000000', widthPx: 2 } } : {}),
    ...(flagIn(settings, 'drop_shadow') ? { shadow: { colour: '#000000', offsetX: 4, offsetY: 4, blurPx: 0 } } : {}),
  }
}

function gdiLook(settings: ObsSource['settings']): Look {
  const align = textIn(settings, 'align', 'left')
  return {
    colour: colourOf(settings['color'], 0xffffff, numberIn(settings, 'opacity', 100, 0, 100)),
    background: colourOf(settings['bk_color'], 0, numberIn(settings, 'bk_opacity', 0, 0, 100)),
    align: align === 'center' || align === 'right' ? align : 'left',
    ...(flagIn(settings, 'outline')
      ? { outline: { colour: colourOf(settings['outline_color'], 0xffffff, numberIn(settings, 'outline_opacity', 100, 0, 100)), widthPx: numberIn(settings, 'outline_size', 2, 0, 100) } }
      : {}),
  }
}
