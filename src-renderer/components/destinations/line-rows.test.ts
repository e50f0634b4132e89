import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { destinations as english } from '../../i18n/en/destinations.ts'
import { destinations as chinese } from '../../i18n/zh-CN/destinations.ts'
import { lineRows } from './line-rows.ts'

const { t, n, locale } = createI18n({ legacy: false, locale: 'en', messages: { en: english, 'zh-CN': chinese }, missingWarn: false }).global
const words = { t: (key: string, values: Record<string, string | number> = {}) => t(key, values), n: (value: number, format?: { maximumFractionDigits: number }) => n(value, format ?? {}) }
const LINE = { lossPercent: 1.26, retransmits: 1234, codec: 'H264 42e01f (OpenH264)', width: 960, height: 540, fps: 24, limitedBy: 'bandwidth' }
const NOTHING = { lossPercent: null, retransmits: null, codec: null, width: null, height: null, fps: null, limitedBy: null }

describe('lineRows', () => {
  it('says what is lost, sent again and really sent, and what holds the quality down', () => {
    expect(lineRows(LINE, words)).toEqual([
      ['Lost on the line', '1.3 %'], ['Packets sent again', '1,234'], ['Picture really sent', '960 × 540, 24 fps'], ['Codec', 'H264 42e01f (OpenH264)'], ['Quality held down by', 'The line'],
    ])
  })

  it('has no row for what is not known', () => {
    expect(lineRows(undefined, words)).toEqual([])
    expect(lineRows(NOTHING, words)).toEqual([])
    expect(lineRows({ ...NOTHING, width: 640, height: 360 }, words)).toEqual([['Picture really sent', '640 × 360']])
  })

  it.each(['none', 'bandwidth', 'cpu', 'other', 'a-new-word'])('has words for %s in both languages', (limitedBy) => {
    for (const each of ['en', 'zh-CN'] as const) {
      locale.value = each
      const [[, value] = ['', '']] = lineRows({ ...NOTHING, limitedBy }, words)
      expect(value).not.toMatch(/^$|\./)
    }
    locale.value = 'en'
  })
})
