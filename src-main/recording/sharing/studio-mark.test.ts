import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FindProcess } from '../../process/find-process.ts'
import { otherStudios, type StudioMark, writeMark } from './studio-mark.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-marks-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const OWN: StudioMark = { version: 1, id: 'own', host: 'here', pid: 1, startedAt: 10, writing: [] }
const FRESH_S = 5
const OLD_S = 120

/** Ids of those that are taken to live, when the other mark was renewed so long ago. */
async function alive(other: Partial<StudioMark>, renewedAgoS: number, find: FindProcess): Promise<string[]> {
  await writeMark(folder, OWN)
  await writeMark(folder, { ...OWN, id: 'other', pid: 2, startedAt: 20, ...other })
  const nowS = Date.now() / 1000
  await utimes(join(folder, '.castwright/studios/own.json'), nowS, nowS)
  await utimes(join(folder, '.castwright/studios/other.json'), nowS - renewedAgoS, nowS - renewedAgoS)
  return (await otherStudios(folder, OWN, find)).map(({ id }) => id)
}

describe('the mark of another studio', () => {
  it.each<[string, Partial<StudioMark>, number, FindProcess, boolean]>([
    ['a process that runs', {}, FRESH_S, (pid) => ({ pid, startedAt: 20 }), true],
    ['the same, stopped for a while', {}, OLD_S, (pid) => ({ pid, startedAt: 20 }), true],
    ['a process that is gone', {}, FRESH_S, () => null, false],
    ['a number that another process has by now', {}, FRESH_S, (pid) => ({ pid, startedAt: 21 }), false],
    ['a number, where the system says no more', { startedAt: null }, FRESH_S, (pid) => ({ pid, startedAt: null }), true],
    ['the same, not renewed', { startedAt: null }, OLD_S, (pid) => ({ pid, startedAt: null }), false],
    ['another computer', { host: 'there' }, FRESH_S, () => null, true],
    ['another computer, not renewed', { host: 'there' }, OLD_S, () => null, false],
  ])('%s', async (_what, other, renewedAgoS, find, lives) => {
    expect(await alive(other, renewedAgoS, find)).toEqual(lives ? ['other'] : [])
    expect(await readdir(join(folder, '.castwright/studios'))).toEqual(lives ? ['other.json', 'own.json'] : ['own.json'])
  })
})
