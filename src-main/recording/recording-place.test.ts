import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { placesFor } from './recording-place.ts'

const RUN = { showRunId: 'run', name: 'Show', startedAtMs: 1 }
const NAMES = { prefix: 'P', taskId: 'T', applicationId: 'A', roomId: '7', userId: 'me', content: 'audio-video' } as const
let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'castwright-place-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function take(settings: Parameters<typeof placesFor>[2] = NAMES): Promise<string> {
  const [{ place: { folder, base } } = { place: { folder: '', base: '' } }] = await placesFor(root, RUN, settings, ['mix'], Date.UTC(2026, 0, 2, 3, 4, 5, 6))
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

  it('gives everything beside the mix names of its own, and all of a recording the same beginning', async () => {
    const bases = async () => (await placesFor(root, RUN, NAMES, ['mix', 'second', 'main', 'aux'], 0)).map(({ place: { base, stream } }) => [base, stream?.media])
    expect(await bases()).toEqual([['A_7', undefined], ['A_7_second', undefined], ['A_7__UserId_s_bWU.__UserId_e_main_video', 'main'], ['A_7__UserId_s_bWU.__UserId_e_aux_video', 'aux']])
    await take()
    expect((await bases()).map(([base]) => base?.slice(0, 7))).toEqual(['ha1_A_7', 'ha1_A_7', 'ha1_A_7', 'ha1_A_7'])
  })

  it('is a folder named after the start where no task has a name', async () => {
    expect(await take({ ...NAMES, taskId: ' ', prefix: '' })).toBe('20260102030405006/A_7')
  })

  it('is refused where the folder is a file', async () => {
    await writeFile(join(root, 'P'), '')
    await expect(take()).rejects.toMatchObject({ reason: 'folder-not-writable' })
  })
})
