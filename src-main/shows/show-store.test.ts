import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shows } from '@shared/contracts/shows.ts'
import type { StudioError } from '@shared/domain/errors.ts'
import { show as showSchema, type Show } from '@shared/domain/show.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { demoShow, newShow } from './new-show.ts'
import { MAX_ASSET_BYTES } from './asset-store.ts'
import { pictureType } from './picture-type.ts'
import { DEMONSTRATION_ID, readShowFile, ShowStore, type ShowStoreOptions } from './show-store.ts'
import { parseShow, showFileName, showText } from './show-text.ts'

let dataDir = ''
let failures: StudioError[] = []
let clock = new FakeClock()
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'castwright-shows-'))
  failures = []
  clock = new FakeClock()
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

let ids = 0
const open = (more: Partial<ShowStoreOptions> = {}) =>
  ShowStore.open({ dataDir, clock, newId: () => `id-${++ids}`, onFailure: (failure) => failures.push(failure), ...more })
const gone: Show = {
  ...newShow('with-gone', 'With a camera that is gone'),
  sources: [{ kind: 'camera', id: 'c', name: 'C', deviceId: 'no-such-device', deviceLabel: 'Gone Cam', width: 640, height: 360, frameRate: 30 }],
}

describe('ShowStore', () => {
  it('begins with an empty scene, and is at its first run until something was saved', async () => {
    const store = await open()
    const { show, firstRun } = store.current()
    expect(firstRun).toBe(true)
    expect(show.scenes[0]?.items).toEqual([])
    expect(store.list.value).toEqual([])
    await store.save({ ...show, name: 'Mine' })
    const again = await open()
    expect(again.current()).toEqual({ show: { ...show, name: 'Mine' }, firstRun: false })
    expect(again.list.value).toMatchObject([{ id: show.id, name: 'Mine' }])
  })

  it('goes on with the show that was open last, not the one saved last', async () => {
    const store = await open()
    const a = await store.create({ name: 'A' })
    await clock.advance(1000)
    await store.create({ name: 'B' })
    await store.open({ showId: a.id })
    expect((await open()).currentShow.name).toBe('A')
    expect(store.list.value.map((each) => each.name)).toEqual(['B', 'A'])
    expect(shows.topics.list.safeParse(store.list.value).success).toBe(true)
  })

  it('keeps references to devices that are gone, over saving, exporting and importing', async () => {
    const store = await open()
    await store.save(gone)
    const { text, fileName } = store.exportText({ showId: gone.id })
    expect(fileName).toBe('With a camera that is gone.castwright.json')
    const imported = await store.importText({ text })
    expect(imported).toEqual({ ...gone, id: imported.id })
    expect(imported.id).not.toBe(gone.id)
    expect((await open()).list.value).toHaveLength(2)
  })

  it.each<[string, string, string, RegExp]>([
    ['not JSON', 'hello {', 'show-broken', /not JSON/],
    ['a list', '[]', 'show-broken', /no show/],
    ['other JSON', '{"name":"x"}', 'show-broken', /no version/],
    ['a newer version', JSON.stringify({ ...newShow('n', 'N'), version: 99 }), 'show-newer', /version is 99/],
    ['a wrong value', JSON.stringify({ ...newShow('n', 'N'), encoding: { ...newShow('n', 'N').encoding, width: 8 } }), 'show-invalid', /^encoding › width: /],
    ['a missing source', JSON.stringify({ ...demoShow('n'), sources: [] }), 'show-invalid', /source that does not exist/],
  ])('refuses to import %s and loses nothing', async (_what, text, reason, evidence) => {
    const store = await open()
    await store.save(gone)
    await expect(store.importText({ text })).rejects.toMatchObject({ reason, evidence: expect.stringMatching(evidence) as string })
    expect(store.currentShow).toEqual(gone)
    expect(store.list.value).toHaveLength(1)
  })

  it('sets a broken file aside, takes its newest copy and says so', async () => {
    const store = await open()
    await store.save({ ...gone, name: 'good' })
    await clock.advance(60_000)
    await store.save({ ...gone, name: 'newer' })
    await writeFile(join(dataDir, 'shows', 'with-gone.json'), '{"version":1,')
    const again = await open()
    expect(again.currentShow.name).toBe('good')
    expect(failures).toMatchObject([{ reason: 'show-broken', evidence: expect.stringMatching(/kept as .*; taken instead: its state of 20/) as string }])
    expect((await readdir(join(dataDir, 'shows'))).filter((name) => name.includes('broken'))).toHaveLength(1)
    expect(parseShow(await readFile(join(dataDir, 'shows', 'with-gone.json'), 'utf8')).name).toBe('good')
  })

  it('moves removed shows to the trash and goes on with another', async () => {
    const store = await open()
    const a = await store.create({ name: 'A' })
    await clock.advance(1)
    const b = await store.create({ name: 'B' })
    await store.remove({ showId: b.id })
    expect(store.currentShow.id).toBe(a.id)
    await store.remove({ showId: a.id })
    expect(store.currentShow.scenes[0]?.items).toEqual([])
    expect(await readdir(join(dataDir, 'trash'))).toHaveLength(2)
    await expect(store.open({ showId: a.id })).rejects.toMatchObject({ reason: 'not-found' })
  })

  it('goes on in memory when the folder cannot be written, and tells whoever saved', async () => {
    await writeFile(join(dataDir, 'shows'), 'in the way')
    const store = await open()
    await expect(store.save(gone)).rejects.toMatchObject({ reason: 'folder-not-writable' })
    expect(failures.map((each) => each.reason)).toEqual(['folder-not-writable'])
    expect(store.currentShow).toEqual(gone)
    expect(store.list.value).toHaveLength(1)
  })

  it('writes the newest of many saves last', async () => {
    const store = await open()
    await Promise.all([1, 2, 3, 4, 5].map((n) => store.save({ ...gone, name: `save ${n}` })))
    expect((await open()).currentShow.name).toBe('save 5')
  })

  it('does not let an id from a file choose a path', async () => {
    const store = await open()
    await store.importText({ text: showText({ ...gone, id: '../../escaped' }) })
    expect((await readdir(join(dataDir, 'shows'))).filter((name) => name !== 'older')).toMatchObject([expect.stringMatching(/^h-[0-9a-f]{32}\.json$/)])
    expect((await open()).currentShow.id).toBe('../../escaped')
  })
})

describe('readShowFile', () => {
  it('never writes to the file, nor over a show of one’s own', async () => {
    const path = join(dataDir, 'given.json')
    const text = showText(gone)
    await writeFile(path, text)
    const own = await open()
    await own.save({ ...gone, name: 'my own' })
    const store = await open({ startWith: await readShowFile(path) })
    expect(store.current()).toMatchObject({ firstRun: false, show: { name: gone.name } })
    await store.save({ ...store.currentShow, name: 'changed' })
    expect(await readFile(path, 'utf8')).toBe(text)
    expect((await open()).list.value.map((each) => each.name).sort()).toEqual(['changed', 'my own'])
  })

  it('leaves the next start to the show of one’s own, or to the first run', async () => {
    const demonstration = await open({ startWith: demoShow(DEMONSTRATION_ID) })
    await demonstration.save(demonstration.currentShow)
    const first = await open()
    expect(first.current()).toMatchObject({ firstRun: true, show: { sources: [] } })
    await first.save(gone)
    const again = await open({ startWith: demoShow(DEMONSTRATION_ID) })
    await again.save(again.currentShow)
    expect((await open()).currentShow).toEqual(gone)
  })

  it('says what is wrong with the file', async () => {
    await expect(readShowFile(join(dataDir, 'none.json'))).rejects.toMatchObject({ reason: 'not-found' })
    await mkdir(join(dataDir, 'folder.json'))
    await expect(readShowFile(join(dataDir, 'folder.json'))).rejects.toMatchObject({ reason: 'show-broken' })
  })
})

describe('pictures', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

  it('are kept once under their hash, and read back as what they are', async () => {
    const store = await open()
    const { assetId } = await store.addAsset({ base64: png.toString('base64') })
    expect(await store.addAsset({ base64: png.toString('base64') })).toEqual({ assetId })
    expect(await readdir(join(dataDir, 'assets'))).toEqual([assetId])
    const read = await store.assets.read(assetId)
    expect(read?.mimeType).toBe('image/png')
    expect(Buffer.from(read?.bytes ?? []).equals(png)).toBe(true)
  })

  it('are refused when they are something else or too large', async () => {
    const store = await open()
    await expect(store.addAsset({ base64: Buffer.from('<svg onload="alert(1)"/>').toString('base64') })).rejects.toMatchObject({ reason: 'input-invalid' })
    const large = Buffer.concat([png, Buffer.alloc(MAX_ASSET_BYTES)]).toString('base64')
    await expect(store.addAsset({ base64: large })).rejects.toMatchObject({ reason: 'input-invalid', evidence: expect.stringContaining('25 MB') as string })
  })

  it.each(['../last-show.json', 'x.png', '', `${'0'.repeat(64)}.exe`, `${'0'.repeat(64)}.png`])('have no other names: %j', async (id) => {
    expect(await (await open()).assets.read(id)).toBeNull()
  })

  it.each([
    [Buffer.from('FFD8FFE000104A46494600010100000100010000', 'hex'), 'jpg'],
    [Buffer.from('RIFF\u0010\0\0\0WEBPVP8 \0\0', 'latin1'), 'webp'],
    [Buffer.from('GIF89a\u0001\0\u0001\0\0\0\0\0\0\0', 'latin1'), 'gif'],
    [Buffer.from('\0\0\0\u001cftypmif1\0\0\0\0mif1avifmiaf', 'latin1'), 'avif'],
    [Buffer.from('\0\0\0\u001cftypheic\0\0\0\0mif1heicmiaf', 'latin1'), null],
    [Buffer.from('\0\0\0\u0020ftypisom\0\0\u0002\0isomiso2avc1mp41', 'latin1'), 'mp4'],
    [Buffer.from('1A45DFA39F4286810142F7810142F2810442F381084282847765626D42878104', 'hex'), 'webm'],
    [Buffer.from('1A45DFA3A34286810142F7810142F2810442F381084282886D6174726F736B61', 'hex'), null],
    [Buffer.alloc(3), null],
  ])('are known by their first bytes', (bytes, expected) => {
    expect(pictureType(bytes)).toBe(expected)
  })
})

describe('show text', () => {
  it.each([
    ['My show', 'My show.castwright.json'],
    ['a/b\\c:d*?"<>|\n', 'a b c d.castwright.json'],
    ['..', 'show.castwright.json'],
    ['直播', '直播.castwright.json'],
  ])('%j becomes the file %j', (name, file) => {
    expect(showFileName(name)).toBe(file)
  })

  it('makes valid new and demonstration shows, also in portrait', () => {
    expect(showSchema.safeParse(newShow('a', '')).success).toBe(true)
    const portrait = demoShow('b', { ...newShow('a', '').encoding, width: 720, height: 1280 })
    expect(showSchema.safeParse(portrait).success).toBe(true)
    expect(parseShow(`\uFEFF${showText(portrait)}`)).toEqual(portrait)
  })
})
