import { describe, expect, it } from 'vitest'
import { show as showSchema, type Show } from '@shared/domain/show.ts'
import { changeSecondEncoding, enableSecond, setSecondLayout } from './second-edits.ts'
import { newItem, newSource } from './new-sources.ts'
import { emptyShow } from './sample-show.ts'
import { changeEncoding } from './show-edits.ts'

function showOf(...kinds: ('camera' | 'screen')[]): Show {
  const show = emptyShow('s', 'Show')
  for (const kind of kinds) {
    const source = newSource({ kind, name: kind }, kind)
    show.sources.push(source)
    const item = newItem(source, show.encoding, `item-${kind}`)
    if (item) show.scenes[0]?.items.push(item)
  }
  return show
}

describe('the second canvas', () => {
  it('begins in portrait with the screen above the camera, or with a grid, and is kept while it is switched off', () => {
    const both = enableSecond(true)(showOf('screen', 'camera'))
    expect(() => showSchema.parse(both)).not.toThrow()
    expect(both.second).toMatchObject({ enabled: true, encoding: { width: 720, height: 1280, frameRate: both.encoding.frameRate } })
    const { layout } = both.second!
    expect(layout.template === 'custom' && layout.regions.map(({ sourceId, y, height }) => [sourceId, y, height])).toEqual([['screen', 0, 640], ['camera', 640, 640]])
    expect(enableSecond(true)(showOf('camera')).second?.layout).toEqual({ template: 'grid' })
    const off = enableSecond(false)(both)
    expect(off.second).toEqual({ ...both.second, enabled: false })
    expect(enableSecond(true)(off).second).toEqual(both.second)
    expect(enableSecond(false)(off)).toBe(off)
  })

  it('keeps the shares of its layout on another size, and everything but the rate on another rate', () => {
    const before = enableSecond(true)(showOf('screen', 'camera'))
    const faster = { ...before, encoding: { ...before.encoding, frameRate: 25 } }
    expect(changeSecondEncoding({ videoKbps: 1200 })(faster).second).toEqual({ ...before.second, encoding: { ...before.second?.encoding, videoKbps: 1200 } })
    const small = changeSecondEncoding({ width: 360, height: 640, videoKbps: 900 })(faster).second
    expect(small?.encoding).toEqual({ ...faster.encoding, frameRate: 30, width: 360, height: 640, videoKbps: 900 })
    expect(small?.layout.template === 'custom' && small.layout.regions[1]).toMatchObject({ x: 0, y: 320, width: 360, height: 320 })
  })

  it('keeps the beat of the mix until it is given its own', () => {
    const before = enableSecond(true)(showOf('camera'))
    const rates = (show: Show) => [show.encoding.frameRate, show.second?.encoding.frameRate, show.second?.encoding.keyFrameSeconds]
    const faster = changeEncoding({ ...before.encoding, frameRate: 60, keyFrameSeconds: 1 })(before)
    expect(rates(faster)).toEqual([60, 60, 1])
    const own = changeSecondEncoding({ frameRate: 30 })(faster)
    expect(rates(own)).toEqual([60, 30, 1])
    expect(rates(changeEncoding({ ...own.encoding, frameRate: 50 })(own))).toEqual([50, 30, 1])
    expect(changeSecondEncoding({ width: 360, height: 640 })(own).second?.encoding.frameRate).toBe(30)
  })

  it('takes another layout, and is left alone by the same one and where there is none', () => {
    const before = enableSecond(true)(showOf('camera'))
    expect(setSecondLayout({ template: 'grid' })(before)).toBe(before)
    expect(setSecondLayout({ template: 'floating' })(before).second?.layout).toEqual({ template: 'floating' })
    const without = showOf('camera')
    expect([setSecondLayout({ template: 'grid' })(without), changeSecondEncoding({ videoKbps: 500 })(without)]).toEqual([without, without])
  })
})
