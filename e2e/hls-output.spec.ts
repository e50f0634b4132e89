import { expect, test } from '@playwright/test'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FakeUploadServer } from '../src-main/outputs/hls/fake-upload-server.ts'
import { addDestination } from './fixtures/add-destination.ts'
import { runToEnd } from './fixtures/own-process.ts'
import { patternShow, TestFolder } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { inspect } from './fixtures/stream-check.ts'
import { until } from './fixtures/until.ts'

const show = patternShow({ width: 640, height: 360, videoKbps: 800, keyFrameSeconds: 1 })
const isRunning = ({ state }: { state: string }) => state === 'running'

let folder: TestFolder
let studio: SteeredStudio
test.beforeEach(async () => {
  folder = await TestFolder.create()
  studio = await SteeredStudio.start(show)
})
test.afterEach(async () => {
  await studio.close()
  await folder.close()
})

const segmentsOf = (playlist: string) => [...playlist.matchAll(/^[\w.-]+\.ts$/gm)].map(([name]) => name)
const sequenceOf = (playlist: string) => Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(playlist)?.[1] ?? -1)

test('a folder can be played while it is being written, and holds no more than it lists', async () => {
  const place = folder.file('hls')
  const playlist = join(place, 'index.m3u8')
  const id = await addDestination(studio, { kind: 'hls', address: place, hls: { segmentSeconds: 1, listSize: 4 } })
  await studio.onlyDestinations(id)
  await studio.goLive()
  await studio.output(id, isRunning)
  const read = () => readFile(playlist, 'utf8').catch(() => '')
  await until('the window has moved', async () => sequenceOf(await read()) >= 2, { timeoutMs: 40_000 })
  const live = folder.file('live.ts')
  await runToEnd('ffmpeg', ['-v', 'error', '-live_start_index', '0', '-i', playlist, '-t', '3', '-c', 'copy', live])
  const facts = await inspect(live)
  expect(facts.video).toMatchObject({ codec: 'h264', width: 640, height: 360, monotonic: true })
  expect(facts.audio?.codec).toBe('aac')
  expect(facts.video?.frames).toBeGreaterThan(50)
  await studio.endShow()
  const text = await read()
  expect(text).toContain('#EXT-X-ENDLIST')
  expect(segmentsOf(text)).toHaveLength(4)
  await until('old segments are gone', async () => (await readdir(place)).filter((name) => name.endsWith('.ts')).length === 4)
  expect((await readdir(place)).sort()).toEqual([...segmentsOf(text), 'index.m3u8'].sort())
  const first = await runToEnd('ffprobe', ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=flags', '-of', 'csv=p=0', join(place, segmentsOf(text)[1] ?? '')])
  expect(first).toMatch(/^K/)
})

test('a web server gets every segment before the playlist that names it; a break goes on in the same playlist', async () => {
  let server = new FakeUploadServer()
  const port = await server.listen()
  const path = '/live/show.m3u8'
  try {
    const id = await addDestination(studio, { kind: 'hls', address: `http://127.0.0.1:${port}${path}`, hls: { segmentSeconds: 1, listSize: 3 } }, { key: 'hush-token' })
    await studio.onlyDestinations(id)
    // Whatever a playlist names must be there at that moment.
    const missing: string[] = []
    const watch = (each: FakeUploadServer) => {
      each.onPut = (put, bytes) => {
        if (put === path) missing.push(...segmentsOf(bytes.toString()).slice(-1).filter((name) => !each.files.has(`/live/${name}`)))
      }
    }
    watch(server)
    await studio.goLive()
    await studio.output(id, isRunning)
    await until('the window has moved', () => sequenceOf(server.text(path)) >= 1, { timeoutMs: 40_000 })
    expect([...server.authorizations]).toEqual(['Bearer hush-token'])
    await until('old segments are deleted', () => server.requests.some((line) => line.startsWith('DELETE ')))
    const before = server.text(path)
    await server.close()
    await studio.output(id, ({ state }) => state === 'recovering', 30_000)
    server = new FakeUploadServer()
    watch(server)
    await server.listen(port)
    await studio.output(id, ({ state, connects }) => state === 'running' && connects === 2, 30_000)
    const after = server.text(path)
    expect(sequenceOf(after)).toBeGreaterThanOrEqual(sequenceOf(before))
    expect(after).toContain('#EXT-X-DISCONTINUITY\n')
    await studio.endShow()
    expect(server.text(path)).toContain('#EXT-X-ENDLIST')
    expect(missing).toEqual([])
    expect(await studio.studio.tracesText()).not.toContain('hush-token')
  } finally {
    await server.close()
  }
})

test('says that a server takes no uploads', async () => {
  const server = new FakeUploadServer()
  const port = await server.listen()
  server.answer = (_, response) => {
    response.writeHead(405).end()
    return true
  }
  try {
    const id = await addDestination(studio, { kind: 'hls', address: `http://127.0.0.1:${port}/live/show.m3u8`, hls: { segmentSeconds: 1 } })
    await studio.onlyDestinations(id)
    await studio.goLive()
    expect(await studio.output(id, ({ state }) => state === 'failed')).toMatchObject({ final: true, failure: { reason: 'upload-refused', evidence: 'HTTP 405' } })
  } finally {
    await server.close()
  }
})
