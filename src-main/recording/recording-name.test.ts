import { join, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { indexedName, nameBase64, recordingBase, recordingFolder, timedName, utcStamp } from './recording-name.ts'

const AT_MS = Date.UTC(2026, 6, 27, 10, 11, 12, 345)
const parts = { prefix: 'P', taskId: 'T', applicationId: '1400000001', roomId: 'studio' }
const NASTY = ['..', '../../etc', '/etc/passwd', 'a/../../b', '..\\..\\c', 'C:\\Windows', '\0', 'a\0b', 'CON', 'nul.txt', 'LPT1', 'com¹', 'x.', 'x ', '...', '.hidden', '', ' ', '房间'.repeat(32), 'ａ'.repeat(500), '?*<>|":', '\n', '😀'.repeat(64)]

describe('names of recordings', () => {
  it('are those of the specification, mixed', () => {
    const base = recordingBase(parts)
    expect(`${recordingFolder(parts)}/${indexedName(base, null, 'm3u8')}`).toBe('P/T/1400000001_c3R1ZGlv.m3u8')
    expect(timedName(base, AT_MS, 'ts')).toBe('1400000001_c3R1ZGlv_20260727101112345.ts')
    expect(indexedName(base, 2, 'mp4')).toBe('1400000001_c3R1ZGlv_2.mp4')
    expect(recordingBase({ ...parts, roomId: '4711' })).toBe('1400000001_4711')
    expect(recordingBase({ ...parts, roomId: '4294967295' })).toBe('1400000001_4294967295')
    expect(recordingBase({ ...parts, roomId: '4294967296' })).toBe(`1400000001_${nameBase64('4294967296')}`)
  })

  it('are those of the specification, single streams', () => {
    const base = recordingBase(parts, 0, { userId: 'me', media: 'aux', content: 'video' })
    expect(indexedName(base, null, 'm3u8')).toBe('1400000001_c3R1ZGlv__UserId_s_bWU.__UserId_e_aux_video.m3u8')
    expect(indexedName(base, 1, 'mp4')).toBe('1400000001_c3R1ZGlv__UserId_s_bWU.__UserId_e_aux_video_1.mp4')
  })

  it('say how often the task was restarted', () => {
    expect([0, 1, 2, 3, 4].map((restart) => recordingBase(parts, restart).split('1400')[0])).toEqual(['', 'ha1_', 'ha2_', 'ha3_', 'ha3_'])
  })

  it('write base64 without characters that mean something in paths', () => {
    expect(nameBase64('???>>>')).toBe('Pz8-Pj4+')
    expect(nameBase64('a')).toBe('YQ..')
  })

  it('stamp the start in UTC to the millisecond', () => {
    expect(utcStamp(AT_MS)).toBe('20260727101112345')
  })

  it.each(NASTY)('never leave the folder: %j', (text) => {
    const root = resolve('/recordings')
    const names = { prefix: text, taskId: text, applicationId: text, roomId: text }
    for (const stream of [null, { userId: text, media: 'main', content: 'video' }] as const) {
      const name = indexedName(recordingBase(names, 3, stream), 1440, 'm3u8')
      const path = join(root, recordingFolder(names), name)
      expect(path.startsWith(root + sep)).toBe(true)
      const folders = path.slice(root.length + 1).split(sep)
      for (const each of folders) {
        expect(Buffer.byteLength(each)).toBeGreaterThan(0)
        expect(Buffer.byteLength(each)).toBeLessThanOrEqual(240)
        expect(each).not.toMatch(/[<>:"|?*\\\0\n]|[. ]$|^\./)
        expect(each).not.toMatch(/^(con|nul|lpt1|com¹)(\.|$)/i)
      }
    }
  })

  it('keep long names apart', () => {
    const long = '房'.repeat(64)
    const base = (roomId: string) => recordingBase({ ...parts, roomId })
    expect(base(long)).not.toBe(base(`${long.slice(0, 63)}间`))
  })
})
