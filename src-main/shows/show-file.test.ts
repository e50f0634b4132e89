import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StudioError } from '@shared/domain/errors.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { crowdedGeneration, GENERATIONS } from './generation-times.ts'
import { ShowFile, type ShowFileOptions } from './show-file.ts'

const MINUTE = 60_000
let folder = ''
let clock = new FakeClock()
let failures: StudioError[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-file-'))
  clock = new FakeClock()
  failures = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = (more: Partial<ShowFileOptions> = {}) => new ShowFile(join(folder, 'a.json'), { clock, onFailure: (failure) => failures.push(failure), ...more })
const texts = async (file: ShowFile) => Promise.all((await file.generations()).map(({ path }) => readFile(path, 'utf8')))

describe('crowdedGeneration', () => {
  it('thins minutes to hours to days, and never drops the youngest or the oldest', () => {
    let times: number[] = []
    const begin = 1_700_000_000_000
    const end = begin + 7 * 24 * 60 * MINUTE
    for (let now = begin; now <= end; now += 5 * MINUTE) {
      times = [now, ...times]
      const drop = crowdedGeneration(times, now)
      if (drop >= 0) times = times.toSpliced(drop, 1)
    }
    const ages = times.map((time) => (end - time) / MINUTE)
    expect(times).toHaveLength(GENERATIONS)
    expect(ages[0]).toBe(0)
    expect(ages.at(-1)).toBe(7 * 24 * 60)
    expect(ages.filter((age) => age <= 60).length).toBeGreaterThanOrEqual(2)
    expect(ages.filter((age) => age > 60 && age <= 1440).length).toBeGreaterThanOrEqual(2)
    expect(ages.filter((age) => age > 1440).length).toBeGreaterThanOrEqual(2)
  })

  it('drops nothing while there are ten, and bears a clock that was set back', () => {
    expect(crowdedGeneration(Array.from({ length: 10 }, (_, index) => 1000 - index), 2000)).toBe(-1)
    const drop = crowdedGeneration(Array.from({ length: 11 }, (_, index) => 9_000_000 - index), 0)
    expect(drop).toBeGreaterThan(0)
    expect(drop).toBeLessThan(10)
  })
})

describe('ShowFile', () => {
  it('keeps distinct states, at most one a minute, whoever opens the file', async () => {
    const file = open()
    await file.write('one')
    await file.write('two')
    await clock.advance(20_000)
    await file.write('three')
    expect(await texts(file)).toEqual(['one'])
    await clock.advance(MINUTE)
    await open().write('three')
    expect(await texts(file)).toEqual(['one'])
    await open().write('four')
    expect(await texts(file)).toEqual(['three', 'one'])
    for (const text of ['one', 'five', 'one', 'six']) {
      await clock.advance(2 * MINUTE)
      await file.write(text)
    }
    // `one` came back twice and is there once, as of the last time.
    expect(await texts(file)).toEqual(['one', 'five', 'four', 'three'])
  })

  it('has never more than ten', async () => {
    const file = open()
    for (let state = 0; state < 40; state++) {
      await file.write(`state ${state}`)
      await clock.advance(3 * MINUTE)
    }
    const kept = await texts(file)
    expect(kept).toHaveLength(GENERATIONS)
    expect(kept[0]).toBe('state 38')
    expect(kept.at(-1)).toBe('state 0')
    expect(await readdir(join(folder, 'older'))).toHaveLength(GENERATIONS)
  })

  it('keeps what was there at once when told to, e.g. before something older takes its place', async () => {
    const file = open()
    await file.write('one')
    await file.write('two')
    await file.write('restored', { keepBefore: true })
    expect((await texts(file)).sort()).toEqual(['one', 'two'])
  })

  it('falls back to the newest state that is good, sets the broken file aside, and reads copies under their former names', async () => {
    const file = open()
    await file.write('good 1')
    await clock.advance(2 * MINUTE)
    await file.write('good 2')
    await clock.advance(2 * MINUTE)
    await file.write('good 3')
    await writeFile(file.path, 'cut o')
    const [youngest] = await file.generations()
    await writeFile(youngest?.path ?? '', '\0\0\0')
    await writeFile(join(folder, 'older', 'a.3.json'), 'good, by its former name')
    await writeFile(join(folder, 'older', 'ab.1.json'), 'good of another')
    const { good, broken } = await open().read((text) => {
      if (!text.startsWith('good')) throw new Error('broken')
      return text
    })
    expect(good?.from).toBe('generation')
    expect(['good 1', 'good, by its former name']).toContain(good?.value)
    expect(broken?.setAside).toMatch(/a\.broken-/)
    expect(await texts(file)).toHaveLength(3)
  })

  it('is as it was when the disk is full, and keeps saving when only the older state cannot be kept', async () => {
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' })
    await open().write('before')
    const refusing = open({ write: () => Promise.reject(full) })
    await expect(refusing.write('after')).rejects.toMatchObject({ reason: 'disk-full' })
    expect(await readFile(refusing.path, 'utf8')).toBe('before')
    let writes = 0
    const half = open({ write: async (handle, content) => {
      if (++writes % 2 === 1) throw full
      await handle.writeFile(content)
    } })
    await half.write('after')
    await half.write('later')
    expect(await readFile(half.path, 'utf8')).toBe('later')
    expect(failures.map(({ reason }) => reason)).toEqual(['disk-full'])
    expect(await readdir(folder)).toEqual(['a.json', 'older'])
  })

  it('is whole after a kill in the middle of writing, at any time', async () => {
    const path = join(folder, 'a.json')
    const program = `
      import { ShowFile } from ${JSON.stringify(new URL('./show-file.ts', import.meta.url).href)}
      let now = 1_700_000_000_000
      const file = new ShowFile(${JSON.stringify(path)}, { clock: { now: () => (now += 61_000) }, onFailure: () => {} })
      process.stdout.write('on')
      for (let index = 0; ; index++) await file.write(JSON.stringify({ index, filler: 'x'.repeat(200_000) }))
    `
    const entry = join(folder, 'entry.mjs')
    await writeFile(entry, program)
    for (let round = 0; round < 2; round++) {
      const child = spawn(process.execPath, ['--experimental-transform-types', '--no-warnings', '--import', HOOK, entry], { stdio: ['ignore', 'pipe', 'inherit'] })
      const gone = new Promise((resolve) => child.on('exit', resolve))
      await new Promise((resolve) => child.stdout.once('data', resolve))
      await until(async () => (await open().generations()).length > 3 + round)
      child.kill('SIGKILL')
      await gone
      const files = [path, ...(await open().generations()).map((each) => each.path)]
      for (const each of files) expect(JSON.parse(await readFile(each, 'utf8'))).toMatchObject({ filler: expect.stringMatching(/^x{200000}$/) as string })
    }
  })
})

/** `@shared/…` for a plain Node. */
const SHARED = new URL('../../src-shared/', import.meta.url).href
const HOOK = `data:text/javascript,${encodeURIComponent(`import { registerHooks } from 'node:module'
registerHooks({ resolve: (name, context, next) => next(name.startsWith('@shared/') ? ${JSON.stringify(SHARED)} + name.slice(8) : name, context) })`)}`

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve))
}
