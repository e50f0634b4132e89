import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordingFailure, systemDisk } from './disk.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-disk-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const failureOf = (path: string) => systemDisk.create(path).then(() => null, (error: unknown) => recordingFailure(error, path).reason)

describe('a recording whose file is there already', () => {
  it('was begun under the same name by another studio at this moment', async () => {
    const [first, second] = await Promise.all([failureOf(join(folder, 'T/A_R.mp4')), failureOf(join(folder, 'T/A_R.mp4'))])
    expect([first, second].toSorted()).toEqual([null, 'recording-name-taken'].toSorted())
  })

  it('is not the same as a file where its folder should be', async () => {
    await writeFile(join(folder, 'T'), '')
    expect(await failureOf(join(folder, 'T/A_R.mp4'))).toBe('folder-not-writable')
  })
})
