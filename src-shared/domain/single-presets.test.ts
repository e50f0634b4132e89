import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING, encoding } from './encoding.ts'
import { presetFor, SINGLE_PRESETS, singleEncoding, singleFloorKbps, singlePresetId, singleQuality } from './single-presets.ts'

const sizeOf = (width: number, height: number) => {
  const preset = presetFor({ width, height })
  return `${preset.width}x${preset.height}`
}

describe('the size of a single stream', () => {
  it.each([
    [1280, 720, '1280x720'], [1920, 1080, '1920x1080'], [3840, 2160, '1920x1080'], [1366, 768, '1280x720'],
    [640, 480, '640x480'], [800, 600, '640x480'], [640, 360, '640x360'], [300, 300, '270x270'],
    [720, 1280, '720x1280'], [480, 640, '480x640'], [1280, 800, '1280x720'],
  ])('fits a source of %i x %i', (width, height, wished) => expect(sizeOf(width, height)).toBe(wished))

  it('is the smallest where none fits', () => expect(sizeOf(120, 90)).toBe('160x160'))

  it('is never larger than the source', () => {
    for (let width = 160; width <= 2000; width += 50) {
      for (let height = 160; height <= 2000; height += 70) {
        const preset = presetFor({ width, height })
        expect(preset.width <= width && preset.height <= height, `${width}x${height}`).toBe(true)
      }
    }
  })

  it('makes an encoding that the encoders take, with the sound and the key frames of the mix', () => {
    for (const preset of SINGLE_PRESETS) expect(encoding.parse(singleEncoding(preset, DEFAULT_ENCODING))).toMatchObject({ frameRate: 15, audioKbps: DEFAULT_ENCODING.audioKbps, keyFrameSeconds: 2 })
    expect(singleEncoding({ width: 1280, height: 720 }, DEFAULT_ENCODING).videoKbps).toBe(1800)
  })

  it('is what the user has chosen, whatever the source is, in either orientation', () => {
    const source = { width: 1280, height: 720 }
    expect(singleEncoding(source, DEFAULT_ENCODING, '640x360')).toMatchObject({ width: 640, height: 360, videoKbps: 900, frameRate: 15 })
    expect(singleEncoding(source, DEFAULT_ENCODING, '1080x1920')).toMatchObject({ width: 1080, height: 1920, videoKbps: 3000 })
    expect(singleEncoding(source, DEFAULT_ENCODING, 'automatic')).toMatchObject({ width: 1280, height: 720 })
    const ids = SINGLE_PRESETS.map(singlePresetId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(singleQuality.parse(id)).toBe(id)
    expect(singleQuality.safeParse('1x1').success).toBe(false)
  })

  it('may be lowered to the user’s floor, but a small one no further than services keep it', () => {
    expect(singleFloorKbps({ width: 1280, height: 720 }, 500)).toBe(500)
    expect(singleFloorKbps({ width: 180, height: 320 }, 500)).toBe(250)
    expect(singleFloorKbps({ width: 160, height: 160 }, 500)).toBe(100)
  })
})
