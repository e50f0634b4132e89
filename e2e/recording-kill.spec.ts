import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { recorder, recordings } from '../src-shared/contracts/recordings.ts'
import { RECORDING_FORMATS, type RecordingStatus } from '../src-shared/domain/recording.ts'
import { PageBrowser } from './fixtures/page-browser.ts'
import { complaints } from './fixtures/recorded-file.ts'
import { patternShow, TestFolder } from './fixtures/shows.ts'
import { inspect } from './fixtures/stream-check.ts'
import { Studio } from './fixtures/studio.ts'
import { until } from './fixtures/until.ts'

/**
 * The studio's process is killed while it records (kill -9), at moments that a seed decides. Whatever was recorded plays as it is, at
 * most the last 2 s are lost, and the next start repairs it. CASTWRIGHT_KILLS=50 for more moments, CASTWRIGHT_KILL_SEED for others.
 */
const KILLS = Number(process.env['CASTWRIGHT_KILLS'] ?? 8)
const SEED = Number(process.env['CASTWRIGHT_KILL_SEED'] ?? 20_261_120)
const MOST_LOST_MS = 2000

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const open = (dataDir: string, show: string) => Studio.start({ ownBrowser: false, dataDir, args: ['--show', show] })

/** Playable files below the folder: of playlists the playlist, of which the segments are part. The studio's own folder comes and goes. */
async function recorded(root: string): Promise<string[]> {
  const entries = (await readdir(root, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'))
  const files = entries.filter((entry) => entry.isFile() && /\.(mp4|mkv|flv|ts|m3u8|aac)$/.test(entry.name) && !/_\d{17}\.ts$/.test(entry.name))
  const below = await Promise.all(entries.filter((entry) => entry.isDirectory()).map(({ name }) => recorded(join(root, name))))
  return [...files.map(({ name }) => join(root, name)), ...below.flat()].toSorted()
}

test(`killed ${KILLS} times while recording`, async () => {
  test.setTimeout(60_000 + KILLS * 40_000)
  const folder = await TestFolder.create()
  const random = randomOf(SEED)
  const show = await folder.write('show.json', patternShow({ width: 640, height: 360, videoKbps: 1500, keyFrameSeconds: 4 }))
  const dataDir = folder.file('data')
  const browser = await PageBrowser.open()
  const lost: number[] = []
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const videos = folder.file(`videos-${kill}`)
      const studio = await open(dataDir, show)
      try {
        await browser.page.goto(await studio.address())
        const rpc = await studio.rpc()
        await rpc.service(recorder).updateSettings({ folder: videos, formats: [...RECORDING_FORMATS] })
        await rpc.service(recorder).start({})
        const killAtMs = 2500 + random() * 6000
        let last: RecordingStatus | null = null
        rpc.service(recorder).watch('status', (status) => (last = status))
        await rpc.stateWhen(recorder, 'status', ({ durationMs }) => durationMs >= killAtMs, 40_000)
        process.kill(studio.pid, 'SIGKILL')
        await until('the studio is dead', () => !studio.running)
        const { durationMs, files } = last as unknown as RecordingStatus
        expect(files).toHaveLength(RECORDING_FORMATS.length)
        for (const { path, format } of files) {
          const { video, audio, durationS } = await inspect(join(videos, path))
          expect((video ?? audio)?.monotonic, `${path} after ${durationMs} ms`).toBe(true)
          // ADTS has no times; each frame is 1024 samples.
          const keptMs = format === 'aac' ? ((audio?.packets ?? 0) * 1024) / 48 : durationS * 1000
          lost.push(durationMs - keptMs)
          expect(durationMs - keptMs, `${path} (seed ${SEED}, kill ${kill} after ${Math.round(durationMs)} ms)`).toBeLessThan(MOST_LOST_MS)
        }
      } finally {
        await studio.close()
      }
    }
    await everythingIsRepaired(folder, show, dataDir, browser)
    console.log(`lost after kill -9, ms: at most ${Math.round(Math.max(...lost))}, on average ${Math.round(lost.reduce((sum, each) => sum + each, 0) / lost.length)}`)
  } finally {
    await browser.close()
    await folder.close()
  }
})

/** The next starts find what was cut off and make ordinary files of it. */
async function everythingIsRepaired(folder: TestFolder, show: string, dataDir: string, browser: PageBrowser): Promise<void> {
  const studio = await open(dataDir, show)
  try {
    await browser.page.goto(await studio.address())
    const rpc = await studio.rpc()
    for (let kill = 0; kill < KILLS; kill++) {
      const videos = folder.file(`videos-${kill}`)
      await rpc.service(recorder).updateSettings({ folder: videos })
      await rpc.stateWhen(recordings, 'folder', ({ path, scanning }) => path === videos && !scanning)
      await rpc.stateWhen(recordings, 'shows', (shows) => shows.length > 0 && shows.flatMap(({ files }) => files).every(({ condition }) => condition === 'good'), 60_000)
      // Only then have the originals left for the trash.
      await rpc.stateWhen(recordings, 'jobs', (jobs) => jobs.every(({ state }) => state !== 'waiting' && state !== 'running'), 60_000)
      for (const path of await recorded(videos)) {
        if (!path.endsWith('.m3u8')) expect((await stat(path)).size, path).toBeGreaterThan(1000)
        expect(await complaints(path), path).toBe('')
      }
    }
  } finally {
    await studio.close()
  }
}
