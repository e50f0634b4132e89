import { expect, test } from '@playwright/test'
import { broadcast } from '../src-shared/contracts/broadcast.ts'
import { studio as studioContract } from '../src-shared/contracts/studio.ts'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { cameraShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'

/** The two ways to start a show: by hand, with its guards, and by itself. */

test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')

test('by hand: refused while there is nothing to see, and twice within three seconds', async () => {
  const studio = await SteeredStudio.start({ ...cameraShow({ width: 320, height: 180, videoKbps: 300 }), sources: [], scenes: [{ id: 'scene', name: 'Scene', background: '#202020', items: [] }] })
  try {
    await studio.addDestination({ address: 'rtmp://127.0.0.1:9/live', key: 'k' })
    await expect(studio.rpc.service(broadcast).goLive({})).rejects.toMatchObject({ reason: 'no-picture' })
    expect((await studio.status()).live).toBe(false)
  } finally {
    await studio.close()
  }
})

test('by itself: live once the camera is on, ended for good by hand', async () => {
  const server = await NginxRtmp.start()
  const studio = await SteeredStudio.start(cameraShow({ width: 320, height: 180, videoKbps: 300 }))
  try {
    const id = await studio.addDestination({ address: server.address, key: 'auto' })
    await studio.onlyDestinations(id)
    expect((await studio.status()).live).toBe(false)
    await studio.rpc.service(studioContract).updatePreferences({ startMode: 'automatic' })
    await studio.output(id, ({ state }) => state === 'running')
    await expect(studio.rpc.service(broadcast).goLive({})).rejects.toMatchObject({ reason: expect.stringMatching(/too-soon|already-live/) as unknown })
    await studio.endShow()
    const ended = await studio.rpc.stateWhen(broadcast, 'status', ({ live }) => !live)
    expect(ended.live).toBe(false)
    // Longer than the pace at which it would try again.
    await studio.page.waitForTimeout(6000)
    expect((await studio.status()).live).toBe(false)
  } finally {
    await studio.close()
    await server.close()
  }
})
