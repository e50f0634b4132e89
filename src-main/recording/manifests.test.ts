import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MANIFEST_FOLDER, type ManifestFile } from './manifest.ts'
import { Manifests, withFile } from './manifests.ts'

const run = { showRunId: 'run-1', name: 'My show', startedAtMs: 1000 }
const file = (path: string, finished = false): ManifestFile => ({
  path, format: 'mp4', kind: 'recording', startedAtMs: 2000, finished, durationMs: null, sizeBytes: null, width: 1280, height: 720, chapters: [],
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-manifests-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('Manifests', () => {
  it('makes, changes and lists what belongs to a show run, newest first', async () => {
    const manifests = new Manifests()
    expect(await manifests.list(folder)).toEqual([])
    await manifests.update(folder, run, (files) => withFile(files, file('a.mp4')))
    await manifests.update(folder, { ...run, showRunId: 'run-2', startedAtMs: 5000 }, () => [])
    await manifests.update(folder, { ...run, name: 'another name' }, (files) => withFile(files, file('a.mp4', true)))
    const [newest, oldest] = await manifests.list(folder)
    expect(newest?.showRunId).toBe('run-2')
    expect(oldest).toMatchObject({ name: 'My show', files: [{ path: 'a.mp4', finished: true }] })
  })

  it('lets no change be lost when many come at once', async () => {
    const manifests = new Manifests()
    const names = Array.from({ length: 20 }, (_, n) => `${n}.mp4`)
    await Promise.all(names.map((name) => manifests.update(folder, run, (files) => withFile(files, file(name)))))
    const [manifest] = await manifests.list(folder)
    expect(manifest?.files.map(({ path }) => path)).toEqual(names)
    expect(await readdir(join(folder, MANIFEST_FOLDER))).toEqual(['run-1.json'])
  })

  it('leaves out what is no manifest', async () => {
    const manifests = new Manifests()
    await manifests.update(folder, run, () => [])
    await writeFile(join(folder, MANIFEST_FOLDER, 'broken.json'), '{"version": 1, ')
    await writeFile(join(folder, MANIFEST_FOLDER, 'other.json'), '{"version": 7}')
    expect((await manifests.list(folder)).map(({ showRunId }) => showRunId)).toEqual(['run-1'])
  })

  it('says that a folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '')
    await expect(new Manifests().update(join(folder, 'file'), run, () => [])).rejects.toMatchObject({ reason: 'folder-not-writable' })
  })
})
