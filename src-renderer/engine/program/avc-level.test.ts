import { describe, expect, it } from 'vitest'
import { avcCodecString, avcLevelIdc } from './avc-level.ts'

describe('the AVC level', () => {
  it.each([
    [160, 160, 15, 60, 11],
    [320, 240, 30, 300, 13],
    [640, 360, 30, 1000, 30],
    [640, 480, 30, 1000, 30],
    [1280, 720, 30, 2500, 31],
    [720, 1280, 30, 2500, 31],
    [1280, 720, 60, 4000, 32],
    [1920, 1080, 30, 4500, 40],
    [1080, 1920, 30, 4500, 40],
    [1920, 1080, 60, 6000, 42],
    // The bitrate alone can ask for more: level 3.1 ends at 14 Mbit/s.
    [1280, 720, 30, 15_000, 32],
    [1280, 720, 30, 20_000, 32],
    // A long thin picture has few macroblocks, but a side too long for a low level.
    [1920, 160, 15, 500, 31],
  ])('%ix%i at %i fps and %i kbit/s needs %i', (width, height, frameRate, kbps, idc) => {
    expect(avcLevelIdc(width, height, frameRate, kbps)).toBe(idc)
  })

  it('writes codec strings as RFC 6381 has them', () => {
    expect(avcCodecString('main', 31)).toBe('avc1.4d001f')
    expect(avcCodecString('high', 40)).toBe('avc1.640028')
    expect(avcCodecString('baseline', 10)).toBe('avc1.42e00a')
  })
})
