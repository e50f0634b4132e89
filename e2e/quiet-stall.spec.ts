import { expect, test } from '@playwright/test'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { Relay } from './fixtures/relay.ts'
import { cameraShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { until } from './fixtures/until.ts'

/** Little is sent of a picture that hardly moves, so the system's buffers hide for long that nobody reads any more. */

test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')

test('the line stalls while little is sent: seen within 12 s all the same', async () => {
  const server = await NginxRtmp.start()
  const relay = await Relay.to(server.rtmpPort)
  // A high rate is asked for and hardly used.
  const studio = await SteeredStudio.start(cameraShow({ width: 320, height: 180, videoKbps: 3000 }))
  try {
    const id = await studio.goLiveTo({ address: `rtmp://127.0.0.1:${relay.port}/live`, key: 'quiet' })
    await studio.output(id, ({ state }) => state === 'running')
    await until('it has flowed for a while', async () => (await studio.figuresOf(id)).totalFramesSent > 200, { timeoutMs: 30_000 })
    expect((await studio.figuresOf(id)).bitrateKbps).toBeLessThan(1000)
    const stalledMs = performance.now()
    relay.stall()
    const broken = await studio.output(id, ({ state }) => state === 'recovering', 20_000)
    console.log(`a stall at ${Math.round((await studio.figuresOf(id)).bitrateKbps)} kbit/s was seen after ${Math.round(performance.now() - stalledMs)} ms`)
    expect(performance.now() - stalledMs).toBeLessThan(12_000)
    expect(broken.failure?.reason).toBe('stalled')
  } finally {
    await studio.close()
    await relay.close()
    await server.close()
  }
})
