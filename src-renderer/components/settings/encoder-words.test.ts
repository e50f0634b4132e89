import { describe, expect, it } from 'vitest'
import { settings as en } from '../../i18n/en/settings.ts'
import { settings as zh } from '../../i18n/zh-CN/settings.ts'
import { encoderWords } from './encoder-words.ts'

const translator = (texts: typeof en) => (key: string) => texts.settings.words[key.split('.').at(-1) as keyof typeof texts.settings.words]

describe('encoderWords', () => {
  it('leaves English as the engine says it', () => {
    const said = 'hardware: not supported; h264 main (software): failed: out of memory'
    expect(encoderWords(said, translator(en))).toBe(said)
  })
  it('says the same in Chinese, with names and evidence as they are', () => {
    expect(encoderWords('vp8 (software), transcoded by FFmpeg', translator(zh as typeof en))).toBe('vp8 (软件), 由 FFmpeg 转码')
    expect(encoderWords('no H.264: hardware: not supported', translator(zh as typeof en))).toBe('没有 H.264: 硬件: 不支持')
  })
})
