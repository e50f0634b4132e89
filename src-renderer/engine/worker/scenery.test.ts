import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { CompositorPlanes } from '../compositor/compositor-planes.ts'
import { FakeEngineClock } from '../fake-clock.ts'
import { lumaOfColour, plain } from '../pictures/plane-picture-sample.ts'
import { Composing } from './composing.ts'
import { item, scene } from './director-rig-sample.ts'
import { PictureStore } from './picture-store.ts'
import { Scenery } from './scenery.ts'

const MIX = { ...DEFAULT_ENCODING, width: 64, height: 32 }
const PORTRAIT = { ...DEFAULT_ENCODING, width: 32, height: 64 }
const [red, blue] = [lumaOfColour('#ff0000'), lumaOfColour('#0000ff')]

function setUp() {
  const clock = new FakeEngineClock()
  const store = new PictureStore({ onSize() {}, onFeedEnded() {} })
  store.set('red', plain('#ff0000', 64, 32))
  store.set('blue', plain('#0000ff', 64, 32))
  const stingers = { lengthMs: () => 0, play: () => null, follow() {}, close() {} }
  const scenery = new Scenery(store, clock, new Composing(store, clock, 'planes'), stingers, 'assets/')
  const sources = ['red', 'blue'].map((id) => ({ id, name: id, kind: 'test-pattern' as const }))
  scenery.apply({
    designed: MIX, sources, order: ['a', 'b'], scenes: [scene('a', [item('red'), item('blue')]), scene('b', [item('blue')])], onAirId: 'a',
    look: { transition: { kind: 'fade', durationMs: 400 } }, second: { encoding: PORTRAIT, layout: { template: 'grid' } },
  })
  const second = scenery.openSecond()
  const compositor = new CompositorPlanes(PORTRAIT)
  /** Lumas in the middle of the left and of the right half. */
  const look = async (): Promise<[number, number] | null> => {
    const drawing = second.drawing({ timestampUs: clock.wallUs(), durationUs: 33_333 }, PORTRAIT)
    if (!drawing) return null
    for (const picture of drawing.composed) await picture.refresh?.()
    await compositor.draw(drawing.list, drawing.background, drawing.pictures)
    const { y } = compositor.canvas
    return [y[32 * PORTRAIT.width + 8] ?? -1, y[32 * PORTRAIT.width + 24] ?? -1]
  }
  return { clock, scenery, second, look }
}

const near = (seen: [number, number] | null, [left, right]: [number, number]): void => {
  expect(Math.abs((seen?.[0] ?? -1) - left), `${seen?.[0]}, not ${left}`).toBeLessThanOrEqual(2)
  expect(Math.abs((seen?.[1] ?? -1) - right), `${seen?.[1]}, not ${right}`).toBeLessThanOrEqual(2)
}

describe('the second canvas', () => {
  it('shows the scene on air by its own layout, and passes to the next one by the same transition', async () => {
    const { clock, scenery, second, look } = setUp()
    expect(second.ready).toBe(true)
    near(await look(), [red, blue])
    scenery.apply({ onAirId: 'b' })
    clock.block(200)
    near(await look(), [(red + blue) / 2, blue])
    clock.block(300)
    near(await look(), [blue, blue])
  })

  it('has another layout with the next picture', async () => {
    const { scenery, look } = setUp()
    await look()
    scenery.apply({ second: { encoding: PORTRAIT, layout: { template: 'floating', mainSourceId: 'blue' } } })
    near(await look(), [blue, blue])
  })

  it('shows nothing once it is switched off, and follows nothing once it is closed', async () => {
    const { scenery, second, look } = setUp()
    await look()
    scenery.apply({ second: null })
    expect([second.ready, await look()]).toEqual([false, null])
    second.close()
    scenery.apply({ second: { encoding: PORTRAIT, layout: { template: 'grid' } } })
    expect(second.ready).toBe(false)
  })
})
