import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerRecording, decodePath, parseRange } from './recorded-files.ts'

describe('parseRange', () => {
  it.each([
    [null, null], ['', null], ['bytes=-', null], ['bytes=0-1,4-5', null], ['items=0-1', null], ['bytes=5-2', null], ['bytes=1x-2', null],
    ['bytes=0-', { start: 0, end: 99 }], ['bytes=10-19', { start: 10, end: 19 }], ['bytes=90-900', { start: 90, end: 99 }], ['bytes=99-', { start: 99, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }], ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'], ['bytes=200-300', 'unsatisfiable'], ['bytes=-0', 'unsatisfiable'],
  ])('%s of 100 bytes', (header, expected) => expect(parseRange(header, 100)).toEqual(expected))

  it('an empty file has no range', () => expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable'))
})

describe('decodePath', () => {
  it('takes any name that a file may have', () => {
    expect(decodePath('a/b%20c/%E8%AF%BE%25%3F%23.mp4')).toBe('a/b c/课%?#.mp4')
    expect(decodePath("-it's%22.mkv")).toBe(`-it's".mkv`)
  })

  it.each(['', '..', '../a', 'a/../b', '%2e%2e/a', 'a//b', '/a', 'a/', 'a%2fb', 'a%5cb', 'a%00', '%', 'a/.'])('refuses %s', (path) => expect(decodePath(path)).toBeNull())

  it('decodes once', () => expect(decodePath('%252e%252e/a')).toBe('%2e%2e/a'))
})

describe('answerRecording', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castwright-served-'))
    await writeFile(join(folder, 'a.mp4'), '0123456789')
  })
  afterAll(() => rm(folder, { recursive: true }))
  const find = (path: string) => Promise.resolve(path.endsWith('.mp4') ? { path: join(folder, path), mimeType: 'video/mp4' } : null)

  it('answers whole, in part, and behind the end', async () => {
    expect(await answerRecording('/recordings/a.mp4', null, find)).toMatchObject({ status: 200, headers: { 'Content-Length': '10', 'Accept-Ranges': 'bytes', 'Content-Type': 'video/mp4' }, file: { start: 0, end: 9 } })
    expect(await answerRecording('/recordings/a.mp4', 'bytes=2-5', find)).toMatchObject({ status: 206, headers: { 'Content-Range': 'bytes 2-5/10', 'Content-Length': '4' }, file: { start: 2, end: 5 } })
    expect(await answerRecording('/recordings/a.mp4', 'bytes=10-', find)).toMatchObject({ status: 416, headers: { 'Content-Range': 'bytes */10' }, file: null })
  })

  it('knows what it does not serve', async () => {
    expect(await answerRecording('/index.html', null, find)).toBeNull()
    expect(await answerRecording('/recordings/../secret.mp4', null, find)).toMatchObject({ status: 403 })
    expect(await answerRecording('/recordings/secret.txt', null, find)).toMatchObject({ status: 404 })
    expect(await answerRecording('/recordings/gone.mp4', null, find)).toMatchObject({ status: 404 })
  })
})
