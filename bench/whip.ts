import { addDestination } from '../e2e/fixtures/add-destination.ts'
import { JanusWhip } from '../e2e/fixtures/janus-whip.ts'
import { janusMissing } from '../e2e/fixtures/janus.ts'
import { patternShow } from '../e2e/fixtures/shows.ts'
import { recordForwarded } from '../e2e/fixtures/forwarded-recording.ts'
import { flashAndBeep, median } from '../e2e/fixtures/stream-check.ts'
import { SteeredStudio } from '../e2e/fixtures/steered-studio.ts'
import { sleep, until } from '../e2e/fixtures/until.ts'
import type { Row } from './row.ts'

const ROUNDS = 5
const SYNC_S = 30

/**
 * From *Go live* to the first packet that a Janus on this computer has acknowledged, which is when the studio says *live*; and
 * how far sound and picture are apart when they leave that Janus.
 */
export async function whip(): Promise<Row[]> {
  if (janusMissing !== null) throw new Error(janusMissing)
  const server = await JanusWhip.start()
  const studio = await SteeredStudio.start(patternShow({ videoKbps: 2000 }))
  const [acknowledged, arrived]: [number[], number[]] = [[], []]
  let sync: Awaited<ReturnType<typeof flashAndBeep>> | null = null
  try {
    const id = await addDestination(studio, { kind: 'whip', address: server.address }, { key: server.token })
    await studio.onlyDestinations(id)
    for (let round = 0; round < ROUNDS; round++) {
      await sleep(3000)
      const [startMs, before] = [performance.now(), server.video.marked]
      await studio.goLive()
      const arriving = until('a picture arrives', () => server.video.marked > before, { everyMs: 5 }).then(() => arrived.push(performance.now() - startMs))
      await studio.output(id, ({ state }) => state === 'running')
      acknowledged.push(performance.now() - startMs)
      await arriving
      await studio.endShow()
      await until('the server is free again', () => !server.live)
    }
    await sleep(3000)
    await studio.goLive()
    await studio.output(id, ({ state }) => state === 'running')
    sync = await recordForwarded(server, SYNC_S, (file) => flashAndBeep(file))
  } finally {
    await studio.close()
    await server.close()
  }
  return [
    { what: 'WHIP: Go live to first acknowledged packet, loopback', value: median(acknowledged) / 1000, unit: 's', atMost: 1.5, note: `median of ${ROUNDS}, worst ${(Math.max(...acknowledged) / 1000).toFixed(2)} s` },
    { what: 'WHIP: Go live to first picture at the server', value: median(arrived) / 1000, unit: 's', note: `median of ${ROUNDS}` },
    {
      what: 'WHIP: sound against picture at the server, median', value: Math.abs(sync?.medianMs ?? Number.NaN), unit: 'ms', atMost: 40,
      note: `${sync?.offsetsMs.length ?? 0} flashes, worst ${Math.abs(sync?.worstMs ?? Number.NaN).toFixed(0)} ms; by arrival, before a player puts it right`,
    },
  ]
}
