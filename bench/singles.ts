import type { ProgramContent } from '../src-shared/domain/program-content.ts'
import type { Show } from '../src-shared/domain/show.ts'
import { addDestination } from '../e2e/fixtures/add-destination.ts'
import { NginxRtmp } from '../e2e/fixtures/nginx-rtmp.ts'
import { screenAndCameraShow } from '../e2e/fixtures/shows.ts'
import { SteeredStudio } from '../e2e/fixtures/steered-studio.ts'
import { median } from '../e2e/fixtures/stream-check.ts'
import { cpuPercentOver } from './process-tree.ts'
import type { Row } from './row.ts'

const SETTLE_S = 5
const MEASURE_S = 10
const ROUNDS = 3

/**
 * What one single stream costs beside the mix: 1280x720 at 30 frames/s composed for one RTMP destination, alone and with the
 * camera (640x360 at 15 frames/s) for another one. The two take turns.
 */
export async function singles(): Promise<Row[]> {
  const server = await NginxRtmp.start()
  const alone: number[] = []
  const both: number[] = []
  try {
    const show = screenAndCameraShow()
    for (const source of show.sources) if (source.kind === 'camera') Object.assign(source, { width: 640, height: 360 })
    for (let round = 0; round < ROUNDS; round++) {
      alone.push(await measure(show, server))
      both.push(await measure(show, server, { content: 'main', width: 640 }))
      console.error(`  round ${round + 1} of ${ROUNDS}: ${alone.at(-1)?.toFixed(1)} % of a core, ${both.at(-1)?.toFixed(1)} % with the camera besides`)
    }
  } finally {
    await server.close()
  }
  const each = (all: readonly number[]) => all.map((percent) => percent.toFixed(1)).join(', ')
  return [
    { what: 'mix alone (720p30, screen + camera): CPU of everything, page seen and server included', value: median(alone), unit: '% of a core', note: each(alone) },
    { what: 'with the camera besides (640x360 at 15 fps)', value: median(both), unit: '% of a core', note: each(both) },
    { what: 'the single stream', value: median(both) - median(alone), unit: '% of a core' },
  ]
}

/** % of a core with the mix for one destination and, with `beside`, that for another one; everything that runs for it is counted. */
export async function measure(show: Show, server: NginxRtmp, beside: { content: ProgramContent; width: number } | null = null): Promise<number> {
  const studio = await SteeredStudio.start(show)
  try {
    const to = (key: string, content: ProgramContent) => addDestination(studio, { kind: 'rtmp', address: server.address, content }, { key })
    await studio.onlyDestinations(await to('mix', 'mix'), ...(beside ? [await to('beside', beside.content)] : []))
    await studio.goLive()
    await server.receives('mix', { moreThanBytes: 200_000, timeoutMs: 60_000 })
    if (beside) {
      const { video } = await server.receives('beside', { moreThanBytes: 50_000, timeoutMs: 60_000 })
      if (video?.width !== beside.width) throw new Error(`it is ${video?.width}x${video?.height}, not ${beside.width} wide`)
    }
    // The studio, its page's browser and the server are all below this process.
    await cpuPercentOver(process.pid, SETTLE_S)
    return (await cpuPercentOver(process.pid, MEASURE_S)).cpuPercent
  } finally {
    await studio.close()
  }
}
