import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import type { SourceOf } from '@shared/domain/source.ts'
import { startAnnotation } from './annotation.ts'
import { fakeBitmap, fakeContext, FakeStream, FakeTrack } from './fake-context.ts'
import { LinkedTextFiles } from './outside.ts'
import { nextRound, startSlideshow } from './slideshow.ts'
import { SourceManager } from './source-manager.ts'
import { startWebPage } from './web-page.ts'

const SLIDES: SourceOf<'slideshow'> = { id: 's', name: 'Slides', kind: 'slideshow', assetIds: ['a', 'b', 'c'], everyMs: 1000, fadeMs: 300, order: 'in-order', loop: true, width: 320, height: 180 }
const PAGE: SourceOf<'web-page'> = { id: 'w', name: 'Page', kind: 'web-page', address: 'https://example.com', width: 800, height: 600, frameRate: 30, css: '' }

function slides(source: SourceOf<'slideshow'>, broken: readonly string[] = []) {
  const fake = fakeContext()
  const shown: string[] = []
  fake.state.load = async (assetId) => {
    if (broken.includes(assetId)) throw new Error('no such picture')
    return fakeBitmap(assetId)
  }
  const runner = startSlideshow(source, fake.context, (picture) => {
    shown.push((picture as ReturnType<typeof fakeBitmap>).name)
    return fakeBitmap()
  })
  return { ...fake, shown, runner }
}

describe('a slideshow', () => {
  it('shows one after the other, fading, round and round', async () => {
    const { shown, log, clock } = slides(SLIDES)
    await clock.advance(3999)
    expect(shown.join('')).toBe('abca')
    expect(log.filter((line) => !line.includes('active'))).toEqual(['s starting', 'still s', 'fade s 300', 'fade s 300', 'fade s 300'])
  })

  it('stays on the last one unless it loops, and needs no timer then', async () => {
    const { shown, clock } = slides({ ...SLIDES, loop: false })
    await clock.advance(60_000)
    expect(shown.join('')).toBe('abc')
    expect(clock.timers).toBe(0)
  })

  it('leaves out what cannot be loaded, and says when nothing can', async () => {
    const { shown, clock } = slides(SLIDES, ['b'])
    await clock.advance(2000)
    expect(shown.join('')).toBe('aca')
    const none = slides(SLIDES, ['a', 'b', 'c'])
    await none.settle()
    expect(none.log.slice(-2)).toEqual(['away s', 's failed'])
    const empty = slides({ ...SLIDES, assetIds: [] })
    await empty.settle()
    expect(empty.log.at(-1)).toBe('s missing')
  })

  it('goes on with another speed, and begins anew with other pictures', async () => {
    const { shown, runner, clock } = slides(SLIDES)
    await clock.advance(500)
    runner.update({ ...SLIDES, everyMs: 100 })
    await clock.advance(600)
    expect(shown.join('')).toBe('abc')
    runner.update({ ...SLIDES, assetIds: ['x'] })
    await clock.advance(5000)
    expect(shown.join('')).toBe('abcx')
  })

  it('shuffles each round by chance, every picture once, none twice in a row', () => {
    const chances = [0.9, 0.1, 0.5, 0.3]
    let next = 0
    const random = () => chances[next++ % chances.length] as number
    let last: string | undefined
    for (let round = 0; round < 50; round++) {
      const order = nextRound({ assetIds: ['a', 'b', 'c'], order: 'random' }, last, random)
      expect([...order].sort()).toEqual(['a', 'b', 'c'])
      expect(order[0]).not.toBe(last)
      last = order.at(-1)
    }
  })
})

describe('a web page', () => {
  it('is captured from the host and closed with its source', async () => {
    const { context, log, state, settle } = fakeContext()
    const track = new FakeTrack('video', 'tab')
    state.answer = async () => new FakeStream([track])
    const runner = startWebPage(PAGE, context)
    await settle()
    expect(log).toEqual(['w starting', 'feed w', 'w active "https://example.com"'])
    runner.stop()
    expect(track.stopped).toBe(true)
    expect(log.at(-1)).toBe('close page w')
  })

  it('is opened again when its address has settled', async () => {
    const { context, log, state, clock, settle } = fakeContext()
    let opened = 0
    state.answer = async () => (opened++, new FakeStream([new FakeTrack('video', 'tab')]))
    const runner = startWebPage(PAGE, context)
    await settle()
    for (const address of ['https://e', 'https://ex', 'https://example.org']) runner.update({ ...PAGE, address })
    await clock.advance(5000)
    expect(opened).toBe(2)
    expect(log.at(-1)).toBe('w active "https://example.org"')
  })

  it('is said to be impossible where the host cannot', async () => {
    const { context, log, state, settle } = fakeContext()
    state.answer = async () => Promise.reject(new StudioError('not-found', 'this host cannot'))
    startWebPage(PAGE, context)
    await settle()
    expect(log.at(-1)).toBe('w missing')
    state.webPages = null
    startWebPage(PAGE, context)
    expect(log.at(-1)).toBe('w missing')
  })
})

describe('several cameras and screens at once', () => {
  it('are each opened by themselves, and each screen offers what it is for', async () => {
    const { context, state, log, settle } = fakeContext()
    state.listed = ['id-1', 'id-2'].map((deviceId) => ({ kind: 'videoinput', deviceId, label: `Cam ${deviceId}` }))
    let opened = 0
    state.answer = async () => new FakeStream([new FakeTrack('video', `track ${++opened}`)])
    const { tell: _tell, ...parts } = context
    const manager = new SourceManager(parts, () => {})
    const camera = { kind: 'camera' as const, name: '', width: 640, height: 360, frameRate: 30 }
    const screen = { kind: 'screen' as const, name: '', withAudio: false, frameRate: 15 }
    const sources = [
      { ...camera, id: 'left', deviceId: 'id-1', deviceLabel: '' }, { ...camera, id: 'right', deviceId: 'id-2', deviceLabel: '' },
      { ...screen, id: 'slides', surface: 'window' as const }, { ...screen, id: 'desktop' },
    ]
    manager.setSources(sources)
    await settle()
    expect(log.filter((line) => line.startsWith('feed')).sort()).toEqual(['feed desktop', 'feed left', 'feed right', 'feed slides'])
    expect(state.asked).toContainEqual(expect.objectContaining({ video: expect.objectContaining({ deviceId: { exact: 'id-2' } }) }))
    expect(state.asked).toContainEqual(expect.objectContaining({ video: { frameRate: { ideal: 15, max: 15 }, displaySurface: 'window' } }))
    expect(state.asked).toContainEqual(expect.objectContaining({ video: { frameRate: { ideal: 15, max: 15 } } }))
    manager.setSources(sources.slice(1))
    expect(manager.statuses().map(({ sourceId, condition }) => `${sourceId} ${condition}`)).toEqual(['right active', 'slides active', 'desktop active'])
    manager.close()
  })
})

describe('an annotation', () => {
  it('is a new sheet when its size changes, and the same one otherwise', () => {
    const { context, log } = fakeContext()
    const source: SourceOf<'annotation'> = { id: 'n', name: 'Drawing', kind: 'annotation', width: 640, height: 360, strokes: [{ tool: 'pen', colour: '#ff0000', widthPx: 4, points: [1, 1] }] }
    const runner = startAnnotation(source, context)
    runner.update({ ...source, name: 'Notes' })
    runner.update({ ...source, width: 1280 })
    expect(log).toEqual(['drawing n 640x360 pen', 'n active', 'drawing n 1280x360 pen', 'n active'])
  })
})

describe('the words of files', () => {
  it('reach whoever follows that file, once per change', async () => {
    let tell: (files: { path: string; text: string | null; problem: null }[]) => void = () => {}
    const files = new LinkedTextFiles({ onTextFiles: (handler) => ((tell = handler), () => {}) })
    tell([{ path: '/a', text: 'one', problem: null }])
    const told: (string | null)[] = []
    const stop = files.follow('/a', (file) => told.push(file.text))
    await Promise.resolve()
    tell([{ path: '/a', text: 'one', problem: null }, { path: '/b', text: 'other', problem: null }])
    tell([{ path: '/a', text: 'two', problem: null }])
    stop()
    tell([{ path: '/a', text: 'three', problem: null }])
    expect(told).toEqual(['one', 'two'])
  })
})
