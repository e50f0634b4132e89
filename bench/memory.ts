import { NginxRtmp } from '../e2e/fixtures/nginx-rtmp.ts'
import { screenAndCameraShow, TestFolder } from '../e2e/fixtures/shows.ts'
import { Studio } from '../e2e/fixtures/studio.ts'
import { treeUsage } from '../e2e/fixtures/process-table.ts'
import { sleep } from '../e2e/fixtures/until.ts'
import { median } from '../e2e/fixtures/stream-check.ts'
import type { Row } from './row.ts'

const SETTLE_MINUTES = 5

/** Memory of everything the studio runs over a long show: the last tenth against what it was after the first five minutes. */
export async function memory(minutes: number): Promise<Row[]> {
  const folder = await TestFolder.create()
  const server = await NginxRtmp.start()
  try {
    const show = await folder.write('show.json', screenAndCameraShow())
    const studio = await Studio.start({ args: ['--show', show, '--to', `${server.address}/memory`] })
    try {
      const samples: number[] = []
      for (let second = 0; second < minutes * 60; second += 10) {
        await sleep(10_000)
        samples.push(treeUsage(studio.pid).rssMiB)
      }
      const settled = samples.slice(SETTLE_MINUTES * 6)
      const tenth = Math.max(6, Math.floor(settled.length / 10))
      const [first, last] = [median(settled.slice(0, tenth)), median(settled.slice(-tenth))]
      return [{ what: `memory over ${minutes} min live: growth after the first 5`, value: (100 * (last - first)) / first, unit: '%', atMost: 5, note: `${Math.round(first)} → ${Math.round(last)} MiB` }]
    } finally {
      await studio.close()
    }
  } finally {
    await server.close()
    await folder.close()
  }
}
