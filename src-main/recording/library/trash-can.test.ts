import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../base/fake-clock.ts'
import { TrashCan, UNDO_MS } from './trash-can.ts'

let folder: string
let clock: FakeClock
let taken: string[]
let hasTrash: boolean
let trash: TrashCan
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-trash-'))
  clock = new FakeClock()
  taken = []
  hasTrash = true
  trash = new TrashCan({
    clock,
    moveToTrash: async (path) => {
      if (!hasTrash) return false
      await stat(path)
      await rm(path)
      return taken.push(path) > 0
    },
  })
  await mkdir(join(folder, 'a'))
  await writeFile(at('a/1.mp4'), 'one')
  await writeFile(at('2.mp4'), 'two')
})
afterEach(() => rm(folder, { recursive: true }))
const at = (path: string): string => join(folder, path)
const visible = async () => (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.mp4')).sort()

describe('TrashCan', () => {
  it('takes files away at once and brings them back when asked', async () => {
    await trash.put(folder, [at('a/1.mp4'), at('2.mp4')], 2)
    expect((await readdir(folder)).sort()).toEqual(['.trash', 'a'])
    expect(trash.undoable.value).toBe(2)
    await trash.undo()
    expect(await visible()).toEqual(['2.mp4', 'a/1.mp4'])
    expect(trash.undoable.value).toBe(0)
    await expect(trash.undo()).rejects.toMatchObject({ reason: 'not-found' })
    expect(taken).toEqual([])
  })

  it('gives them to the system’s trash from where they were, when the time is over', async () => {
    await trash.put(folder, [at('a/1.mp4')], 1)
    await clock.advance(UNDO_MS)
    await trash.close()
    expect(taken).toEqual([at('a/1.mp4')])
    expect(trash.undoable.value).toBe(0)
    expect(await readdir(folder)).not.toContain('.trash')
  })

  it('keeps them in the hidden folder where there is no trash', async () => {
    hasTrash = false
    await trash.put(folder, [at('a/1.mp4')], 1)
    await trash.close()
    expect(await visible()).toEqual([expect.stringMatching(/^\.trash\/[^/]+\/a\/1\.mp4$/), '2.mp4'])
  })

  it('overwrites nothing when it brings back', async () => {
    await trash.put(folder, [at('2.mp4')], 1)
    await writeFile(at('2.mp4'), 'new')
    await trash.undo()
    expect(await readFile(at('2.mp4'), 'utf8')).toBe('new')
    expect((await visible()).filter((path) => path.startsWith('.trash'))).toHaveLength(1)
  })

  it('puts everything back when one cannot be moved', async () => {
    await expect(trash.put(folder, [at('a/1.mp4'), at('gone.mp4')], 2)).rejects.toMatchObject({ reason: 'folder-not-writable' })
    expect(await visible()).toEqual(['2.mp4', 'a/1.mp4'])
    expect(trash.undoable.value).toBe(0)
  })

  it('hands over what an earlier run left, but not what can still be asked back', async () => {
    const place = await trash.newPlace(folder)
    await writeFile(join(place, 'old.mp4'), '')
    await trash.put(folder, [at('2.mp4')], 1)
    await trash.sweep(folder)
    expect(taken).toEqual([at('old.mp4')])
    await trash.undo()
    expect(await visible()).toContain('2.mp4')
  })

  it('only the last deletion can be taken back; the one before goes', async () => {
    await trash.put(folder, [at('2.mp4')], 1)
    await trash.put(folder, [at('a/1.mp4')], 1)
    await expect.poll(() => taken).toEqual([at('2.mp4')])
    await trash.undo()
    expect(await visible()).toEqual(['a/1.mp4'])
  })
})
