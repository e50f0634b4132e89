import { describe, expect, it } from 'vitest'
import { FakeEngineClock } from '../fake-clock.ts'
import { addedBy, AssetPictures, LOAD_AGAIN_MS } from './asset-pictures.ts'
import { scene } from './director-rig-sample.ts'
import { PictureStore } from './picture-store.ts'

const region = { id: 'r', x: 0, y: 0, width: 10, height: 10, zOrder: 0, fit: 'fill' as const }

function rig() {
  const asked: string[] = []
  const clock = new FakeEngineClock()
  const store = new PictureStore({ onSize() {}, onFeedEnded() {} })
  let works = true
  const bitmaps: { closed: boolean; width: number; height: number; close(): void }[] = []
  const pictures = new AssetPictures(store, clock, async (assetId) => {
    asked.push(assetId)
    if (!works) throw new Error('not there')
    const bitmap = { closed: false, width: 4, height: 4, close: () => void (bitmap.closed = true) }
    bitmaps.push(bitmap)
    return { bitmap: bitmap as unknown as ImageBitmap, opaque: false }
  })
  return { asked, clock, store, pictures, bitmaps, settle: () => new Promise<void>((resolve) => setTimeout(resolve)), setWorks: (next: boolean) => void (works = next) }
}

describe('what layouts and watermarks show besides sources', () => {
  it('is found in every scene, not only the one on air', () => {
    const custom = { template: 'custom' as const, regions: [{ ...region, background: '#101010', placeholderAssetId: 'card' }], backgroundAssetId: 'wall' }
    const added = addedBy([scene('a', []), scene('b', [], { layout: custom })], [{ id: 'w', assetId: 'logo', top: 0, left: 0, width: 1, height: 1 }])
    expect([...added.colours]).toEqual(['#101010'])
    expect([...added.assetIds].toSorted()).toEqual(['card', 'logo', 'wall'])
  })

  it('is loaded once, and goes when nothing shows it any more, even while it is loading', async () => {
    const { asked, store, pictures, bitmaps, settle } = rig()
    const logo = { colours: new Set(['#ffffff']), assetIds: new Set(['logo']) }
    const none = { colours: new Set<string>(), assetIds: new Set<string>() }
    pictures.follow(logo)
    pictures.follow(logo)
    await settle()
    expect(asked).toEqual(['logo'])
    expect([...store.pictures.keys()].toSorted()).toEqual(['asset:logo', 'colour:#ffffff'])
    pictures.follow(none)
    expect(store.pictures.size).toBe(0)
    pictures.follow(logo)
    pictures.follow(none)
    await settle()
    expect(store.pictures.size).toBe(0)
    expect(bitmaps.at(-1)?.closed).toBe(true)
  })

  it('is not asked for at every edit while it cannot be had', async () => {
    const { asked, clock, store, pictures, settle, setWorks } = rig()
    const logo = { colours: new Set<string>(), assetIds: new Set(['logo']) }
    setWorks(false)
    for (let edit = 0; edit < 5; edit++) {
      pictures.follow(logo)
      await settle()
    }
    expect(asked).toHaveLength(1)
    setWorks(true)
    clock.block(LOAD_AGAIN_MS)
    pictures.follow(logo)
    await settle()
    expect(store.pictures.has('asset:logo')).toBe(true)
  })
})
