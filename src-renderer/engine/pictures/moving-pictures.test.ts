import { describe, expect, it } from 'vitest'
import { allocatePlanes } from '../compositor/planes.ts'
import { CompositorPlanes } from '../compositor/compositor-planes.ts'
import { PictureStore } from '../worker/picture-store.ts'
import { FadePicture, mixPlanes } from './fade-picture.ts'
import { lumaAt, lumaOfColour, plain, PlanePictureSample } from './plane-picture-sample.ts'
import { ScrollPicture, scrollOffset } from './scroll-picture.ts'

/** Each column (or row) of the strip has its own luma, 2, 3, 4 … */
function ramp(width: number, height: number, along: 'x' | 'y'): PlanePictureSample {
  const planes = allocatePlanes(width, height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) planes.y[y * width + x] = 2 + (along === 'x' ? x : y)
  return new PlanePictureSample(planes)
}
const WAY = { speed: 10, boxPx: 8, sinceUs: 0 }
const FULL = { itemId: 'i', sourceId: 's', rotationDeg: 0, opacity: 1 }

describe('a running strip', () => {
  it('begins with the box on its empty end, and moves by its speed, round and round', () => {
    expect(scrollOffset({ ...WAY, direction: 'left' }, 40, 8, 0)).toBe(32)
    expect(scrollOffset({ ...WAY, direction: 'left' }, 40, 8, 1_000_000)).toBe(2)
    expect(scrollOffset({ ...WAY, direction: 'left' }, 40, 8, 4_000_000)).toBe(32)
    expect(scrollOffset({ ...WAY, direction: 'left', speed: -10 }, 40, 8, 1_000_000)).toBe(30)
  })

  it.each([['left', 'x'], ['up', 'y']] as const)('shows the part of the strip that is due, over its seam too (%s)', async (direction, along) => {
    const strip = direction === 'left' ? ramp(40, 4, along) : ramp(4, 40, along)
    const picture = new ScrollPicture(strip, { ...WAY, direction })
    picture.setTime(400_000)
    const planes = await picture.planes()
    const at = (index: number) => (direction === 'left' ? lumaAt(planes, index, 3) : lumaAt(planes, 3, index))
    expect([picture.width, picture.height]).toEqual(direction === 'left' ? [8, 4] : [4, 8])
    // 32 + 4 px: four of the end, then the beginning.
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(at)).toEqual([38, 39, 40, 41, 2, 3, 4, 5])
  })

  it('has the strip drawn once, and is new to the compositor only when it has moved', async () => {
    const strip = ramp(40, 4, 'x')
    const picture = new ScrollPicture(strip, { ...WAY, direction: 'left' })
    const compositor = new CompositorPlanes({ width: 8, height: 4 })
    const list = [{ ...FULL, from: { x: 0, y: 0, width: 8, height: 4 }, to: { x: 0, y: 0, width: 8, height: 4 } }]
    for (const [atUs, first] of [[0, 34], [100_000, 34], [200_000, 36]] as const) {
      picture.setTime(atUs)
      await compositor.draw(list, '#000000', new Map([['s', picture]]))
      expect(lumaAt(compositor.canvas, 0, 0)).toBe(first)
    }
    expect(picture.version).toBe(2)
    expect(strip.reads).toBeLessThanOrEqual(2)
  })
})

describe('a fade', () => {
  it('goes evenly from one picture to the other and then is the other', async () => {
    const [black, white] = [plain('#000000', 8, 8), plain('#ffffff', 8, 8)]
    const fade = new FadePicture(black, white, 1000)
    const seen: number[] = []
    for (const atUs of [5_000_000, 5_500_000, 6_000_000]) {
      fade.setTime(atUs)
      seen.push(lumaAt(await fade.planes(), 4, 4))
    }
    expect(seen).toEqual([lumaOfColour('#000000'), Math.round((lumaOfColour('#000000') + lumaOfColour('#ffffff')) / 2), lumaOfColour('#ffffff')])
    const { version } = fade
    fade.setTime(7_000_000)
    expect(fade.version).toBe(version)
  })

  it('lets no colour of what is transparent shine through', () => {
    const [from, to, into] = [allocatePlanes(2, 2, true), allocatePlanes(2, 2, true), allocatePlanes(2, 2, true)]
    from.y.fill(200)
    to.y.fill(50)
    to.alpha?.fill(255)
    mixPlanes(from, to, 0.5, into)
    expect([into.y[0], into.alpha?.[0]]).toEqual([50, 128])
  })

  it('takes the place of the picture before it, which is closed when it is over; of another size at once', () => {
    const store = new PictureStore({ onSize: () => {}, onFeedEnded: () => {} })
    const closed: string[] = []
    const named = (name: string, width = 8) => Object.assign(plain('#123456', width, 8), { close: () => void closed.push(name) })
    store.fade('s', named('a'), 500)
    expect(store.pictures.get('s')).not.toBeInstanceOf(FadePicture)
    store.fade('s', named('b'), 500)
    store.setTime(0, 0)
    store.setTime(200_000, 0)
    expect(closed).toEqual([])
    // In the midst of it, from what it was turning into.
    store.fade('s', named('c'), 500)
    expect(closed).toEqual(['a'])
    store.setTime(1_000_000, 0)
    store.setTime(1_500_000, 0)
    expect(closed).toEqual(['a', 'b'])
    store.fade('s', named('wide', 16), 500)
    expect(store.pictures.get('s')?.width).toBe(16)
    expect(closed).toEqual(['a', 'b', 'c'])
  })
})
