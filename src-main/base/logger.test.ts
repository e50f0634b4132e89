import { EventEmitter } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from './fake-clock.ts'
import { consoleSink, humanLine, outliveReaders } from './logger-console.ts'
import { FileLog } from './logger-file.ts'
import { createLogger, type LogEntry, type Logger, type LogSink } from './logger.ts'
import { Redactor } from './redact.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-log-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const loggerTo = (sink: LogSink, redactor = new Redactor()): Logger =>
  createLogger({ clock: new FakeClock(), redactor, level: 'info', sinks: [sink] })

describe('createLogger', () => {
  it('names children after their parents and holds back what is below its level', () => {
    const entries: LogEntry[] = []
    const log = loggerTo({ write: (entry) => entries.push(entry) }).child('output').child('rtmp')
    log.debug('not this')
    log.warn('retrying', { attempt: 2 })
    expect(entries).toEqual([{ atMs: 1_700_000_000_000, level: 'warn', name: 'output.rtmp', message: 'retrying', fields: { attempt: 2 } }])
  })

  it('never throws, whatever a sink or a field does', () => {
    const log = loggerTo({ write: () => { throw new Error('sink broke') } })
    expect(() => log.error('x', { big: 1n, nothing: undefined })).not.toThrow()
  })
})

describe('FileLog', () => {
  it('writes JSON lines without any secret in them', async () => {
    const redactor = new Redactor()
    redactor.add('sk_live/9f8e 7d')
    const file = new FileLog({ folder })
    const log = loggerTo(file, redactor)
    log.info('going to rtmp://u:hunter2@host/app/sk_live%2F9f8e%207d?sign=q1w2e3', { key: 'zzz', note: 'sk_live/9f8e 7d' })
    log.error('failed', { error: new Error('server said sk_live%2f9f8e%207d') })
    await file.close()
    const text = await readFile(file.path, 'utf8')
    expect(text).not.toMatch(/9f8e|hunter2|q1w2e3|zzz/)
    const lines = text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatchObject({ at: '2023-11-14T22:13:20.000Z', level: 'info', message: 'going to rtmp://host/app/***?***' })
  })

  it('does not let a field pass itself off as the level or the message', async () => {
    const file = new FileLog({ folder })
    loggerTo(file).warn('true', { level: 'error', message: 'false' })
    await file.close()
    expect(JSON.parse(await readFile(file.path, 'utf8'))).toMatchObject({ level: 'warn', message: 'true' })
  })

  it('rotates, and keeps no more files than it may', async () => {
    const file = new FileLog({ folder, maxFileBytes: 300, maxFiles: 3 })
    const log = loggerTo(file)
    for (let i = 0; i < 20; i++) {
      log.info(`line ${i} ${'x'.repeat(100)}`)
      await file.close()
    }
    const names = (await readdir(folder)).sort()
    expect(names).toEqual(['castwright.1.jsonl', 'castwright.2.jsonl', 'castwright.jsonl'])
    expect(await readFile(file.path, 'utf8')).toContain('line 19')
  })

  it('drops lines instead of growing, and says how many', async () => {
    const file = new FileLog({ folder, maxQueuedBytes: 400 })
    const log = loggerTo(file)
    for (let i = 0; i < 100; i++) log.info('x'.repeat(50))
    await file.close()
    const lines = (await readFile(file.path, 'utf8')).trim().split('\n')
    expect(lines.length).toBeLessThan(10)
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ dropped: 100 - (lines.length - 1) })
  })

  it('tells once when the folder cannot be written, and goes on', async () => {
    const inTheWay = join(folder, 'file')
    await writeFile(inTheWay, '')
    const failures: unknown[] = []
    const file = new FileLog({ folder: join(inTheWay, 'logs'), onFailure: (failure) => failures.push(failure) })
    const log = loggerTo(file)
    for (let i = 0; i < 3; i++) {
      log.info('x')
      await file.close()
    }
    expect(failures).toHaveLength(1)
  })
})

describe('consoleSink', () => {
  it('writes one line for people, and lets no server steer the terminal', () => {
    const written: string[] = []
    loggerTo(consoleSink({ write: (text) => written.push(text) })).child('output').warn('server said \u001b[2Jboo\r\nfake line', { code: 5, text: 'a b' })
    expect(written).toHaveLength(1)
    expect(written[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}output: server said {1,2}\[2Jboo fake line code=5 text="a b"\n$/)
  })

  it('shows an error by its message', () => {
    const entry: LogEntry = { atMs: 0, level: 'error', name: '', message: 'failed', fields: { error: { name: 'Error', message: 'no', stack: '…' } } }
    expect(humanLine(entry)).toMatch(/ error failed error="no"$/)
  })
})

describe('outliveReaders', () => {
  it('lets a broken pipe end nothing', () => {
    const output = new EventEmitter()
    expect(() => output.emit('error', new Error('EPIPE'))).toThrow('EPIPE')
    outliveReaders([output])
    expect(() => output.emit('error', new Error('EPIPE'))).not.toThrow()
  })
})
