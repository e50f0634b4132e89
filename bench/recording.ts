import { recorder } from '../src-shared/contracts/recordings.ts'
import { RECORDING_FORMATS, type RecordingFormat } from '../src-shared/domain/recording.ts'
import { NginxRtmp } from '../e2e/fixtures/nginx-rtmp.ts'
import { treeUsage } from '../e2e/fixtures/process-table.ts'
import { cameraShow, TestFolder, writeNoiseClip } from '../e2e/fixtures/shows.ts'
import { SteeredStudio } from '../e2e/fixtures/steered-studio.ts'
import { median } from '../e2e/fixtures/stream-check.ts'
import { sleep } from '../e2e/fixtures/until.ts'
import type { Row } from './row.ts'

const RECORD_S = 10
const ROUNDS = 5
/** The rate of the picture, which a noisy camera really takes. */
const VIDEO_KBPS = 2500

/**
 * What a recording costs beside a push: processor time of the studio's own process (the page is not asked for anything more) with and
 * without, in turn, within one show. The end of each recording, when it is made an ordinary file, is part of it.
 */
export async function recording(): Promise<Row[]> {
  const folder = await TestFolder.create()
  const server = await NginxRtmp.start()
  await writeNoiseClip(folder.file('noise.y4m'))
  const studio = await SteeredStudio.start(cameraShow({ videoKbps: VIDEO_KBPS }), { browser: { cameraFile: folder.file('noise.y4m') } })
  const cost: Record<'one' | 'all' | 'none', number[]> = { one: [], all: [], none: [] }
  try {
    const id = await studio.goLiveTo({ address: server.address, key: 'beside' })
    await studio.output(id, ({ state }) => state === 'running')
    await sleep(10_000)
    for (let round = 0; round < ROUNDS; round++) {
      cost.none.push(await secondsOf(studio, () => sleep(RECORD_S * 1000)))
      cost.one.push(await secondsOf(studio, () => record(studio, folder.file('videos'), ['mp4'])))
      cost.all.push(await secondsOf(studio, () => record(studio, folder.file('videos'), RECORDING_FORMATS)))
    }
  } finally {
    await studio.close()
    await server.close()
    await folder.close()
  }
  const percent = (seconds: readonly number[]) => (100 * (median(seconds) - median(cost.none))) / RECORD_S
  const note = `${VIDEO_KBPS} kbit/s; median of ${ROUNDS}`
  return [
    { what: 'a recording (MP4) beside a push: CPU', value: percent(cost.one), unit: '% of a core', atMost: 3, note },
    { what: 'MP4, MKV, FLV, TS, HLS and AAC at once beside a push: CPU', value: percent(cost.all), unit: '% of a core', note },
  ]
}

async function record(studio: SteeredStudio, folder: string, formats: readonly RecordingFormat[]): Promise<void> {
  const service = studio.rpc.service(recorder)
  await service.updateSettings({ folder, formats: [...formats] })
  await service.start({})
  await sleep(RECORD_S * 1000)
  await service.stop({})
}

/** Processor time of the studio and what it runs besides the page's browser, which is the bench's own. */
async function secondsOf(studio: SteeredStudio, work: () => Promise<void>): Promise<number> {
  const seconds = () => Object.values(treeUsage(studio.studio.pid).cpuSeconds).reduce((sum, each) => sum + each, 0)
  const before = seconds()
  await work()
  return seconds() - before
}
