import { expect, test } from '@playwright/test'
import { addDestination } from './fixtures/add-destination.ts'
import { janusMissing } from './fixtures/janus.ts'
import { JanusWhip } from './fixtures/janus-whip.ts'
import { decodeForwarded } from './fixtures/forwarded-video.ts'
import { patternShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { sleep, until } from './fixtures/until.ts'

// The whole way by WHIP to a real SFU: studio → Janus' video room → plain RTP, counted and decoded.

test.skip(janusMissing !== null, janusMissing ?? '')

/** In the page: size of the viewer's picture, and seconds played. */
const PLAYED = `(() => { const video = document.querySelector('[data-testid=rehearsal-viewer] video'); return [video.videoWidth, video.videoHeight, video.currentTime] })()`
const SHOW = patternShow({ width: 640, height: 360, videoKbps: 1500 })

async function addWhip(studio: SteeredStudio, server: JanusWhip, key = server.token): Promise<string> {
  const id = await addDestination(studio, { kind: 'whip', address: server.address }, { key })
  await studio.onlyDestinations(id)
  return id
}

test('goes live by WHIP: pictures and sound arrive at their rates, decode at the right size, and the end is told', async () => {
  const server = await JanusWhip.start()
  const studio = await SteeredStudio.start(SHOW)
  try {
    const id = await addWhip(studio, server)
    await studio.goLive()
    await studio.output(id, ({ state }) => state === 'running')
    await until('pictures and sound arrive', () => server.video.marked > 30 && server.audio.packets > 50)

    // Frames per sound packet of 20 ms: a clock of its own, so that a slow computer does not matter.
    const before = { frames: server.video.marked, sounds: server.audio.packets }
    await until('ten seconds of sound', () => server.audio.packets - before.sounds >= 500, { timeoutMs: 60_000 })
    const framesPerSecond = (server.video.marked - before.frames) / ((server.audio.packets - before.sounds) * 0.02)
    expect(framesPerSecond).toBeGreaterThan(27)
    expect(framesPerSecond).toBeLessThan(33)

    expect(await decodeForwarded(server.video, 'H264')).toMatchObject({ codec: 'h264', width: 640, height: 360 })
    expect((await studio.output(id, () => true)).gaps).toEqual([])

    await studio.endShow()
    await until('the server was told', () => server.asked.includes('DELETE'))
    expect(server.live).toBe(false)
    expect(await studio.studio.tracesText()).not.toContain(server.token)
  } finally {
    await studio.close()
    await server.close()
  }
})

test('what the server plays is watched by WHEP: waited for until it is live, by the server’s counter-offer', async () => {
  const server = await JanusWhip.start()
  const studio = await SteeredStudio.start(SHOW)
  try {
    const id = await addWhip(studio, server)
    const { page } = studio
    await page.getByRole('button', { name: 'Watch the rehearsal' }).click()
    const viewer = page.getByTestId('rehearsal-viewer')
    await viewer.getByRole('combobox').click()
    await page.getByRole('option', { name: 'WebRTC (WHEP)' }).click()
    await viewer.getByLabel('WHEP address').fill(server.playAddress)
    await viewer.getByLabel('Token').fill(server.token)
    await viewer.getByTestId('whep-play').click()
    await expect(viewer.getByText('Nothing is live there yet')).toBeVisible()
    await until('the player asks again', () => server.asked.filter((each) => each === 'POST whep').length >= 2)

    await studio.goLive()
    await studio.output(id, ({ state }) => state === 'running')
    await until('the picture plays', async () => {
      const [width, height, seconds] = await page.evaluate<number[]>(PLAYED)
      return width === 640 && height === 360 && (seconds ?? 0) > 2
    }, { timeoutMs: 60_000 })
    expect(server.asked).toContain('PATCH answer')
    await expect(viewer.getByTestId('rehearsal-delay')).toHaveText(/s behind the studio/, { timeout: 60_000 })
    await viewer.getByTestId('whep-stop').click()
    await until('the session is given back', () => server.asked.includes('DELETE whep'))
    expect(await studio.studio.tracesText()).not.toContain(server.token)
    expect(await studio.studio.tracesText()).toContain(server.playAddress)
  } finally {
    await studio.close()
    await server.close()
  }
})

test('a wrong token is named as such and not tried again', async () => {
  const server = await JanusWhip.start()
  const studio = await SteeredStudio.start(SHOW)
  try {
    const id = await addWhip(studio, server, 'not-the-token')
    await studio.goLive()
    const { failure } = await studio.output(id, ({ state }) => state === 'failed')
    expect(failure?.reason).toBe('token-rejected')
    await sleep(3000)
    expect(server.asked).toEqual([])
  } finally {
    await studio.close()
    await server.close()
  }
})
