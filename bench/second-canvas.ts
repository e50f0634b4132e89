import { NginxRtmp } from '../e2e/fixtures/nginx-rtmp.ts'
import { screenAndCameraShow } from '../e2e/fixtures/shows.ts'
import { median } from '../e2e/fixtures/stream-check.ts'
import { DEFAULT_ENCODING } from '../src-shared/domain/encoding.ts'
import type { Row } from './row.ts'
import { measure } from './singles.ts'

const ROUNDS = 3

/**
 * What a second canvas costs beside the mix: 1280x720 at 30 frames/s for one RTMP destination, alone and with 720x1280 at the same
 * rate, the screen above the camera, for another one. The two take turns: `rounds` of 45 s each, longer on a busy computer.
 */
export async function secondCanvas(rounds = ROUNDS): Promise<Row[]> {
  const server = await NginxRtmp.start()
  const alone: number[] = []
  const both: number[] = []
  try {
    const region = (id: string, sourceId: string, y: number) => ({ id, sourceId, x: 0, y, width: 720, height: 640, zOrder: 0, fit: 'fill' as const })
    const layout = { template: 'custom' as const, regions: [region('top', 'screen', 0), region('bottom', 'camera', 640)] }
    const show = { ...screenAndCameraShow(), second: { enabled: true, encoding: { ...DEFAULT_ENCODING, width: 720, height: 1280 }, layout } }
    for (let round = 1; round <= rounds; round++) {
      alone.push(await measure(show, server))
      both.push(await measure(show, server, { content: 'second', width: 720 }))
      // Minutes without a word look like a benchmark that hangs.
      console.error(`  round ${round} of ${rounds}: ${alone.at(-1)?.toFixed(1)} % of a core, ${both.at(-1)?.toFixed(1)} % with the second canvas`)
    }
  } finally {
    await server.close()
  }
  const each = (all: readonly number[]) => all.map((percent) => percent.toFixed(1)).join(', ')
  return [
    { what: 'mix alone (720p30, screen + camera): CPU of everything, page seen and server included', value: median(alone), unit: '% of a core', note: each(alone) },
    { what: 'with the second canvas besides (720x1280 at 30 fps)', value: median(both), unit: '% of a core', note: each(both) },
    { what: 'the second canvas', value: median(both) - median(alone), unit: '% of a core' },
  ]
}
