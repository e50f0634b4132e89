import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LogLine } from '@shared/contracts/logs.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { FileLog } from '../base/logger-file.ts'
import { createLogger } from '../base/logger.ts'
import { Redactor } from '../base/redact.ts'
import { LogReader } from './log-reader.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-logs-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function rig(options: { maxFileBytes?: number; maxBytesPerCall?: number; redactor?: Redactor } = {}) {
  const { redactor = new Redactor(), ...more } = options
  const file = new FileLog({ folder, ...more })
  const log = createLogger({ clock: new FakeClock(), redactor, level: 'debug', sinks: [file] })
  const revealed: string[] = []
  const reader = new LogReader({ folder, redact: (text) => redactor.text(text), reveal: async (path) => void revealed.push(path), ...more })
  const tail = (wanted: Partial<Parameters<typeof reader.tail>[0]> = {}) => reader.tail({ before: null, limit: 500, level: 'debug', text: '', ...wanted })
  /** Every line there is, by as many calls as it takes. */
  const all = async (wanted: Partial<Parameters<typeof reader.tail>[0]> = {}): Promise<LogLine[]> => {
    const lines: LogLine[] = []
    for (let before: string | null | undefined; before !== null; ) {
      const answer = await tail({ ...wanted, before: before ?? null })
      lines.unshift(...answer.lines)
      before = answer.before
    }
    return lines
  }
  return { file, log, reader, revealed, tail, all }
}
const messages = (lines: readonly LogLine[]): string[] => lines.map(({ message }) => message)

describe('the log', () => {
  it('is read from its end, page by page, over all its files, with nothing twice or left out', async () => {
    const { log, file, all, tail } = rig({ maxFileBytes: 4000 })
    for (let i = 0; i < 60; i++) {
      log.info(`line ${i} 视频`, { i })
      await file.close()
    }
    const newest = await tail({ limit: 3 })
    expect(messages(newest.lines)).toEqual(['line 57 视频', 'line 58 视频', 'line 59 视频'])
    expect(newest.lines[2]).toMatchObject({ level: 'info', atMs: 1_700_000_000_000, more: '{"i":59}' })
    const read = await all({ limit: 7 })
    expect(messages(read)).toEqual(Array.from({ length: 60 }, (_each, i) => `line ${i} 视频`))
    expect(new Set(read.map(({ id }) => id)).size).toBe(60)
  })

  it('keeps its places while it is written and its files are rotated', async () => {
    const { log, file, tail } = rig({ maxFileBytes: 1000 })
    for (let i = 0; i < 12; i++) {
      log.info(`line ${i}`)
      await file.close()
    }
    const first = await tail({ limit: 2 })
    for (let i = 12; i < 24; i++) {
      log.info(`line ${i}`)
      await file.close()
    }
    expect(messages((await tail({ limit: 2, before: first.before })).lines)).toEqual(['line 8', 'line 9'])
    for (let i = 24; i < 200; i++) {
      log.info(`line ${i}`)
      await file.close()
    }
    expect(await tail({ before: first.before })).toEqual({ lines: [], before: null })
  })

  it('is sifted by level and by words, in pieces that keep nobody waiting', async () => {
    const { log, file, tail, all } = rig({ maxBytesPerCall: 2000 })
    for (let i = 0; i < 100; i++) log[i % 10 === 0 ? 'warn' : 'debug'](`line ${i}`, { note: i === 40 ? 'The Needle' : 'hay' })
    await file.close()
    expect(messages(await all({ level: 'warn' }))).toHaveLength(10)
    expect(messages(await all({ text: 'the needle' }))).toEqual(['line 40'])
    const none = await tail({ text: 'nowhere' })
    expect([none.lines, none.before !== null]).toEqual([[], true])
  })

  it('skips what is no line: halves, other programs’ words, a line without end', async () => {
    const { log, file, all } = rig()
    log.info('first')
    await file.close()
    await appendFile(file.path, `{"level":"info","message":"hal\nnot json\n{"level":"loud","message":"x"}\n${'y'.repeat(3_000_000)}\n`)
    log.info('last')
    await file.close()
    expect(messages(await all())).toEqual(['first', 'last'])
    await writeFile(join(folder, 'other.jsonl'), '{"level":"info","message":"not ours"}\n')
    expect(messages(await all())).toEqual(['first', 'last'])
  })

  it('may not be there, or be asked for with a place that is none', async () => {
    const { tail, reader, log, file, revealed } = rig()
    expect(await tail()).toEqual({ lines: [], before: null })
    await expect(reader.handlers.reveal({})).rejects.toMatchObject({ reason: 'not-found' })
    log.info('x')
    await file.close()
    for (const before of ['', ':', '1:2', '../x:9', 'nothing']) expect(await tail({ before })).toEqual({ lines: [], before: null })
    await reader.handlers.reveal({})
    expect(revealed).toEqual([file.path])
  })

  it('bears no secret that is known, however it is written, nor any address’s query', async () => {
    const redactor = new Redactor()
    const { log, file, all } = rig({ redactor })
    const SIGNS = 'abcDEF0129-_./+ =&?%"\\密钥'
    let seed = 7
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    const make = (): string => `s${Array.from({ length: 8 + Math.floor(random() * 24) }, () => SIGNS[Math.floor(random() * SIGNS.length)]).join('')}Z9`
    const plain = (): string => `q${Math.floor(random() * 1e12).toString(36)}x`
    const forbidden: string[] = []
    for (let i = 0; i < 60; i++) {
      const secret = make()
      const query = plain()
      // Some are written down before anybody has said that they are secrets.
      const early = i % 3 === 0
      if (!early) redactor.add(secret)
      const pushed = `rtmp://user:${query}@host.example/app/${encodeURIComponent(secret)}?sign=${query}`
      log.warn(`pushing to ${pushed}`, { secret, deep: [{ note: `"${secret}"`, line: `GET /live?token=${query} HTTP/1.1` }], error: new Error(`the server said ${secret}`) })
      if (early) redactor.add(secret)
      forbidden.push(secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), query)
    }
    await file.close()
    const read = await all()
    expect(read.length).toBeGreaterThan(0)
    const shown = JSON.stringify(read.map(({ message, more }) => message + more))
    const inside = read.map(({ message, more }) => message + more).join('\n')
    for (const each of forbidden) expect([inside.includes(each), shown.includes(each)], each).toEqual([false, false])
  })
})
