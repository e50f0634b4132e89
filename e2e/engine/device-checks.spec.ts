import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type CheckState, type DiagnosticOptions, finding } from '../../src-shared/domain/diagnostics.ts'
import { systemClock } from '../../src-main/base/clock.ts'
import { exchangeOffer } from '../../src-main/diagnostics/network/exchange-offer.ts'
import { SpeedServer } from '../../src-main/speed-server/speed-server.ts'
import { serveBrowserCheck } from '../fixtures/browser-check.ts'
import { runToEnd } from '../fixtures/own-process.ts'
import { openBrowser } from './engine-rig.ts'

// The checks of devices on real tracks: Chromium's own fake camera and microphone, and files that freeze, go black, fall silent, clip and speak.

/** Inside `page.evaluate` only: what device-checks.browser-check.ts offers. */
declare const check: {
  run(names: string[], options: DiagnosticOptions): Promise<{ states: CheckState[]; live: Record<string, unknown[]> }>
  recording(): { sizeBytes: number; type: string; durationMs: number; label: string } | null
}

let folder: string
let served: Awaited<ReturnType<typeof serveBrowserCheck>>

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-devices-'))
  const make = (name: string, ...args: string[]) => runToEnd('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', ...args, join(folder, name)])
  const speech = 'aevalsrc=0.35*(random(0)-0.5)*max(0\\,sin(2*PI*0.9*t))+0.0003*(random(1)-0.5):s=48000:d=10'
  ;[served] = await Promise.all([
    serveBrowserCheck('src-renderer/engine/diagnostics/checks/device-checks.browser-check.ts'),
    make('frozen.mjpeg', '-i', 'smptebars=size=640x360:rate=25:duration=1', '-c:v', 'mjpeg', '-q:v', '3'),
    make('black.mjpeg', '-i', 'color=black:size=640x360:rate=25:duration=1', '-c:v', 'mjpeg', '-q:v', '3'),
    make('silent.wav', '-i', 'anullsrc=r=48000:cl=mono', '-t', '5'),
    make('clipped.wav', '-i', 'aevalsrc=clip(4*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*t))\\,-1\\,1):s=48000:d=5', '-c:a', 'pcm_s16le'),
    make('speech.wav', '-i', speech, '-c:a', 'pcm_s16le'),
  ])
})
test.afterAll(async () => {
  await served?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Runs checks in a browser of their own, and returns what each found. */
async function found(flags: readonly string[], names: readonly string[], options: DiagnosticOptions = {}) {
  const { browser } = await openBrowser(flags)
  try {
    const page = await browser.newPage()
    await page.exposeFunction('exchangeOffer', async ({ server, sdp }: { server: string; sdp: string }) => ({ sdp: await exchangeOffer({ server, sdp, clock: systemClock, signal: new AbortController().signal }) }))
    await page.goto(served.url)
    await page.waitForFunction('window.check !== undefined')
    const { states, live } = await page.evaluate(([names, options]) => check.run([...names], options), [names, options] as const)
    // As main takes them.
    for (const state of states) finding.parse(state.finding)
    const codes = Object.fromEntries(states.map(({ name, finding }) => [name, finding && `${finding.status} ${finding.code}`]))
    return { codes, states: Object.fromEntries(states.map((state) => [state.name, state])), live, recording: await page.evaluate(() => check.recording()) }
  } finally {
    await browser.close()
  }
}
const video = (file: string) => `--use-file-for-fake-video-capture=${join(folder, file)}`
const audio = (file: string) => `--use-file-for-fake-audio-capture=${join(folder, file)}`

test('frozen and black pictures, silent and clipping microphones are found', async () => {
  const [frozen, black] = await Promise.all([
    found([video('frozen.mjpeg'), audio('silent.wav')], ['camera.picture', 'microphone.level'], { seconds: 1 }),
    found([video('black.mjpeg'), audio('clipped.wav')], ['camera.picture', 'microphone.level'], { seconds: 1 }),
  ])
  expect(frozen.codes).toEqual({ 'camera.picture': 'fail frozen', 'microphone.level': 'fail silent' })
  expect(black.codes).toEqual({ 'camera.picture': 'fail black', 'microphone.level': 'fail clipping' })
})

test('good devices pass, with levels on the way and a recording to play', async () => {
  const names = ['camera.permission', 'camera.present', 'camera.picture', 'microphone.permission', 'microphone.level', 'microphone.rate', 'microphone.loop', 'speaker.loopback', 'screen.permission', 'screen.capture', 'devices.sync']
  const { codes, states, live, recording } = await found([audio('speech.wav')], names, { seconds: 2 })
  expect(codes).toMatchObject({
    'camera.permission': 'pass granted', 'camera.present': 'pass found', 'microphone.permission': 'pass granted', 'microphone.level': 'pass good', 'microphone.loop': 'skipped recorded',
    'speaker.loopback': 'pass not-found', 'screen.permission': 'pass granted', 'screen.capture': 'pass good', 'devices.sync': 'skipped no-screen',
  })
  // On a busy machine the fake camera is slow or uneven; it is neither black nor frozen nor dark.
  expect(codes['camera.picture']).toMatch(/^(pass good|warn (slow|uneven|partly-frozen))$/)
  expect(states['camera.picture']?.finding?.data).toMatchObject({ width: 1280, height: 720 })
  // The fake microphone's rate is that of the machine's fake output.
  expect([44_100, 48_000]).toContain(states['microphone.rate']?.finding?.params?.['deviceHz'])
  const levels = (live['microphone.level'] ?? []) as { level: number; dbfs: number }[]
  expect(levels.length).toBeGreaterThanOrEqual(2)
  for (const { level } of levels) expect(level).toBeLessThanOrEqual(100)
  expect(recording).toMatchObject({ type: expect.stringContaining('audio/') })
  expect(recording?.sizeBytes).toBeGreaterThan(1000)
})

test('a data channel to a test server loses nothing on a good line, and is counted exactly on a bad one', async () => {
  const token = 'letmein'
  const measure = async (loses: (number: number) => boolean) => {
    const came = new Set<number>()
    const server = await SpeedServer.open({ host: '127.0.0.1', port: 0, token, clock: systemClock, channels: { loses: (number) => loses(number) || (came.add(number), false) } })
    try {
      const { states } = await found([], ['network.channel'], { testServer: `http://127.0.0.1:${server.port}/?access_token=${token}` })
      return { finding: states['network.channel']?.finding, came: came.size }
    } finally {
      await server.close()
    }
  }
  // A computer that is too busy to read loses packets by itself, now and then; what it says it lost must be what did not come.
  await expect(async () => {
    const { finding } = await measure(() => false)
    expect(finding).toMatchObject({ value: 0, data: { upLostRate: 0, downLostRate: 0, sent: 1100, back: 1100, there: 1100, rtt: expect.any(Number) } })
  }).toPass({ timeout: 60_000 })
  const { finding, came } = await measure((number) => number % 10 === 0)
  expect(finding).toMatchObject({ status: 'fail', code: 'very-lossy', data: { sent: 1100, there: came, upLostRate: Math.round((1 - came / 1100) * 10_000) / 10_000 } })
  expect(came).toBeLessThanOrEqual(990)
})
