import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '../cli/usage.ts'
import type { FindProcess } from '../process/find-process.ts'
import { lockFolder } from './folder-lock.ts'

describe('the lock of a data folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castwright-lock-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('lets one studio in at a time, and says who has the folder and what to do', async () => {
    const first = await lockFolder(folder)
    const second = lockFolder(folder)
    await expect(second).rejects.toThrow(UsageError)
    await expect(second).rejects.toThrow(new RegExp(`process ${process.pid}.*${folder}.*--data-dir`))
    await first.close()
    await (await lockFolder(folder)).close()
    expect(await readdir(folder)).toEqual([])
  })

  it('lets one in of many that start at once over a lock that was left behind', async () => {
    await writeFile(join(folder, 'studio.lock'), '{"pid":99999999,"startedAt":1}')
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)))
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
    expect(await readdir(folder)).toEqual(['studio.lock'])
  })

  it.each([
    ['of a process that is gone', '{"pid":41,"startedAt":7}'],
    ['of another process that had the number before', '{"pid":42,"startedAt":8}'],
    ['that is damaged', '{"pid":'],
  ])('takes over a lock %s', async (_which, text) => {
    const find: FindProcess = (pid) => (pid === 41 ? null : { pid, startedAt: pid === 42 ? 7 : 1 })
    await writeFile(join(folder, 'studio.lock'), text)
    const lock = await lockFolder(folder, find)
    expect(JSON.parse(await readFile(join(folder, 'studio.lock'), 'utf8'))).toEqual({ pid: process.pid, startedAt: 1 })
    await lock.close()
  })

  it('leaves the lock of somebody else alone when it is closed', async () => {
    const lock = await lockFolder(folder)
    await writeFile(join(folder, 'studio.lock'), '{"pid":42,"startedAt":8}')
    await lock.close()
    expect(await readdir(folder)).toEqual(['studio.lock'])
  })

  it('says that the folder cannot be written', async () => {
    await expect(lockFolder(join(folder, 'missing'))).rejects.toMatchObject({ reason: 'folder-not-writable' })
  })
})
