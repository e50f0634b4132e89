import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { recorder } from '../src-shared/contracts/recordings.ts'
import { studio as studioContract } from '../src-shared/contracts/studio.ts'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { boxesOf, complaints } from './fixtures/recorded-file.ts'
import { patternShow, TestFolder } from './fixtures/shows.ts'
import { mountSmallDisk } from './fixtures/small-disk.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { inspect } from './fixtures/stream-check.ts'

/** 500 MB are kept free; this leaves 24 MB to record to. */
const DISK_MIB = 500

test('a disk that fills up ends the recording cleanly, and the push knows nothing of it', async () => {
  test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')
  const folder = await TestFolder.create()
  const videos = folder.file('videos')
  const disk = await mountSmallDisk(videos, DISK_MIB)
  test.skip(disk === null, 'no small disk can be mounted here: that takes Linux and root')
  const server = await NginxRtmp.start()
  const studio = await SteeredStudio.start(patternShow({ width: 640, height: 360, videoKbps: 800 }))
  try {
    await studio.rpc.service(recorder).updateSettings({ folder: videos })
    const id = await studio.goLiveTo({ address: server.address, key: 'full' })
    await studio.output(id, ({ state }) => state === 'running')
    await studio.rpc.service(recorder).start({})
    const { minutesLeft } = await studio.rpc.stateWhen(recorder, 'status', ({ durationMs, minutesLeft: left }) => durationMs > 5000 && left !== null)
    expect(minutesLeft).toBeLessThan(60)
    await writeFile(join(videos, 'somebody-elses'), Buffer.alloc(30_000_000))
    const { failure } = await studio.rpc.stateWhen(recorder, 'status', ({ state }) => state === 'idle')
    expect(failure?.reason).toBe('disk-full')
    expect((await studio.rpc.state(studioContract, 'notices')).map(({ reason }) => reason)).toContain('disk-full')
    await expect(studio.rpc.service(recorder).start({})).rejects.toMatchObject({ reason: 'disk-full' })

    const [name = ''] = (await readdir(videos, { recursive: true })).filter((each) => each.endsWith('.mp4'))
    // There is no room for a second file, so the description went to the end.
    expect(await boxesOf(join(videos, name))).toEqual(['ftyp', 'mdat', 'moov'])
    expect(await complaints(join(videos, name))).toBe('')
    expect((await inspect(join(videos, name))).durationS).toBeGreaterThan(4)
    expect(await studio.output(id, () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
  } finally {
    await studio.close()
    await server.close()
    await disk?.close()
    await folder.close()
  }
})
