import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Clock, systemClock } from '../base/clock.ts'
import { MAX_TEXT_BYTES, readTextFile } from './read-text-file.ts'
import { TextFiles } from './text-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-texts-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const showOf = (...paths: string[]) => ({
  sources: paths.map((path, index) => ({
    id: `t${index}`, name: '', kind: 'text' as const, text: '', fontFamily: '', fontSizePx: 10, bold: false, colour: '#ffffff', background: '#00000000', align: 'left' as const,
    from: { kind: 'file' as const, path },
  })),
})
/** Time that passes by hand. */
function handClock() {
  const ticks = new Set<() => void>()
  return {
    clock: { ...systemClock, every: (_ms: number, tick: () => void) => (ticks.add(tick), () => void ticks.delete(tick)) },
    tick: () => ticks.forEach((each) => each()),
    ticks,
  }
}
const open = (clock: Clock, chosen: string | null = null) =>
  TextFiles.open({ dataDir: folder, clock, onFailure: (failure) => expect.fail(failure.message), choose: async () => chosen })

describe('text files', () => {
  it('tells what an allowed file says, and again when it has been written or replaced', async () => {
    const { clock, tick } = handClock()
    const path = join(folder, 'score.txt')
    await writeFile(path, 'Home 1 : 0 Guests\r\n')
    const texts = await open(clock)
    await texts.handlers.allow({ path })
    texts.follow(showOf(path))
    await vi.waitFor(() => expect(texts.files.value).toEqual([{ path, text: 'Home 1 : 0 Guests', problem: null }]))
    await writeFile(`${path}.new`, 'Home 2 : 0 Guests — 上半场')
    await rename(`${path}.new`, path)
    await vi.waitFor(() => (tick(), expect(texts.files.value[0]?.text).toBe('Home 2 : 0 Guests — 上半场')))
    const revision = texts.files.revision
    tick()
    await readTextFile(path)
    expect(texts.files.revision).toBe(revision)
    await rm(path)
    await vi.waitFor(() => (tick(), expect(texts.files.value[0]).toEqual({ path, text: null, problem: 'not-found' })))
    texts.close()
  })

  it('reads no file that only a show names, until the user allows it; remembers that over a start', async () => {
    const { clock } = handClock()
    const path = join(folder, 'secret.txt')
    await writeFile(path, 'for nobody')
    const texts = await open(clock)
    texts.follow(showOf(path, 'relative.txt'))
    expect(texts.files.value).toEqual([{ path, text: null, problem: 'permission-denied' }, { path: 'relative.txt', text: null, problem: 'input-invalid' }])
    await texts.handlers.allow({ path })
    await vi.waitFor(() => expect(texts.files.value[0]?.text).toBe('for nobody'))
    texts.close()
    await texts.settled()
    const later = await open(clock)
    later.follow(showOf(path))
    await vi.waitFor(() => expect(later.files.value[0]?.text).toBe('for nobody'))
    later.close()
  })

  it('stops looking at files that no text uses any more', async () => {
    const { clock, ticks } = handClock()
    const path = join(folder, 'a.txt')
    const texts = await open(clock, path)
    expect(await texts.handlers.choose({})).toEqual({ path })
    texts.follow(showOf(path))
    expect(ticks.size).toBe(1)
    texts.follow(showOf())
    expect(ticks.size).toBe(0)
  })

  it('takes no more than the beginning of a long file, and no half of a character', async () => {
    const path = join(folder, 'long.txt')
    await writeFile(path, `a${'字'.repeat(MAX_TEXT_BYTES)}`)
    const text = await readTextFile(path)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_TEXT_BYTES)
    expect(text).toMatch(/^a字+$/)
    await expect(readTextFile(folder)).rejects.toMatchObject({ reason: 'input-invalid' })
    await expect(readTextFile(join(folder, 'none'))).rejects.toMatchObject({ reason: 'not-found' })
    await expect((await open(systemClock)).handlers.allow({ path: 'here.txt' })).rejects.toMatchObject({ reason: 'input-invalid' })
  })
})
