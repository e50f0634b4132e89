import { NginxRtmp } from '../e2e/fixtures/nginx-rtmp.ts'
import { patternShow, TestFolder } from '../e2e/fixtures/shows.ts'
import { flashAndBeep, inspect } from '../e2e/fixtures/stream-check.ts'
import { SteeredStudio } from '../e2e/fixtures/steered-studio.ts'
import { Studio } from '../e2e/fixtures/studio.ts'
import { sleep, until } from '../e2e/fixtures/until.ts'
import type { Row } from './row.ts'

const SHOW = patternShow({ videoKbps: 2000 })
const OUTAGES_S = [1, 5, 20]

/** From *Go live* to the first media that the server accepted, by the studio's report; checked against the server's own count. */
export async function goLive(): Promise<Row[]> {
  const folder = await TestFolder.create()
  const server = await NginxRtmp.start()
  const firstMediaMs: number[] = []
  try {
    const show = await folder.write('show.json', SHOW)
    for (let round = 0; round < 3; round++) {
      const studio = await Studio.start({ args: ['--show', show, '--to', `${server.address}/go-${round}`, '--for', '4'] })
      try {
        await studio.ended()
        firstMediaMs.push((await studio.report()).outputs[0]?.firstMediaMs ?? Number.NaN)
      } finally {
        await studio.close()
      }
    }
  } finally {
    await server.close()
    await folder.close()
  }
  return [{ what: 'Go live to first media at the server', value: Math.max(...firstMediaMs), unit: 'ms', atMost: 1500, note: `worst of ${firstMediaMs.length}` }]
}

/** The server is killed for a while and started again on the same port: until it has media from us once more. */
export async function serverBack(): Promise<Row[]> {
  const server = await NginxRtmp.start()
  const studio = await SteeredStudio.start(SHOW)
  const rows: Row[] = []
  try {
    const id = await studio.goLiveTo({ address: server.address, key: 'back' })
    await studio.output(id, ({ state }) => state === 'running')
    for (const outageS of OUTAGES_S) {
      await sleep(3000)
      await server.kill()
      await sleep(outageS * 1000)
      await server.restart()
      const upMs = performance.now()
      await until('media flows again', async () => ((await server.stream('back'))?.bytesIn ?? 0) > 20_000, { timeoutMs: 30_000, everyMs: 20 })
      rows.push({ what: `server back after ${outageS} s: until media flows again`, value: (performance.now() - upMs) / 1000, unit: 's', atMost: 3 })
    }
  } finally {
    await studio.close()
    await server.close()
  }
  return rows
}

/** Flash and beep of the test pattern, in what the server recorded. */
export async function soundAgainstPicture(): Promise<Row[]> {
  const folder = await TestFolder.create()
  const server = await NginxRtmp.start()
  try {
    const show = await folder.write('show.json', SHOW)
    const studio = await Studio.start({ args: ['--show', show, '--to', `${server.address}/sync`, '--for', '60'] })
    try {
      await studio.ended(120_000)
      const [recording = ''] = await server.recordings('sync')
      const { offsetsMs, medianMs, worstMs, driftMsPerMinute } = await flashAndBeep(recording)
      const { video } = await inspect(recording, { settleS: 3 })
      return [
        { what: 'sound against picture at the server, worst of a minute', value: Math.abs(worstMs), unit: 'ms', atMost: 40, note: `${offsetsMs.length} flashes, median ${medianMs.toFixed(1)} ms` },
        { what: 'drift of it', value: Math.abs(driftMsPerMinute), unit: 'ms/min', atMost: 1 },
        { what: 'rate of the picture at the server', value: video?.fps ?? Number.NaN, unit: 'frames/s' },
      ]
    } finally {
      await studio.close()
    }
  } finally {
    await server.close()
    await folder.close()
  }
}

/** The page is reloaded while live: the longest stretch in which the server got nothing. */
export async function pageReload(): Promise<Row[]> {
  const server = await NginxRtmp.start()
  const studio = await SteeredStudio.start(SHOW)
  const silences: number[] = []
  try {
    const id = await studio.goLiveTo({ address: server.address, key: 'reload' })
    await studio.output(id, ({ state }) => state === 'running')
    const bytes = async () => (await server.stream('reload'))?.bytesIn ?? 0
    for (let round = 0; round < 3; round++) {
      await sleep(4000)
      const startMs = performance.now()
      await studio.page.reload()
      const atReload = await bytes()
      await until('media flows again', async () => (await bytes()) > atReload + 20_000, { timeoutMs: 20_000, everyMs: 20 })
      silences.push(performance.now() - startMs)
    }
    const { connects } = await studio.output(id, () => true)
    return [{ what: 'page reload while live: until media flows again', value: Math.max(...silences) / 1000, unit: 's', atMost: 3, note: `${connects} connection` }]
  } finally {
    await studio.close()
    await server.close()
  }
}
