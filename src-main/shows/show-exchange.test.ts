import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StudioError } from '@shared/domain/errors.ts'
import type { Show } from '@shared/domain/show.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { newShow } from './new-show.ts'
import { ShowStore } from './show-store.ts'
import { showText } from './show-text.ts'

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const mp4 = Buffer.from('\0\0\0\u0018ftypmp42\0\0\0\0mp42isom', 'latin1')
const gif = Buffer.from('GIF89a\u0001\0\u0001\0\0\0\0\0\0\0', 'latin1')
let folders: string[] = []
let failures: StudioError[] = []
beforeEach(() => ((folders = []), (failures = [])))
afterEach(() => Promise.all(folders.map((each) => rm(each, { recursive: true, force: true }))))

let ids = 0
const clock = new FakeClock()
async function open(): Promise<{ store: ShowStore; dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'castwright-exchange-'))
  folders.push(dataDir)
  return { dataDir, store: await ShowStore.open({ dataDir, clock, newId: () => `id-${++ids}`, onFailure: (failure) => failures.push(failure) }) }
}

/** A show with a picture as a source and another one as a watermark. */
async function withPictures(store: ShowStore): Promise<Show> {
  const [one, two] = [await store.assets.add(png.toString('base64')), await store.assets.add(gif.toString('base64'))]
  const show: Show = {
    ...newShow('mine', 'Mine'),
    sources: [{ kind: 'image', id: 'i', name: 'I', assetId: one }, { kind: 'slideshow', id: 's', name: 'S', assetIds: [one, `${'0'.repeat(64)}.png`], everyMs: 1000, fadeMs: 0, order: 'in-order', loop: true, width: 16, height: 16 }],
    transition: { kind: 'stinger', durationMs: 500, assetId: await store.assets.add(mp4.toString('base64')) },
    watermarks: [{ id: 'w', assetId: two, top: 0, left: 0, width: 10, height: 10 }],
  }
  await store.save(show)
  return show
}

async function exported(store: ShowStore, showId: string): Promise<{ fileName: string; text: string }> {
  const { exportId, fileName, parts } = await store.beginExport({ showId })
  let text = ''
  for (let part = 0; part < parts; part++) text += (await store.exportPart({ exportId, part })).text
  return { fileName, text }
}

async function imported(store: ShowStore, text: string, pieceLength = 1000): Promise<Show | null> {
  let importId: string | null = null
  let show: Show | null = null
  for (let at = 0; at === 0 || at < text.length; at += pieceLength) {
    const answer: { importId: string; show: Show | null } = await store.importPart({ importId, text: text.slice(at, at + pieceLength), isLast: at + pieceLength >= text.length })
    ;({ importId, show } = answer)
  }
  return show
}

describe('a show with its media', () => {
  it.each([1_000_000, 37])('goes to one file and comes back on another computer, in pieces of %i', async (pieceLength) => {
    const from = await open()
    const show = await withPictures(from.store)
    const { fileName, text } = await exported(from.store, show.id)
    expect(fileName).toBe('Mine.castwright.jsonl')
    for (const line of text.trimEnd().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow()
    expect(text.trimEnd().split('\n')).toHaveLength(1 + 3)
    const to = await open()
    expect(await imported(to.store, text, pieceLength)).toEqual(show)
    expect((await readdir(join(to.dataDir, 'assets'))).sort()).toEqual((await readdir(join(from.dataDir, 'assets'))).sort())
    expect((await imported(to.store, text))?.id).not.toBe(show.id)
  })

  it('is read from files as they were exported before', async () => {
    const { store } = await open()
    const show = newShow('plain', 'Plain')
    expect(await imported(store, showText(show))).toEqual(show)
    expect(await imported((await open()).store, JSON.stringify(show))).toEqual(show)
  })

  const id = (bytes: Buffer, ending: string) => `${createHash('sha256').update(bytes).digest('hex')}.${ending}`
  const head = (assets: string[], show: unknown = newShow('x', 'X'), version = 1) => `${JSON.stringify({ castwright: 'show', version, assets, show })}\n`
  const line = (asset: string, bytes: Buffer) => `${JSON.stringify({ asset, base64: bytes.toString('base64') })}\n`
  const script = Buffer.from('#!/bin/sh\nrm -rf everything')
  it.each<[string, string, string]>([
    ['the wrong bytes', head([id(png, 'png'), id(gif, 'gif')]) + line(id(png, 'png'), png) + line(id(gif, 'gif'), png), 'show-broken'],
    ['a path for a name', head([id(png, 'png'), '../../evil.png']) + line(id(png, 'png'), png) + line('../../evil.png', gif), 'show-broken'],
    ['no picture', head([id(png, 'png'), id(script, 'png')]) + line(id(png, 'png'), png) + line(id(script, 'png'), script), 'show-broken'],
    ['a picture too many', head([id(png, 'png')]) + line(id(png, 'png'), png) + line(id(gif, 'gif'), gif), 'show-broken'],
    ['the same picture twice', head([id(png, 'png')]) + line(id(png, 'png'), png) + line(id(png, 'png'), png), 'show-broken'],
    ['a file that is cut off', head([id(png, 'png'), id(gif, 'gif')]) + line(id(png, 'png'), png), 'show-broken'],
    ['a line that is cut off', head([id(png, 'png'), id(gif, 'gif')]) + line(id(png, 'png'), png) + line(id(gif, 'gif'), gif).slice(0, 90), 'show-broken'],
    ['a newer file', head([id(png, 'png')], undefined, 2) + line(id(png, 'png'), png), 'show-newer'],
    ['a show that is none', head([id(png, 'png')], { version: 1 }) + line(id(png, 'png'), png), 'show-invalid'],
    ['garbage', '\u0000\u0001{]', 'show-broken'],
    ['nothing', '', 'show-broken'],
    ['brackets without end', '['.repeat(200_000), 'show-broken'],
    ['a bomb of letters', 'x'.repeat(21_000_000), 'show-broken'],
    ['a picture without end', `${head([id(png, 'png')])}{"asset":"${'A'.repeat(36_000_000)}`, 'show-broken'],
  ])('that has %s changes nothing', async (_what, text, reason) => {
    const { store, dataDir } = await open()
    const before = newShow('before', 'Before')
    await store.save(before)
    await expect(imported(store, text, 4_000_000)).rejects.toMatchObject({ reason, evidence: expect.stringMatching(/./) as string })
    expect(store.currentShow).toEqual(before)
    expect(store.list.value).toHaveLength(1)
    expect(await readdir(join(dataDir, 'assets')).catch(() => [])).toEqual([])
  })

  it('keeps pictures that were there before, when the rest of the file is no good', async () => {
    const { store, dataDir } = await open()
    await store.assets.add(png.toString('base64'))
    await expect(imported(store, head([id(png, 'png')], {}) + line(id(png, 'png'), png))).rejects.toMatchObject({ reason: 'show-broken' })
    expect(await readdir(join(dataDir, 'assets'))).toEqual([id(png, 'png')])
  })

  it('is not taken in when it cannot be saved', async () => {
    const { store, dataDir } = await open()
    await writeFile(join(dataDir, 'shows'), 'in the way')
    const before = store.currentShow
    await expect(imported(store, head([id(png, 'png')]) + line(id(png, 'png'), png))).rejects.toMatchObject({ reason: 'folder-not-writable' })
    expect(store.currentShow).toBe(before)
    expect(store.list.value).toEqual([])
    expect(await readdir(join(dataDir, 'assets'))).toEqual([])
  })

  it('that is given up makes room for the next', async () => {
    const { store } = await open()
    const first = await store.importPart({ importId: null, text: head([]), isLast: false })
    for (let more = 0; more < 4; more++) await store.importPart({ importId: null, text: '', isLast: false })
    await expect(store.importPart({ ...first, text: '', isLast: true })).rejects.toMatchObject({ reason: 'not-found' })
  })
})

describe('older states', () => {
  it('are listed and restored; what was there becomes one of them', async () => {
    const { store } = await open()
    await store.save(newShow('a', 'First'))
    await clock.advance(120_000)
    await store.save(newShow('a', 'Second'))
    const [older] = await store.generations({ showId: 'a' })
    expect(older).toMatchObject({ name: 'First', sceneCount: 1, sourceCount: 0 })
    expect(await store.restore({ showId: 'a', generationId: older?.id ?? '' })).toMatchObject({ name: 'First' })
    expect(store.currentShow.name).toBe('First')
    expect((await store.generations({ showId: 'a' })).map(({ name }) => name).sort()).toEqual(['First', 'Second'])
    await expect(store.restore({ showId: 'a', generationId: '../a' })).rejects.toMatchObject({ reason: 'not-found' })
    await expect(store.generations({ showId: 'none' })).rejects.toMatchObject({ reason: 'not-found' })
  })

  it('are a copy’s own', async () => {
    const { store } = await open()
    await store.save(newShow('a', 'First'))
    const copy = await store.duplicate({ showId: 'a', name: 'First (copy)' })
    expect(copy).toEqual({ ...newShow('a', 'First (copy)'), id: copy.id })
    expect(store.currentShow).toEqual(copy)
    expect(await store.generations({ showId: copy.id })).toEqual([])
  })
})
