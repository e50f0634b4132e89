import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { recorder, recordings } from '../src-shared/contracts/recordings.ts'
import { RECORDING_FORMATS, type RecordingStatus } from '../src-shared/domain/recording.ts'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { boxesOf, chaptersOf, complaints, soundTracks } from './fixtures/recorded-file.ts'
import { patternShow, screenAndCameraShow, TestFolder } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { inspect } from './fixtures/stream-check.ts'
import { Studio } from './fixtures/studio.ts'
import { TONE_DBFS, toneDevices, toneShow, tonesIn } from './fixtures/tones.ts'
import { until } from './fixtures/until.ts'

/** Recordings of the built studio, looked at with FFmpeg's own tools. */

const SMALL = { width: 640, height: 360, videoKbps: 800 }

let folder: TestFolder
test.beforeEach(async () => {
  folder = await TestFolder.create()
})
test.afterEach(() => folder.close())

const lasted = (seconds: number) => (status: RecordingStatus) => status.state === 'recording' && status.durationMs >= seconds * 1000
const idle = (status: RecordingStatus) => status.state === 'idle'

/** Files below the recordings folder, by their endings. */
async function files(root: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.includes('/.')) continue
    const ending = entry.name.slice(entry.name.indexOf('.') + 1)
    found.set(ending, [...(found.get(ending) ?? []), join(entry.parentPath, entry.name)].toSorted())
  }
  return found
}

test('every format at once beside a push, with a chapter, a snapshot and a replay', async () => {
  test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')
  const server = await NginxRtmp.start()
  const studio = await SteeredStudio.start(patternShow(SMALL))
  const record = studio.rpc.service(recorder)
  try {
    await record.updateSettings({ folder: folder.path, formats: [...RECORDING_FORMATS], replaySeconds: 5 })
    const id = await studio.goLiveTo({ address: server.address, key: 'beside' })
    await studio.output(id, ({ state }) => state === 'running')
    await record.start({})
    await expect(record.start({})).rejects.toMatchObject({ reason: 'already-recording' })
    await studio.rpc.stateWhen(recorder, 'status', lasted(4))
    await record.addChapter({ name: 'The second part' })
    const { path: picture } = await record.snapshot({})
    const replay = await record.saveReplay({})
    const { files: writing, freeBytes } = await studio.rpc.stateWhen(recorder, 'status', lasted(9))
    expect(writing.map(({ format }) => format).toSorted()).toEqual([...RECORDING_FORMATS].toSorted())
    expect(freeBytes).toBeGreaterThan(0)
    await record.stop({})
    await expect(record.stop({})).rejects.toMatchObject({ reason: 'not-recording' })
    expect(await studio.output(id, () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
    await studio.endShow()

    const found = await files(folder.path)
    const [mp4 = ''] = (found.get('mp4') ?? []).filter((path) => !path.includes('replay'))
    expect(await boxesOf(mp4)).toEqual(['ftyp', 'moov', 'mdat'])
    for (const path of [mp4, ...['mkv', 'flv', 'm3u8'].map((format) => found.get(format)?.[0] ?? ''), mp4.replace(/mp4$/, 'ts'), join(folder.path, replay.path)]) {
      expect(await complaints(path), path).toBe('')
      const { video, audio, durationS } = await inspect(path)
      expect({ path, ...video }).toMatchObject({ path, codec: 'h264', width: 640, height: 360, bFrames: 0, monotonic: true })
      expect({ path, ...audio }).toMatchObject({ path, codec: 'aac', sampleRate: 48_000, channels: 2, monotonic: true })
      if (path.endsWith(replay.path)) expect(durationS).toBeGreaterThan(3)
      else expect(durationS).toBeGreaterThan(8.5)
    }
    expect((await inspect(found.get('aac')?.[0] ?? '')).audio?.packets).toBeGreaterThan(380)
    expect(await chaptersOf(mp4)).toEqual(['The second part'])
    expect(await chaptersOf(found.get('mkv')?.[0] ?? '')).toEqual(['The second part'])
    expect(await readFile(`${found.get('flv')?.[0]}.chapters.vtt`, 'utf8')).toContain('The second part')
    expect((await inspect(join(folder.path, picture))).video).toMatchObject({ codec: 'png', width: 640, height: 360 })

    const [show] = await studio.rpc.stateWhen(recordings, 'shows', ([first]) => first !== undefined && first.files.length === 8 && first.files.every(({ condition }) => condition === 'good'))
    expect(show?.files.map(({ kind }) => kind).toSorted()).toEqual([...Array<string>(6).fill('recording'), 'replay', 'snapshot'])
  } finally {
    await studio.close()
    await server.close()
  }
})

test('three sound tracks of one channel with their own tones, through a reload of the page', async () => {
  const tones = [440, 1000]
  const studio = await SteeredStudio.start(toneShow({ 440: [1], 1000: [2] }, { ...SMALL, audioChannels: 1 }), { browser: { initScript: toneDevices(tones) } })
  const record = studio.rpc.service(recorder)
  try {
    await record.updateSettings({ folder: folder.path, formats: ['mp4', 'mkv', 'ts'], soundTracks: [1, 2, 3], trackNames: ['Show', '音乐'] })
    await record.start({})
    await studio.rpc.stateWhen(recorder, 'status', lasted(2.6))
    await studio.page.reload()
    await studio.rpc.stateWhen(recorder, 'status', lasted(7))
    await record.stop({})
    const found = await files(folder.path)
    for (const format of ['mp4', 'mkv']) {
      const paths = found.get(format) ?? []
      for (const path of paths) {
        expect(await complaints(path), path).toBe('')
        expect((await inspect(path)).audio?.channels, path).toBe(1)
        const [first, ...others] = await soundTracks(path)
        expect([first, ...others].map((each) => each?.name), path).toEqual(['Show', '音乐', 'Track 3'])
        // All come back with the page.
        for (const { name, packets } of others) expect(packets / (first?.packets ?? 0), `${path}: ${name}`).toBeGreaterThan(0.6)
      }
      for (const [path = '', fromS] of [...(format === 'mp4' ? [[paths[0], 1.5] as const] : []), [paths.at(-1), -1.2] as const]) {
        for (const [track, loud] of [440, 1000, null].entries()) {
          for (const [n, level] of (await tonesIn(path, track, fromS, tones)).entries()) {
            const what = `${path}: ${tones[n]} Hz in track ${track + 1} from ${fromS} s`
            if (tones[n] === loud) expect(Math.abs(level - TONE_DBFS), what).toBeLessThan(0.5)
            else expect(level, what).toBeLessThan(-60)
          }
        }
      }
    }
    const [ts = ''] = found.get('ts') ?? []
    expect(await soundTracks(ts)).toHaveLength(1)
  } finally {
    await studio.close()
  }
})

test('without a broadcast, through a reload of the page, a pause and a resume', async () => {
  const studio = await SteeredStudio.start(patternShow(SMALL))
  const record = studio.rpc.service(recorder)
  try {
    await record.updateSettings({ folder: folder.path, formats: ['mp4', 'hls'] })
    await record.start({})
    await studio.rpc.stateWhen(recorder, 'status', lasted(3))
    await studio.page.reload()
    await studio.rpc.stateWhen(recorder, 'status', lasted(10))
    await record.pause({})
    const { durationMs } = await studio.rpc.stateWhen(recorder, 'status', ({ state }) => state === 'paused')
    await record.resume({})
    await studio.rpc.stateWhen(recorder, 'status', lasted(durationMs / 1000 + 3))
    await record.stop({})

    const found = await files(folder.path)
    const shows = await studio.rpc.stateWhen(recordings, 'shows', ([show]) => (show?.files.length ?? 0) > 1 && show?.files.every(({ condition }) => condition === 'good') === true)
    const pieces = shows[0]?.files.filter(({ format }) => format === 'mp4') ?? []
    const facts = await Promise.all(pieces.map(({ path }) => inspect(join(folder.path, path))))
    expect(pieces.map(({ path }) => path.at(-5))).toEqual(pieces.map((_, n) => String(n + 1)))
    for (const { video, audio } of facts) expect(video?.monotonic && audio?.monotonic).toBe(true)
    const [first, second] = pieces
    // The pause makes a file of its own; so does the reload on a computer that is so busy that the page was away for more than 5 s.
    if (pieces.length > 2) expect((second?.startedAtMs ?? 0) - (first?.startedAtMs ?? 0) - (facts[0]?.durationS ?? 0) * 1000).toBeGreaterThan(4800)
    else expect(facts[0]?.durationS).toBeGreaterThan(9)
    expect([2, 3]).toContain(pieces.length)
    expect(facts.at(-1)?.durationS).toBeGreaterThan(2.5)
    const [playlist = '', ...others] = found.get('m3u8') ?? []
    expect(others).toEqual([])
    expect(await readFile(playlist, 'utf8')).toContain('#EXT-X-DISCONTINUITY')
    expect((await inspect(playlist)).durationS).toBeGreaterThan(facts.reduce((sum, { durationS }) => sum + durationS, 0) - 1)
    expect((await studio.status()).live).toBe(false)
  } finally {
    await studio.close()
  }
})

test('the show, the camera and the screen side by side, each in a file of its own', async () => {
  const studio = await SteeredStudio.start(screenAndCameraShow(SMALL))
  const record = studio.rpc.service(recorder)
  try {
    await record.updateSettings({ folder: folder.path, streams: ['mix', 'main', 'aux'], taskId: 'T', applicationId: 'A', roomId: '7', userId: 'ann' })
    await record.start({})
    await studio.rpc.stateWhen(recorder, 'status', ({ files: writing }) => writing.length === 3 && writing.every(({ durationMs }) => durationMs > 4000), 40_000)
    await record.stop({})
    const names = ['A_7', 'A_7__UserId_s_YW5u__UserId_e_aux_video', 'A_7__UserId_s_YW5u__UserId_e_main_video'].map((base) => join(folder.path, 'T', `${base}.mp4`))
    expect((await files(folder.path)).get('mp4')).toEqual(names)
    for (const path of names) {
      expect(await complaints(path), path).toBe('')
      const { video, audio, durationS } = await inspect(path)
      expect({ path, ...video }).toMatchObject({ path, codec: 'h264', monotonic: true })
      expect(durationS).toBeGreaterThan(3.5)
      // The screen was chosen without its sound.
      if (!path.includes('_aux_')) expect(audio?.packets).toBeGreaterThan(100)
    }
    const [show] = await studio.rpc.stateWhen(recordings, 'shows', ([first]) => first?.files.length === 3)
    expect(show?.files.map(({ condition }) => condition)).toEqual(['good', 'good', 'good'])
  } finally {
    await studio.close()
  }
})

test('from the command line, and nowhere else', async () => {
  const show = await folder.write('show.json', patternShow(SMALL))
  const studio = await Studio.start({ args: ['--show', show, '--record', folder.file('videos'), '--for', '5'] })
  try {
    expect(await studio.ended()).toBe(0)
    const { outputs, recordings: recorded, errors } = await studio.report()
    expect({ outputs, errors }).toEqual({ outputs: [], errors: [] })
    expect(recorded).toMatchObject([{ format: 'mp4', finished: true }])
    const [{ path = '' } = {}] = recorded
    expect(dirname(dirname(path))).toBe(folder.file('videos'))
    expect(await boxesOf(path)).toEqual(['ftyp', 'moov', 'mdat'])
    expect((await inspect(path)).durationS).toBeGreaterThan(4)
  } finally {
    await studio.close()
  }
})

test('ends by itself when there is nothing to see and to hear, and with the broadcast when it began with it', async () => {
  test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')
  const server = await NginxRtmp.start()
  const studio = await SteeredStudio.start(patternShow(SMALL))
  const record = studio.rpc.service(recorder)
  try {
    await record.updateSettings({ folder: folder.path, withBroadcast: true, maxIdleSeconds: 5 })
    await studio.goLiveTo({ address: server.address, key: 'with' })
    await studio.rpc.stateWhen(recorder, 'status', lasted(2))
    await studio.endShow()
    expect((await studio.rpc.stateWhen(recorder, 'status', idle)).failure).toBe(null)

    await record.start({})
    await studio.rpc.stateWhen(recorder, 'status', lasted(2))
    await studio.page.goto('about:blank')
    const { failure } = await studio.rpc.stateWhen(recorder, 'status', idle, 60_000)
    expect(failure?.reason).toBe('recording-idle')
    const recorded = await until('both recordings are whole', async () => {
      const all = (await files(folder.path)).get('mp4') ?? []
      return all.length === 2 ? all : null
    })
    for (const path of recorded) expect(await boxesOf(path)).toEqual(['ftyp', 'moov', 'mdat'])
  } finally {
    await studio.close()
    await server.close()
  }
})

test('from the window, by buttons and by keys', async () => {
  const studio = await SteeredStudio.start(patternShow(SMALL))
  const { page } = studio
  try {
    await studio.rpc.service(recorder).updateSettings({ folder: folder.path })
    await page.getByTestId('settings').click()
    await page.getByRole('tab', { name: 'Recording' }).click()
    await page.getByTestId('recording-format-mkv').click()
    await page.getByTestId('recording-format-mp4').click()
    await studio.rpc.stateWhen(recorder, 'settings', ({ formats }) => formats.join() === 'mkv')
    // The last one cannot be taken away.
    await page.getByTestId('recording-format-mkv').click()
    await page.keyboard.press('Escape')
    await page.getByTestId('record-button').click()
    await expect(page.getByTestId('record-time')).toHaveText(/^00:0[2-9]$/, { timeout: 20_000 })
    await page.getByTestId('record-chapter').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('From the window')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('Alt+m')
    const { chapters } = await studio.rpc.stateWhen(recorder, 'status', ({ chapters: set }) => set.length === 2)
    expect(chapters.map(({ name }) => name)).toEqual(['From the window', '2'])
    await page.keyboard.press('Alt+p')
    await studio.rpc.stateWhen(recorder, 'status', ({ state }) => state === 'paused')
    await page.getByTestId('record-snapshot').click()
    await expect(page.getByText(/Saved: snapshot_\d{17}\.png/)).toBeVisible()
    await page.keyboard.press('Alt+r')
    await studio.rpc.stateWhen(recorder, 'status', idle)
    expect([...(await files(folder.path)).keys()].toSorted()).toEqual(['mkv', 'png'])
    expect(studio.browser.problems).toEqual([])
  } finally {
    await studio.close()
  }
})

test('says that a folder cannot be written, and records nothing', async () => {
  const studio = await SteeredStudio.start(patternShow(SMALL))
  try {
    await studio.rpc.service(recorder).updateSettings({ folder: join(await folder.write('a-file', ''), 'below') })
    await expect(studio.rpc.service(recorder).start({})).rejects.toMatchObject({ reason: 'folder-not-writable' })
    expect((await studio.rpc.state(recorder, 'status')).state).toBe('idle')
    await expect(studio.rpc.service(recorder).updateSettings({ folder: 'not/whole' })).rejects.toMatchObject({ reason: 'input-invalid' })
  } finally {
    await studio.close()
  }
})
