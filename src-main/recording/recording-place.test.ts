import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { placeFor } from './recording-place.ts'

const RUN = { showRunId: 'run', name: 'Show', startedAtMs: 1 }
const NAMES = { prefix: 'P', taskId: 'T', applicationId: 'A', roomId: '7' }
let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'castwright-place-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function take(settings = NAMES): Promise<string> {
  const { folder, base } = await placeFor(root, RUN, settings, Date.UTC(2026, 0, 2, 3, 4, 5, 6))
  await mkdir(join(root, folder), { recursive: true })
  await writeFile(join(root, folder, `${base}.mp4`), '')
  return `${folder}/${base}`
}

describe('the place of a recording', () => {
  it('is never one that is taken: a task that is started again says so in its names', async () => {
    const places = []
    for (let n = 0; n < 6; n++) places.push(await take())
    expect(places).toEqual(['P/T/A_7', 'P/T/ha1_A_7', 'P/T/ha2_A_7', 'P/T/ha3_A_7', 'P/T-2/A_7', 'P/T-2/ha1_A_7'])
  })

  it('is a folder named after the start where no task has a name', async () => {
    expect(await take({ ...NAMES, taskId: ' ', prefix: '' })).toBe('20260102030405006/A_7')
  })

  it('is refused where the folder is a file', async () => {
    await writeFile(join(root, 'P'), '')
    await expect(take()).rejects.toMatchObject({ reason: 'folder-not-writable' })
  })
})
