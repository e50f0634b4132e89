import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findVideosFolder } from './videos-folder.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'castwright-home-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

it('is what the system calls it, if it is there', async () => {
  expect(findVideosFolder(home, 'linux')).toBe(null)
  await mkdir(join(home, 'Videos'))
  await mkdir(join(home, 'Movies'))
  expect([findVideosFolder(home, 'linux'), findVideosFolder(home, 'darwin'), findVideosFolder(home, 'win32')]).toEqual([join(home, 'Videos'), join(home, 'Movies'), join(home, 'Videos')])
})

it('is what XDG says, unless that is the home folder', async () => {
  await mkdir(join(home, '.config'))
  await mkdir(join(home, '视频'))
  await writeFile(join(home, '.config/user-dirs.dirs'), '# made by hand\nXDG_MUSIC_DIR="$HOME/Music"\nXDG_VIDEOS_DIR="$HOME/视频"\n')
  expect(findVideosFolder(home, 'linux')).toBe(join(home, '视频'))
  await writeFile(join(home, '.config/user-dirs.dirs'), 'XDG_VIDEOS_DIR="$HOME"\n')
  expect(findVideosFolder(home, 'linux')).toBe(null)
})
