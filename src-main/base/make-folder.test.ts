import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-folder-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('makeFolder', () => {
  it('makes what is missing, and is content with what is there', async () => {
    await makeFolder(join(folder, 'a/b/c'))
    await makeFolder(join(folder, 'a/b/c'))
    expect((await stat(join(folder, 'a/b/c'))).isDirectory()).toBe(true)
  })

  it('says why when a file is in the way', async () => {
    await writeFile(join(folder, 'file'), '')
    await expect(makeFolder(join(folder, 'file/a/b'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  it.skipIf(process.platform !== 'linux')('ends where the system makes no folders', async () => {
    await expect(makeFolder('/proc/nothing/a')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
