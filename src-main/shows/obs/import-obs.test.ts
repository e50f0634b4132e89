import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { show as showSchema, type Show } from '@shared/domain/show.ts'
import type { Source } from '@shared/domain/source.ts'
import { AssetStore } from '../asset-store.ts'
import { importObs } from './import-obs.ts'
import { readObsCollection } from './obs-collection.ts'
import { showOfObs } from './obs-show.ts'
import { pictureSize } from './picture-size.ts'

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const sample = (name: string) => readFile(new URL(`samples/${name}.json`, import.meta.url), 'utf8')
const HD = { ...DEFAULT_ENCODING, width: 1920, height: 1080 }
const assetId = `${'a'.repeat(64)}.png`

let ids = 0
const convert = (text: string, more: Partial<Parameters<typeof showOfObs>[1]> = {}) =>
  showOfObs(readObsCollection(text), {
    encoding: HD, canvas: null, newId: () => `n${++ids}`,
    assetOf: (path) => (path.includes('gone') ? 'file-missing' : { assetId: path.endsWith('.webm') ? assetId.replace('.png', '.webm') : assetId, size: { width: 100, height: 50 } }), ...more,
  })
const source = (show: Show, name: string): Source | undefined => show.sources.find((each) => each.name === name)
const placed = (show: Show, scene: string, name: string) => show.scenes.find((each) => each.name === scene)?.items.find((each) => each.sourceId === source(show, name)?.id)

describe('a collection from Linux', async () => {
  const { show, leftOut } = convert(await sample('linux'))
  const why = (what: string) => leftOut.filter((each) => each.what === what).map((each) => each.why)

  it('becomes a valid show with its scenes in their order', () => {
    expect(showSchema.safeParse(show).error).toBeUndefined()
    expect(show).toMatchObject({ name: 'Lessons', encoding: HD, transition: { kind: 'fade-to-colour', durationMs: 500, colour: '#000000' } })
    expect(show.scenes.map(({ name }) => name)).toEqual(['Lesson', 'Break'])
    expect(show.scenes[0]?.id).toBe(show.currentSceneId)
    expect(show.scenes.map(({ transition }) => transition)).toEqual([
      { kind: 'cut', durationMs: 300 }, { kind: 'stinger', durationMs: 700, assetId: `${'a'.repeat(64)}.webm`, cutAtMs: 500 },
    ])
  })

  it('has its sources, each once', () => {
    expect(show.sources.map(({ name }) => name).sort()).toEqual(['Band', 'Camera', 'Chat', 'Desktop Audio', 'Guest', 'Lesson', 'Logo', 'Mic/Aux', 'Screen', 'Slides', 'Title'])
    expect(source(show, 'Camera')).toMatchObject({ kind: 'camera', width: 1280, height: 720 })
    expect(source(show, 'Band')).toMatchObject({ kind: 'colour', colour: '#4080ff80' })
    expect(source(show, 'Title')).toMatchObject({ kind: 'text', text: 'Physics\nTuesday', fontFamily: 'DejaVu Sans', fontSizePx: 64, bold: true, colour: '#ffff00', outline: { widthPx: 2 } })
    expect(source(show, 'Chat')).toMatchObject({ kind: 'web-page', address: 'https://chat.example.com/', width: 400, height: 800, frameRate: 15, css: 'body { margin: 0 }' })
    expect(source(show, 'Slides')).toMatchObject({ kind: 'slideshow', assetIds: [assetId], everyMs: 5000, fadeMs: 300, order: 'random', width: 1280, height: 720 })
    expect(source(show, 'Lesson')).toMatchObject({ kind: 'scene', sceneId: show.scenes[0]?.id })
    expect(source(show, 'Desktop Audio')).toMatchObject({ kind: 'screen', withAudio: true })
  })

  it('has everything where it was', () => {
    // 1280 - 320 wide at a quarter, its right bottom corner at 1900, 1060.
    expect(placed(show, 'Lesson', 'Camera')).toMatchObject({ x: 1660, y: 880, width: 240, height: 180, crop: { left: 0.125, right: 0.125, top: 0, bottom: 0 }, fit: 'stretch' })
    expect(placed(show, 'Lesson', 'Logo')).toMatchObject({ x: 860, y: 490, width: 200, height: 100, rotationDeg: 90, flipX: true })
    expect(placed(show, 'Lesson', 'Chat')).toMatchObject({ x: 1600, y: 20, width: 300, height: 600, fit: 'fit', visible: false, locked: true })
    expect(placed(show, 'Break', 'Slides')).toMatchObject({ x: 0, y: 0, width: 960, height: 540, fit: 'stretch' })
    expect(placed(show, 'Break', 'Lesson')).toMatchObject({ x: 960, y: 0, width: 960, height: 540 })
  })

  it('has its group at half its size, and the items that stand in for it only once', () => {
    const [group] = show.scenes[0]?.groups ?? []
    expect(group).toMatchObject({ name: 'Corner' })
    const inside = show.scenes[0]?.items.filter((each) => each.groupId === group?.id) ?? []
    expect(inside.map((each) => show.sources.find(({ id }) => id === each.sourceId)?.name)).toEqual(['Title', 'Band'])
    expect(inside[1]).toMatchObject({ width: 960, height: 100, x: 100 + 200 - 480, y: 100 + 100 - 50, rotationDeg: 10 })
    expect(show.scenes[0]?.items).toHaveLength(6)
  })

  it('sounds as it did', () => {
    expect(show.strips[source(show, 'Guest')?.id ?? '']).toMatchObject({ volumeDb: -6, pan: 0.5, syncOffsetMs: 120, monitor: 'both' })
    expect(show.strips[source(show, 'Mic/Aux')?.id ?? '']).toEqual({ volumeDb: 0, muted: false, pushTo: 'talk' })
    expect(show.strips[source(show, 'Desktop Audio')?.id ?? '']).toEqual({ volumeDb: 0, muted: true, tracks: [1, 2] })
    expect(show.strips[source(show, 'Guest')?.id ?? '']?.filters).toMatchObject([
      { kind: 'noise-suppression', strength: 'low' },
      { kind: 'gate', openDb: -30, closeDb: -40, attackMs: 25 },
      { kind: 'compressor', ratio: 4, thresholdDb: -20, attackMs: 6, sideChainSourceId: source(show, 'Mic/Aux')?.id },
      { kind: 'expander', ratio: 10, releaseMs: 125, detect: 'rms' },
      { kind: 'limiter', thresholdDb: -3, enabled: false },
      { kind: 'gain', gainDb: 6 },
    ])
  })

  it('tells what is not in it or not as it was', () => {
    expect(leftOut.map(({ what, why: reason }) => `${what}: ${reason}`).sort()).toEqual([
      'Camera: choose-again', 'Camera: filter-kind', 'Desktop Audio: sound-of-screen', 'Guest: choose-again', 'Guest: filter-kind',
      'Intro: source-kind', 'Lesson: item-transition', 'Lessons: hotkeys', 'Logo: blend', 'Screen: choose-again', 'Screen: size-unknown', 'Slides: file-missing',
    ])
    expect(why('Title')).toEqual([])
    expect(leftOut).toContainEqual({ what: 'Slides', why: 'file-missing', detail: '/home/user/gone.png' })
  })
})

describe('a collection from Windows, of OBS 31', async () => {
  const { show, leftOut } = convert(await sample('windows'), { encoding: { ...HD, width: 720, height: 1280 } })

  it('is scaled from its own canvas into the middle of ours', () => {
    expect(showSchema.safeParse(show).error).toBeUndefined()
    // 2560 x 1440 is 720 x 405 on 720 x 1280.
    expect(placed(show, 'Main', 'Display')).toMatchObject({ x: 0, y: 437.5, width: 720, height: 405, fit: 'fit' })
    expect(placed(show, 'Main', 'Webcam')).toMatchObject({ x: 270, y: 550, width: 180, height: 180, fit: 'fill' })
  })

  it('finds devices by their names and texts in files', () => {
    expect(source(show, 'Webcam')).toMatchObject({ kind: 'camera', deviceLabel: 'Logi "C920" : HD'.replaceAll('"', '#'), width: 1920, height: 1080 })
    expect(source(show, 'Name')).toMatchObject({ kind: 'text', colour: '#ff000080', background: '#000000', italic: true, bold: false, align: 'center', outline: { colour: '#00ff00', widthPx: 4 } })
    expect(source(show, 'Score')).toMatchObject({ kind: 'text', text: '', from: { kind: 'file', path: 'C:/scores/now.txt' } })
    expect(show.strips[source(show, 'Mic')?.id ?? '']).toEqual({ volumeDb: -100, muted: false })
    expect(show.transition).toEqual({ kind: 'fade', durationMs: 300 })
  })

  it('tells what it cannot know', () => {
    expect(leftOut.map(({ what, why }) => `${what}: ${why}`).sort()).toEqual(['Desktop Audio: sound-of-screen', 'Display: choose-again', 'Display: size-unknown', 'Mic: choose-again', 'Name: bounds', 'nobody: nothing-to-show'])
  })
})

describe('what is no collection, or a strange one', () => {
  const scene = (name: string, shows: readonly string[]) => ({ id: 'scene', name, settings: { items: shows.map((each) => ({ name: each })) } })
  const collection = (sources: unknown[], more: object = {}) => JSON.stringify({ name: 'X', scene_order: [], sources, ...more })

  it.each(['', 'hello', '[]', 'null', '{}', '{"sources":{}}', '{"sources":[]}', '['.repeat(100_000), '{"sources":'.repeat(50_000)])('is refused with one sentence: %.20s', (text) => {
    expect(() => readObsCollection(text)).toThrow(expect.objectContaining({ reason: 'show-broken' }))
  })

  it('is read with what is right in it', () => {
    const text = collection([null, 7, 'x', [], { id: 4 }, { id: 'scene', name: 'A', settings: { items: [null, { name: 'C', pos: 'left', rot: null, scale: { x: 'wide' } }] } }, { id: 'color_source', name: 'C', settings: { color: 'red', width: -4 }, filters: 5, volume: 'loud' }])
    const { show } = convert(text)
    expect(showSchema.safeParse(show).error).toBeUndefined()
    expect(show.scenes[0]?.items).toMatchObject([{ width: 1, height: 1080, x: 0 }])
  })

  it('has an empty scene when it has none', () => {
    const { show } = convert(collection([]))
    expect(show.scenes).toHaveLength(1)
    expect(showSchema.safeParse(show).success).toBe(true)
  })

  it('fades where the video of a stinger is gone, and shows no video as an image', () => {
    const stinger = (path: string) => convert(collection([], { current_transition: 'S', transitions: [{ id: 'obs_stinger_transition', name: 'S', settings: { path, tp_type: 1 } }] }))
    expect(stinger('/gone.webm')).toMatchObject({ show: { transition: { kind: 'fade' } }, leftOut: [{ what: 'S', why: 'file-missing', detail: '/gone.webm' }] })
    expect(stinger('/a.png')).toMatchObject({ show: { transition: { kind: 'fade' } }, leftOut: [{ why: 'file-unusable' }] })
    expect(stinger('/a.webm').show.transition).toMatchObject({ kind: 'stinger' })
    const image = convert(collection([{ id: 'scene', name: 'A', settings: { items: [{ name: 'I' }] } }, { id: 'image_source', name: 'I', settings: { file: '/a.webm' } }]))
    expect(image).toMatchObject({ show: { sources: [] }, leftOut: [{ what: 'I', why: 'file-unusable' }] })
  })

  it('shows no scene inside itself, however long the way round', () => {
    const { show, leftOut } = convert(collection([scene('A', ['B']), scene('B', ['C', 'B']), scene('C', ['A'])]))
    expect(showSchema.safeParse(show).error).toBeUndefined()
    expect(leftOut.filter(({ why }) => why === 'circle').map(({ what }) => what)).toEqual(['B', 'C'])
  })

  it('bears scenes in scenes as deep as they go', () => {
    const { show } = convert(collection(Array.from({ length: 199 }, (_, index) => scene(`S${index}`, [`S${index + 1}`]))))
    expect(showSchema.safeParse(show).error).toBeUndefined()
    expect(show.scenes).toHaveLength(199)
  })

  it('bears groups in groups, and numbers beyond all bounds', () => {
    const wild = { name: 'C', pos: { x: 1e300, y: -1e300 }, scale: { x: 1e9, y: -0 }, rot: 1e9, crop_left: 1e9, bounds_type: 99 }
    const text = collection([{ id: 'scene', name: 'A', settings: { items: [{ name: 'G' }, wild] } }, { id: 'color_source', name: 'C', settings: {} }], {
      groups: [{ id: 'group', name: 'G', settings: { cx: 0, cy: -5, items: [{ name: 'G' }, wild] } }],
    })
    const { show } = convert(text)
    expect(showSchema.safeParse(show).error).toBeUndefined()
    expect(show.scenes[0]?.items).toHaveLength(2)
  })

  it('is cut to what a show may hold, and says so', () => {
    const sources = Array.from({ length: 15_000 }, (_, index) => ({ id: 'color_source', name: `Colour ${index} ${'x'.repeat(600)}`, settings: {} }))
    const scenes = Array.from({ length: 300 }, (_, index) => scene(`Scene ${index}`, sources.slice(index * 50, index * 50 + 600).map(({ name }) => name)))
    const text = collection([...scenes, ...sources])
    expect(text.length).toBeGreaterThan(10_000_000)
    const { show, leftOut } = convert(text)
    expect(showSchema.safeParse(show).error).toBeUndefined()
    expect(show.scenes).toHaveLength(200)
    expect(show.sources).toHaveLength(200)
    expect(leftOut.length).toBeLessThanOrEqual(1000)
    expect(leftOut.some(({ why, what }) => why === 'too-many' && what === 'Scene 299')).toBe(true)
  })
})

describe('pictures of a collection', () => {
  let folder = ''
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'castwright-obs-'))))
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('are taken from where they are; nothing but pictures is', async () => {
    await writeFile(join(folder, 'a.png'), png)
    await writeFile(join(folder, 'secrets.png'), 'AWS_SECRET=1234567890 and more')
    await mkdir(join(folder, 'folder.png'))
    const paths = ['a.png', 'secrets.png', 'folder.png', 'none.png'].map((name) => join(folder, name))
    const sources = [...paths, 'relative.png', '//server/share/a.png', '/dev/zero', '/proc/version'].map((file, index) => ({ id: 'image_source', name: `${index}`, settings: { file } }))
    const text = JSON.stringify({ scene_order: [], sources: [{ id: 'scene', name: 'A', settings: { items: sources.map(({ name }) => ({ name })) } }, ...sources] })
    const assets = new AssetStore(join(folder, 'assets'))
    const { show, leftOut } = await importObs(text, { encoding: HD, canvas: null, assets, newId: () => `n${++ids}` })
    expect(show.sources).toMatchObject([{ kind: 'image', name: '0', assetId: (await readdir(join(folder, 'assets')))[0] }])
    expect(show.scenes[0]?.items).toMatchObject([{ width: 1, height: 1 }])
    expect(leftOut.map(({ why }) => why)).toEqual(['file-unusable', 'file-unusable', 'file-missing', 'file-missing', 'file-missing', 'file-unusable', 'file-unusable'])
    expect(await readdir(join(folder, 'assets'))).toHaveLength(1)
  })

  it.each<[string, Buffer, [number, number] | null]>([
    ['PNG', png, [1, 1]],
    ['GIF', Buffer.from('GIF89a\u0040\u0001\u00f0\0\0\0\0\0\0\0', 'latin1'), [320, 240]],
    ['JPEG', Buffer.from('FFD8FFE000040000FFC000110800F00140030122', 'hex'), [320, 240]],
    ['WebP, extended', Buffer.from('524946460000000057454250565038580A000000000000003F0100EF0000', 'hex'), [320, 240]],
    ['WebP, lossless', Buffer.from('5249464600000000574542505650384C000000002F3FC13B0000', 'hex'), [320, 240]],
    ['WebP', Buffer.from('5249464600000000574542505650382000000000000000009D014001F000', 'hex'), [320, 240]],
    ['a JPEG that is cut off', Buffer.from('FFD8FFE0FFFF', 'hex'), null],
    ['nothing', Buffer.alloc(0), null],
  ])('have a size: %s', (_name, bytes, size) => {
    expect(pictureSize(bytes)).toEqual(size && { width: size[0], height: size[1] })
  })
})
