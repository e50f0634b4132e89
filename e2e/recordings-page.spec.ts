import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { recordings } from '../src-shared/contracts/recordings.ts'
import { patternShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'

const run = promisify(execFile)
const NAME = `it's 课 50%.mp4`

/** What the tests use of the page's player; the page's own types are not known here. */
interface Video {
  muted: boolean
  paused: boolean
  seeking: boolean
  readyState: number
  currentTime: number
  duration: number
  play(): Promise<void>
}

let dataDir: string
let folder: string
test.beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'castwright-recorded-'))
  folder = join(dataDir, 'recordings')
  await mkdir(join(folder, '.castwright'), { recursive: true })
})
test.afterEach(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }))

/** Files go to a trash of the test's own. */
const start = () => SteeredStudio.start(patternShow({ width: 320, height: 180 }), { dataDir, env: { XDG_DATA_HOME: join(dataDir, 'share') } })

async function clip(name: string, seconds = 3, more: readonly string[] = []): Promise<void> {
  const container = name.endsWith('.mp4') ? ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'] : []
  await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30', '-f', 'lavfi', '-i', 'sine=f=440:r=48000', '-t', String(seconds), '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '0', '-g', '30', '-c:a', 'aac', '-ac', '2', ...container, ...more, `file:${join(folder, name)}`])
}

async function manifest(files: { path: string; finished?: boolean; startedAtMs?: number }[]): Promise<void> {
  const entries = files.map((file, index) => ({ format: file.path.split('.').at(-1) === 'm3u8' ? 'hls' : file.path.split('.').at(-1), kind: 'recording', startedAtMs: 1_700_000_000_000 + index * 60_000, finished: true, durationMs: null, sizeBytes: null, width: 320, height: 180, ...file }))
  await writeFile(join(folder, '.castwright/run-1.json'), JSON.stringify({ version: 1, showRunId: 'run-1', name: 'Physics', startedAtMs: 1_700_000_000_000, files: entries }))
}

async function openPage(studio: SteeredStudio) {
  const { page } = studio
  await page.getByTestId('page-recordings').click()
  await page.getByTestId('recordings').waitFor()
  return page
}

test('what a crash left is repaired at the start, and said', async () => {
  await clip('a_1.mp4', 6)
  await truncate(join(folder, 'a_1.mp4'), Math.floor((await stat(join(folder, 'a_1.mp4'))).size * 0.6))
  await manifest([{ path: 'a_1.mp4', finished: false }])
  const studio = await start()
  try {
    const page = await openPage(studio)
    await expect(page.locator('[data-job="repair"]')).toHaveAttribute('data-state', 'done', { timeout: 30_000 })
    await expect(page.locator('[data-path="a_1.mp4"]')).toHaveAttribute('data-condition', 'good')
    await expect(page.getByText('A recording that had been cut off was repaired.')).toBeVisible()
    // An ordinary MP4 now: one index, at the beginning.
    const bytes = await readFile(join(folder, 'a_1.mp4'))
    expect(bytes.indexOf('moof')).toBe(-1)
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  } finally {
    await studio.close()
  }
})

test('recordings are played in the window, with jumps, whatever their format and name', async () => {
  await clip(NAME)
  for (const name of ['b.mkv', 'c.flv', 'd.ts', 'e.m3u8', 'f.aac']) await clip(name, 3, name.endsWith('aac') ? ['-vn'] : [])
  const studio = await start()
  try {
    const page = await openPage(studio)
    for (const name of [NAME, 'b.mkv', 'c.flv', 'd.ts', 'e.m3u8', 'f.aac']) {
      await page.locator('.file', { hasText: name }).getByRole('button', { name: /^Play/ }).click()
      const player = page.getByTestId('recording-player')
      await player.evaluate((video: Video) => (video.muted = true))
      await expect.poll(() => player.evaluate((video: Video) => (video.paused && void video.play().catch(() => {}), video.currentTime)), { message: `${name} plays`, timeout: 20_000 }).toBeGreaterThan(0.3)
      if (name === NAME) {
        await player.evaluate((video: Video) => (video.currentTime = 2.5))
        await expect.poll(() => player.evaluate((video: Video) => video.seeking || video.readyState < 2)).toBe(false)
        expect(await player.evaluate((video: Video) => video.currentTime)).toBeGreaterThanOrEqual(2.5)
        expect(await player.evaluate((video: Video) => Math.round(video.duration))).toBe(3)
      }
      await page.keyboard.press('Escape')
      await expect(player).toBeHidden()
    }
    expect(studio.browser.problems).toEqual([])
  } finally {
    await studio.close()
  }
})

test('pieces are joined; what cannot be joined is merged instead', async () => {
  await clip('a_1.mp4')
  await clip('a_2.mp4', 2)
  await clip('z.flv', 2)
  await manifest([{ path: 'a_1.mp4' }, { path: 'a_2.mp4' }, { path: 'z.flv' }])
  const studio = await start()
  try {
    const page = await openPage(studio)
    await page.locator('[data-path="a_1.mp4"]').click()
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByTestId('selection').getByRole('button', { name: 'Join' }).click()
    await expect(page.locator('[data-path="a_joined.mp4"]')).toHaveAttribute('data-condition', 'good', { timeout: 30_000 })
    await expect(page.locator('[data-show="run-1"] .file')).toHaveCount(4)
    const { stdout } = await run('ffprobe', ['-v', 'error', '-count_packets', '-select_streams', 'v', '-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0', join(folder, 'a_joined.mp4')])
    expect(Number(stdout)).toBe(150)

    for (const path of ['a_1.mp4', 'z.flv']) await page.locator(`[data-path="${path}"] input`).check()
    await page.getByTestId('selection').getByRole('button', { name: 'Join' }).click()
    await expect(page.getByText('so they cannot be joined as they are')).toBeVisible()
    await page.getByTestId('selection').getByRole('alert').getByRole('button', { name: 'Merge…' }).click()
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await expect(page.locator('[data-job="merge"]')).toHaveAttribute('data-state', 'done', { timeout: 60_000 })
    await expect(page.locator('.file', { hasText: '_av.mp4' }).first()).toHaveAttribute('data-condition', 'good')
  } finally {
    await studio.close()
  }
})

test('files are found, moved to the trash, and brought back', async () => {
  for (const name of ['a_1.mp4', 'a_2.mp4', NAME]) await clip(name, 1)
  await manifest([{ path: 'a_1.mp4' }, { path: 'a_2.mp4' }])
  const studio = await start()
  try {
    const page = await openPage(studio)
    await expect(page.locator('.file')).toHaveCount(3)
    await page.getByTestId('recordings-search').fill('physics')
    await expect(page.locator('.file')).toHaveCount(2)
    await page.locator('.file').first().focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Move to trash' }).click()
    await expect(page.locator('.file')).toHaveCount(0)
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([NAME])
    await page.getByTestId('undo-trash').click()
    await expect(page.locator('.file')).toHaveCount(2)
    expect((await readdir(folder)).filter((name) => !name.startsWith('.')).sort()).toEqual(['a_1.mp4', 'a_2.mp4', NAME])
    // What comes from elsewhere is seen without being asked for.
    await page.getByTestId('recordings-search').fill('')
    await clip('late.mp4', 1)
    await expect(page.locator('[data-path="late.mp4"]')).toBeVisible()
  } finally {
    await studio.close()
  }
})

test('the page may fetch recordings and nothing else', async () => {
  await clip('a.mp4', 1)
  await writeFile(join(dataDir, 'secret.mp4'), 'secret')
  const studio = await start()
  try {
    const page = await openPage(studio)
    const status = (path: string) => page.evaluate((address) => fetch(address, { headers: { range: 'bytes=0-3' } }).then((answer) => answer.status), path)
    expect(await status('/recordings/a.mp4')).toBe(206)
    for (const path of ['/recordings/..%2fsecret.mp4', '/recordings/%2e%2e%2fsecret.mp4', '/recordings/.castwright%2frun-1.json']) expect(await status(path), path).toBe(403)
    for (const path of ['/recordings/.castwright/cache/files.json', '/recordings/none.mp4', '/recordings/']) expect([403, 404], path).toContain(await status(path))
    await expect(studio.rpc.service(recordings).trash({ paths: ['../secret.mp4'] })).rejects.toMatchObject({ reason: 'not-found' })
  } finally {
    await studio.close()
  }
})
