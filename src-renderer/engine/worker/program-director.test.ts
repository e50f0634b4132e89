import { describe, expect, it } from 'vitest'
import type { Transition } from '@shared/domain/transition.ts'
import { lumaAt, lumaOfColour, plain, quarters } from '../pictures/plane-picture-sample.ts'
import { CANVAS, DirectorRig, item, nested, scene } from './director-rig-sample.ts'

const [RED, BLUE, WHITE] = ['#ff0000', '#0000ff', '#ffffff']
const [red, blue, black, white] = [RED, BLUE, '#000000', WHITE].map(lumaOfColour) as [number, number, number, number]

/** Red on air, blue to come, by this transition; and the picture `afterMs` after the change. */
async function passing(transition: Partial<Transition>, ...afterMs: number[]) {
  const rig = new DirectorRig().show({ red: plain(RED, 64, 32), blue: plain(BLUE, 64, 32) })
  rig.start([scene('a', [item('red')]), scene('b', [item('blue')])], { look: { transition: { kind: 'fade', durationMs: 400, ...transition } } })
  await rig.draw()
  rig.apply({ onAirId: 'b' })
  const pictures: ((x: number, y: number) => number)[] = []
  for (const ms of afterMs) {
    rig.clock.block(ms)
    const planes = await rig.draw()
    const y = planes.y.slice()
    pictures.push((x, row) => y[row * CANVAS.width + x] ?? -1)
  }
  return { rig, pictures }
}
const near = (value: number, expected: number): void => expect(Math.abs(value - expected), `${value}, not ${expected}`).toBeLessThanOrEqual(2)

describe('transitions, by their pixels', () => {
  it('cuts: the next picture is the other scene, drawn without a scene picture', async () => {
    const { rig, pictures } = await passing({ kind: 'cut' }, 0)
    near(pictures[0]?.(5, 5) ?? -1, blue)
    expect(rig.director.moving).toBe(false)
  })

  it('fades through the mean, and ends as a plain scene', async () => {
    const { rig, pictures } = await passing({ kind: 'fade' }, 0, 200, 150, 50)
    near(pictures[0]?.(5, 5) ?? -1, red)
    near(pictures[1]?.(5, 5) ?? -1, (red + blue) / 2)
    near(pictures[2]?.(5, 5) ?? -1, red + (blue - red) * 0.875)
    near(pictures[3]?.(5, 5) ?? -1, blue)
    expect(rig.director.moving).toBe(false)
    expect(rig.commands).toBe(1)
  })

  it.each([
    ['left', [blue, red]], ['right', [red, blue]],
  ] as const)('wipes from the %s', async (direction, [left, right]) => {
    const { pictures } = await passing({ kind: 'wipe', direction }, 200)
    near(pictures[0]?.(28, 5) ?? -1, left)
    near(pictures[0]?.(36, 5) ?? -1, right)
  })

  it.each([
    ['up', [blue, red]], ['down', [red, blue]],
  ] as const)('wipes and slides from %s', async (direction, [top, bottom]) => {
    for (const kind of ['wipe', 'slide'] as const) {
      const { pictures } = await passing({ kind, direction }, 200)
      near(pictures[0]?.(5, 13) ?? -1, top)
      near(pictures[0]?.(5, 18) ?? -1, bottom)
    }
  })

  it('slides: both pictures move as one', async () => {
    const rig = new DirectorRig().show({ red: plain(RED, 64, 32), four: quarters(64, 32) })
    rig.start([scene('a', [item('four')]), scene('b', [item('red')])], { look: { transition: { kind: 'slide', durationMs: 400, direction: 'right' } } })
    await rig.draw()
    rig.apply({ onAirId: 'b' })
    rig.clock.block(200)
    const planes = await rig.draw()
    // Half of the way: the right half of the old picture is at the left, the new one at the right.
    expect([lumaAt(planes, 2, 2), lumaAt(planes, 30, 30)]).toEqual([100, 200])
    near(lumaAt(planes, 34, 5), red)
  })

  it('goes through a colour', async () => {
    const { pictures } = await passing({ kind: 'fade-to-colour', colour: WHITE }, 100, 99, 2)
    near(pictures[0]?.(5, 5) ?? -1, (red + white) / 2)
    near(pictures[1]?.(5, 5) ?? -1, white)
    near(pictures[2]?.(5, 5) ?? -1, white)
  })

  it('ends the first at once when the scene changes again', async () => {
    const { rig } = await passing({ kind: 'fade' }, 200)
    rig.apply({ onAirId: 'a' })
    near(lumaAt(await rig.draw(), 5, 5), blue)
    rig.clock.block(400)
    near(lumaAt(await rig.draw(), 5, 5), red)
  })

  it('takes the transition of the scene that is come to before that of the show, and the usual one where neither is set', async () => {
    const rig = new DirectorRig().show({ red: plain(RED, 64, 32), blue: plain(BLUE, 64, 32) })
    rig.start([scene('a', [item('red')]), scene('b', [item('blue')], { transition: { kind: 'cut', durationMs: 300 } })])
    await rig.draw()
    rig.apply({ onAirId: 'b' })
    near(lumaAt(await rig.draw(), 5, 5), blue)
    rig.apply({ onAirId: 'a' })
    rig.clock.block(150)
    near(lumaAt(await rig.draw(), 5, 5), (red + blue) / 2)
  })

  it('keeps watermarks and both scenes live while it lasts', async () => {
    const live = plain(RED, 64, 32)
    const rig = new DirectorRig().show({ live, blue: plain(BLUE, 64, 32), 'asset:logo': plain(WHITE, 8, 8) })
    const watermarks = [{ id: 'w', assetId: 'logo', top: 0, left: 0, width: 8, height: 8 }]
    rig.start([scene('a', [item('live')]), scene('b', [item('blue')])], { look: { watermarks, transition: { kind: 'fade', durationMs: 400 } } })
    near(lumaAt(await rig.draw(), 2, 2), white)
    rig.apply({ onAirId: 'b' })
    rig.clock.block(200)
    near(lumaAt(await rig.draw(), 20, 5), (red + blue) / 2)
    live.fill('#000000')
    near(lumaAt(await rig.draw(), 20, 5), (black + blue) / 2)
    near(lumaAt(await rig.draw(), 2, 2), white)
    rig.clock.block(200)
    near(lumaAt(await rig.draw(), 2, 2), white)
  })

  it('cuts where a stinger has no video, and shows the video in front where it has', async () => {
    const { pictures } = await passing({ kind: 'stinger', assetId: 'swoosh' }, 0)
    near(pictures[0]?.(5, 5) ?? -1, blue)

    const seeks: number[] = []
    const picture = plain(WHITE, 64, 32)
    const rig = new DirectorRig({ lengthMs: () => 1000, play: () => ({ picture, seek: (ms) => void seeks.push(ms), close: () => void seeks.push(-1) }) })
    rig.show({ red: plain(RED, 64, 32), blue: plain(BLUE, 64, 32) })
    rig.start([scene('a', [item('red')]), scene('b', [item('blue')])], { look: { transition: { kind: 'stinger', durationMs: 300, assetId: 'swoosh', cutAtMs: 500 } } })
    await rig.draw()
    rig.apply({ onAirId: 'b' })
    rig.clock.block(400)
    near(lumaAt(await rig.draw(), 5, 5), white)
    rig.clock.block(700)
    near(lumaAt(await rig.draw(), 5, 5), blue)
    expect(seeks).toEqual([400, -1])
  })
})

describe('what else the program shows', () => {
  it('draws a plain scene straight from its sources, and keeps its list while only pixels change', async () => {
    const rig = new DirectorRig().show({ red: plain(RED, 64, 32) })
    rig.start([scene('a', [item('red')])])
    const at = { timestampUs: 1, durationUs: 1 }
    const first = rig.director.drawing(at, CANVAS)
    rig.store.set('red', plain(BLUE, 64, 32))
    expect(rig.director.drawing(at, CANVAS)).toBe(first)
    expect(rig.director.drawing(at, CANVAS)?.list).toBe(first?.list)
    near(lumaAt(await rig.draw(), 5, 5), blue)
  })

  it('is black for a program of sound alone', async () => {
    const rig = new DirectorRig().show({ red: plain(RED, 64, 32) })
    rig.start([scene('a', [item('red')])], { look: { media: 'sound' } })
    near(lumaAt(await rig.draw(), 5, 5), black)
    rig.apply({ look: {} })
    near(lumaAt(await rig.draw(), 5, 5), red)
  })

  it('moves pictures to their new places when the layout changes, in the time that is set', async () => {
    const rig = new DirectorRig().show({ red: plain(RED, 64, 32), blue: plain(BLUE, 64, 32) })
    const screen = (id: string) => ({ id, name: id, kind: 'test-pattern' as const })
    const items = [item('red', { fit: 'fill' }), item('blue', { fit: 'fill' })]
    rig.start([scene('a', items, { layout: { template: 'grid' } })], { sources: [screen('red'), screen('blue')], look: { layoutAnimationMs: 200 } })
    const grid = await rig.draw()
    expect([lumaAt(grid, 2, 2), lumaAt(grid, 40, 2)]).toEqual([red, blue])
    // Red fills the canvas, blue floats at the bottom left.
    const floating = scene('a', items, { layout: { template: 'floating' } })
    rig.apply({ scenes: [floating] })
    expect([lumaAt(await rig.draw(), 2, 2), lumaAt(await rig.draw(), 40, 2)]).toEqual([red, blue])
    rig.clock.block(100)
    const half = await rig.draw()
    // Half of the way red has grown to three quarters of the width, and blue has left the right edge.
    expect(lumaAt(half, 60, 2)).not.toBe(blue)
    rig.clock.block(101)
    const there = await rig.draw()
    expect([lumaAt(there, 2, 2), lumaAt(there, 60, 2), lumaAt(there, 6, 28)]).toEqual([red, red, blue])
    expect(rig.director.moving).toBe(false)
  })

  it('moves pictures to their new places within a transition, too, and ends what is left of it after the transition', async () => {
    const rig = new DirectorRig().show({ red: plain(RED, 64, 32), blue: plain(BLUE, 64, 32), 'asset:logo': plain(WHITE, 8, 8) })
    const items = [item('red', { fit: 'fill' }), item('blue', { fit: 'fill' })]
    const watermarks = [{ id: 'w', assetId: 'logo', top: 0, left: 28, width: 8, height: 8 }]
    rig.start([scene('a', [item('blue')]), scene('b', items, { layout: { template: 'grid' } })], {
      sources: ['red', 'blue'].map((id) => ({ id, name: id, kind: 'test-pattern' as const })),
      look: { layoutAnimationMs: 400, watermarks, transition: { kind: 'wipe', durationMs: 200, direction: 'left' } },
    })
    await rig.draw()
    rig.apply({ onAirId: 'b' })
    rig.clock.block(100)
    // Half wiped: at the left the new scene's left half.
    near(lumaAt(await rig.draw(), 2, 16), red)
    rig.apply({ scenes: [scene('b', items, { layout: { template: 'floating' } })] })
    near(lumaAt(await rig.draw(), 2, 28), red)
    rig.clock.block(110)
    // The transition is over, the move is not: blue has not come to the bottom left, and has left the right edge.
    const between = await rig.draw()
    expect([rig.director.moving, lumaAt(between, 2, 28)]).toEqual([true, red])
    near(lumaAt(between, 32, 4), white)
    rig.clock.block(100)
    expect(rig.director.moving).toBe(true)
    near(lumaAt(await rig.draw(), 32, 4), white)
    rig.clock.block(200)
    const there = await rig.draw()
    expect([rig.director.moving, lumaAt(there, 60, 2), lumaAt(there, 6, 28)]).toEqual([false, red, blue])
    near(lumaAt(there, 32, 4), white)
  })

  it('changes the layout on the next picture when no time is set, and follows a hand at once', async () => {
    const rig = new DirectorRig().show({ red: plain(RED, 64, 32), blue: plain(BLUE, 64, 32) })
    rig.start([scene('a', [item('blue'), item('red', { width: 32 })])], { look: { layoutAnimationMs: 200 } })
    await rig.draw()
    rig.apply({ scenes: [scene('a', [item('blue'), item('red', { width: 32, x: 32 })])] })
    expect([lumaAt(await rig.draw(), 2, 2), lumaAt(await rig.draw(), 40, 2)]).toEqual([blue, red])
  })

  it('shows the placeholder of a region while its source is away', async () => {
    const rig = new DirectorRig().show({ 'asset:card': plain(WHITE, 8, 8) })
    rig.store.setAway('red', plain('#101010', 8, 8))
    const region = { id: 'r', x: 0, y: 0, width: 32, height: 32, zOrder: 0, fit: 'fill' as const, placeholderAssetId: 'card' }
    rig.start([scene('a', [item('red')], { layout: { template: 'custom', regions: [region] } })], { sources: [{ id: 'red', name: '', kind: 'test-pattern' }] })
    near(lumaAt(await rig.draw(), 5, 5), white)
    rig.store.set('red', plain(RED, 64, 32))
    near(lumaAt(await rig.draw(), 5, 5), red)
  })
})

describe('nested scenes', () => {
  const inside = scene('inner', [item('four')])
  const outside = scene('outer', [item('inner-source', { x: 32, width: 32, height: 16 })])

  it('show what the scene shows, in their box', async () => {
    const rig = new DirectorRig().show({ four: quarters(64, 32) })
    rig.start([outside, inside], { sources: [nested('inner-source', 'inner')] })
    const planes = await rig.draw()
    expect([lumaAt(planes, 34, 2), lumaAt(planes, 61, 2), lumaAt(planes, 34, 13), lumaAt(planes, 61, 13)]).toEqual([50, 100, 150, 200])
    near(lumaAt(planes, 10, 10), black)
  })

  it('cost nothing while nothing in them changes, and nothing at all while nobody looks', async () => {
    const four = quarters(64, 32)
    const rig = new DirectorRig().show({ four })
    rig.start([scene('other', []), inside, outside], { sources: [nested('inner-source', 'inner')] })
    await rig.draw()
    expect(four.reads).toBe(0)
    rig.apply({ onAirId: 'outer', look: { transition: { kind: 'cut', durationMs: 300 } } })
    await rig.draw()
    const { reads } = four
    const version = rig.store.pictures.get('inner-source')?.version
    await rig.draw()
    await rig.draw()
    expect(four.reads).toBe(reads)
    expect(rig.store.pictures.get('inner-source')?.version).toBe(version)
    four.fill(WHITE)
    near(lumaAt(await rig.draw(), 40, 5), white)
    expect(rig.store.pictures.get('inner-source')?.version).toBe((version ?? 0) + 1)
  })

  it('follow changes of the scene that they show', async () => {
    const rig = new DirectorRig().show({ four: quarters(64, 32) })
    rig.start([outside, inside], { sources: [nested('inner-source', 'inner')] })
    await rig.draw()
    rig.apply({ scenes: [scene('inner', [item('four', { flipX: true })])] })
    expect(lumaAt(await rig.draw(), 34, 2)).toBe(100)
  })

  it('stop where a scene shows itself', async () => {
    const rig = new DirectorRig().show({ red: plain(RED, 64, 32) })
    const circle = scene('a', [item('red'), item('self', { x: 32, width: 32 })])
    rig.start([circle], { sources: [nested('self', 'a')] })
    near(lumaAt(await rig.draw(), 5, 5), red)
    near(lumaAt(await rig.draw(), 36, 5), red)
  })

  it('give their memory back when nobody has looked for a while, and come back', async () => {
    const rig = new DirectorRig().show({ four: quarters(64, 32) })
    rig.start([outside, inside], { sources: [nested('inner-source', 'inner')] })
    await rig.draw()
    const picture = rig.store.pictures.get('inner-source')
    for (let round = 0; round < 6; round++) rig.scenes.rest()
    await expect(picture?.planes()).rejects.toThrow('not in planes')
    expect(lumaAt(await rig.draw(), 34, 2)).toBe(50)
  })
})
