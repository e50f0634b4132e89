import { expect, test } from '@playwright/test'
import { broadcast } from '../src-shared/contracts/broadcast.ts'
import { watchdogs } from '../src-shared/contracts/watchdogs.ts'
import { runToEnd } from './fixtures/own-process.ts'
import { screenAndCameraShow, TestFolder } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { sleep } from './fixtures/until.ts'

/** What devices really give reaches the watchdogs: the page looks at frames and levels, main barks. */

const SMALL = { width: 640, height: 360, videoKbps: 800 }
/** The slower of the two dogs waits for 5 s of silence; the rest is the page's and the machine's. */
const WITHIN_MS = 10_000

test('a camera that shows one picture for ever and a microphone that gives zeros are noticed while live', async () => {
  const files = await TestFolder.create()
  const [cameraFile, soundFile] = [files.file('frozen.y4m'), files.file('silence.wav')]
  await runToEnd('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=30', '-frames:v', '1', '-vf', 'loop=loop=9:size=1', '-pix_fmt', 'yuv420p', cameraFile])
  await runToEnd('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=mono', '-t', '2', soundFile])
  const studio = await SteeredStudio.start(screenAndCameraShow(SMALL), { browser: { cameraFile, soundFile } })
  try {
    await studio.goLive()
    const seen = await studio.rpc.stateWhen(watchdogs, 'active', (active) => ['picture-frozen', 'sound-silent'].every((name) => active.some(({ watchdog }) => watchdog === name)), WITHIN_MS)
    expect(seen.map(({ watchdog, sourceId, params }) => [watchdog, sourceId, params['name']]).sort()).toEqual([['picture-frozen', 'camera', 'Camera'], ['sound-silent', 'microphone', 'Microphone']])
    expect((await studio.rpc.state(broadcast, 'status')).live).toBe(true)
  } finally {
    await studio.close()
    await files.close()
  }
})

test('devices that are well are left alone', async () => {
  const files = await TestFolder.create()
  // The browser's own beep is above full scale.
  const soundFile = files.file('tone.wav')
  await runToEnd('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=2', '-af', 'volume=-14dB', soundFile])
  const studio = await SteeredStudio.start(screenAndCameraShow(SMALL), { browser: { soundFile } })
  try {
    await studio.goLive()
    await sleep(7000)
    const ofSources = (await studio.rpc.state(watchdogs, 'history')).filter(({ sourceId }) => sourceId !== null)
    expect(ofSources.map(({ watchdog, evidence }) => `${watchdog} ${evidence}`)).toEqual([])
  } finally {
    await studio.close()
    await files.close()
  }
})
