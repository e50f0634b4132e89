import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { StudioError } from '@shared/domain/errors.ts'
import { fileFailure, writeFileAtomic } from './atomic-file.ts'
import { COPY_EVERY_MS, CopiedFile, OLDER_COPIES } from './atomic-file-copies.ts'
import { FakeClock } from './fake-clock.ts'
import { JsonStore, type JsonStoreOptions } from './json-store.ts'

let folder = ''
let failures: StudioError[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-store-'))
  failures = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const schema = z.object({ count: z.int().min(0) })
const options = (more: Partial<JsonStoreOptions<{ count: number }>> = {}): JsonStoreOptions<{ count: number }> => ({
  path: join(folder, 'things.json'),
  version: 1,
  schema,
  initial: () => ({ count: 0 }),
  clock: new FakeClock(),
  onFailure: (failure) => failures.push(failure),
  ...more,
})
const diskFull = () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))

describe('writeFileAtomic', () => {
  it('replaces the whole file, for this user only, and leaves nothing beside it', async () => {
    const path = join(folder, 'new', 'a.txt')
    await writeFileAtomic(path, 'one')
    await writeFileAtomic(path, 'two')
    expect(await readFile(path, 'utf8')).toBe('two')
    expect(await readdir(join(folder, 'new'))).toEqual(['a.txt'])
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('keeps what was there when the disk is full half way through', async () => {
    const path = join(folder, 'a.txt')
    await writeFileAtomic(path, 'precious')
    const failing = writeFileAtomic(path, 'new', { write: (file) => file.writeFile('ne').then(diskFull) })
    await expect(failing).rejects.toMatchObject({ reason: 'disk-full' })
    expect(await readFile(path, 'utf8')).toBe('precious')
    expect(await readdir(folder)).toEqual(['a.txt'])
  })

  it('says folder-not-writable where no folder can be made', async () => {
    await writeFile(join(folder, 'file'), '')
    await expect(writeFileAtomic(join(folder, 'file', 'a.txt'), 'x')).rejects.toMatchObject({ reason: 'folder-not-writable' })
  })

  it.each([
    ['EACCES', 'folder-not-writable'],
    ['EROFS', 'folder-not-writable'],
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EIO', 'unexpected'],
  ])('%s is %s', (code, reason) => {
    expect(fileFailure(Object.assign(new Error('x'), { code }), '/p').reason).toBe(reason)
  })
})

describe('CopiedFile', () => {
  it('keeps ten older copies, at most one a minute', async () => {
    const clock = new FakeClock()
    const file = new CopiedFile(join(folder, 'a.json'), clock)
    for (let i = 0; i < 14; i++) {
      await file.write(`minute ${i}`)
      await file.write(`minute ${i}, a moment later`)
      await clock.advance(COPY_EVERY_MS)
    }
    const older = await readdir(join(folder, 'older'))
    expect(older).toHaveLength(OLDER_COPIES)
    expect(await readFile(join(folder, 'older', 'a.1.json'), 'utf8')).toBe('minute 12, a moment later')
    expect(await readFile(join(folder, 'older', 'a.10.json'), 'utf8')).toBe('minute 3, a moment later')
  })

  it('writes the file although no copy can be kept, says so once, and again after copies could be made', async () => {
    const clock = new FakeClock()
    const file = new CopiedFile(join(folder, 'a.json'), clock, { onCopyFailure: (failure) => failures.push(failure) })
    await writeFile(join(folder, 'older'), 'not a folder')
    await file.write('first')
    const nextMinute = async (text: string) => {
      await clock.advance(COPY_EVERY_MS)
      await file.write(text)
      expect(await readFile(file.path, 'utf8')).toBe(text)
    }
    await nextMinute('second')
    await nextMinute('third')
    expect(failures.map((each) => each.reason)).toEqual(['folder-not-writable'])
    await rm(join(folder, 'older'))
    await nextMinute('fourth')
    expect(await readFile(join(folder, 'older', 'a.1.json'), 'utf8')).toBe('third')
    await rm(join(folder, 'older'), { recursive: true })
    await writeFile(join(folder, 'older'), 'not a folder')
    await nextMinute('fifth')
    expect(failures).toHaveLength(2)
  })
})

describe('JsonStore', () => {
  it('starts with the initial value and keeps what is set', async () => {
    const store = await JsonStore.open(options())
    expect(store.value).toEqual({ count: 0 })
    await store.set({ count: 5 })
    expect(store.saved).toBe(true)
    expect((await JsonStore.open(options())).value).toEqual({ count: 5 })
    expect(failures).toEqual([])
  })

  it('writes only the newest of many values', async () => {
    const store = await JsonStore.open(options())
    await Promise.all([1, 2, 3, 4].map((count) => store.set({ count })))
    expect(JSON.parse(await readFile(join(folder, 'things.json'), 'utf8'))).toEqual({ version: 1, data: { count: 4 } })
  })

  it.each([
    ['half a file', '{"version":1,"da'],
    ['no version', '{"count":3}'],
    ['a value out of range', '{"version":1,"data":{"count":-1}}'],
    ['a newer version', '{"version":2,"data":{"count":9}}'],
    ['nothing', ''],
  ])('sets a broken file aside and takes the newest good copy: %s', async (_what, text) => {
    await mkdir(join(folder, 'older'))
    await writeFile(join(folder, 'older', 'things.1.json'), 'also broken')
    await writeFile(join(folder, 'older', 'things.2.json'), '{"version":1,"data":{"count":42}}')
    await writeFile(join(folder, 'things.json'), text)
    const store = await JsonStore.open(options())
    expect(store.value).toEqual({ count: 42 })
    expect(failures.map((each) => each.reason)).toEqual(['settings-broken'])
    expect(failures[0]?.evidence).toContain('things.broken-2023-11-14T22-13-20Z.json')
    expect(await readFile(join(folder, 'things.broken-2023-11-14T22-13-20Z.json'), 'utf8')).toBe(text)
  })

  it('brings older versions up to date, step by step', async () => {
    await writeFile(join(folder, 'things.json'), '{"version":1,"data":{"n":"3"}}')
    const migrations = { 1: (data: unknown) => ({ n: Number((data as { n: string }).n) }), 2: (data: unknown) => ({ count: (data as { n: number }).n }) }
    const store = await JsonStore.open(options({ version: 3, migrations }))
    expect(store.value).toEqual({ count: 3 })
  })

  it('goes on in memory when the folder cannot be written, and says so', async () => {
    await writeFile(join(folder, 'file'), '')
    const store = await JsonStore.open(options({ path: join(folder, 'file', 'things.json') }))
    await store.set({ count: 1 })
    expect(store.value).toEqual({ count: 1 })
    expect(store.saved).toBe(false)
    expect(failures.map((each) => each.reason)).toEqual(['folder-not-writable'])
  })

  it('saves although older copies cannot be kept, and says so', async () => {
    await writeFile(join(folder, 'older'), 'not a folder')
    const store = await JsonStore.open(options())
    await store.set({ count: 1 })
    await store.set({ count: 2 })
    expect(store.saved).toBe(true)
    expect(failures.map((each) => each.reason)).toEqual(['folder-not-writable'])
    expect((await JsonStore.open(options())).value).toEqual({ count: 2 })
  })

  it('says when nothing is being written any more', async () => {
    const store = await JsonStore.open(options())
    void store.set({ count: 1 })
    void store.set({ count: 2 })
    await store.settled()
    expect(JSON.parse(await readFile(join(folder, 'things.json'), 'utf8'))).toMatchObject({ data: { count: 2 } })
  })

  it('loses nothing of what was there when the disk is full, and writes again when it is not', async () => {
    let full = false
    const store = await JsonStore.open(options({ write: (file, content) => (full ? diskFull() : file.writeFile(content)) }))
    await store.set({ count: 1 })
    full = true
    await store.set({ count: 2 })
    expect(failures.map((each) => each.reason)).toEqual(['disk-full'])
    expect(JSON.parse(await readFile(join(folder, 'things.json'), 'utf8'))).toMatchObject({ data: { count: 1 } })
    full = false
    await store.set({ count: 3 })
    expect(store.saved).toBe(true)
    expect((await JsonStore.open(options())).value).toEqual({ count: 3 })
  })
})
