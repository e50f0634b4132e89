import { NginxRtmp } from '../e2e/fixtures/nginx-rtmp.ts'
import { screenAndCameraShow, TestFolder } from '../e2e/fixtures/shows.ts'
import { Studio } from '../e2e/fixtures/studio.ts'
import { median } from '../e2e/fixtures/stream-check.ts'
import { makeClips } from './peers/clips.ts'
import { startFfmpeg } from './peers/ffmpeg.ts'
import { obsInstalled, startObs } from './peers/obs.ts'
import { cpuPercentOver } from './process-tree.ts'
import type { Row } from './row.ts'

/** Each program is given this long to come up, then measured this long, in turn, so often. */
const SETTLE_S = 8
const MEASURE_S = 20
const ROUNDS = 3

interface Measured {
  cpuPercent: number
  rssMiB: number
}

/**
 * 1280x720 at 30 frames/s, a screen and a camera composed, one RTMP destination: the processor time of everything that each
 * program runs, as Linux accounts for it. The programs take turns, so that a slow quarter of an hour is slow for all of them.
 */
export async function load(): Promise<Row[]> {
  const folder = await TestFolder.create()
  const server = await NginxRtmp.start()
  const results = { castwright: [] as Measured[], four: [] as Measured[], ffmpeg: [] as Measured[], obs: [] as Measured[] }
  let lost = 0
  let composed = 0
  try {
    const clips = makeClips(folder.path)
    const show = await folder.write('show.json', screenAndCameraShow())
    for (let round = 0; round < ROUNDS; round++) {
      const one = await measureStudio(show, server, 1)
      results.castwright.push(one)
      lost += one.lost
      composed += one.composed
      results.four.push(await measureStudio(show, server, 4))
      const ffmpeg = startFfmpeg(clips, `${server.address}/ffmpeg`)
      results.ffmpeg.push(await measure(ffmpeg))
      if (obsInstalled()) results.obs.push(await measure(await startObs(folder.path, clips, server.address, 'obs')))
    }
  } finally {
    await server.close()
    await folder.close()
  }
  const cpu = (of: readonly Measured[]) => median(of.map((each) => each.cpuPercent))
  const castwright = cpu(results.castwright)
  const rows: Row[] = [
    { what: '720p30, screen + camera, one RTMP destination: CPU of everything', value: castwright, unit: '% of a core', atMost: 65 },
    { what: 'frames lost in it', value: (100 * lost) / composed, unit: '%', atMost: 0.1, note: `${lost} of ${composed}` },
    { what: 'each further RTMP destination', value: (cpu(results.four) - castwright) / 3, unit: '% of a core', atMost: 3 },
    { what: 'memory (sum of resident sets)', value: median(results.castwright.map((each) => each.rssMiB)), unit: 'MiB' },
    { what: 'plain FFmpeg, same work: CPU', value: cpu(results.ffmpeg), unit: '% of a core' },
    { what: 'Castwright / FFmpeg', value: castwright / cpu(results.ffmpeg), unit: 'x' },
  ]
  if (results.obs.length > 0) {
    rows.push(
      { what: 'OBS Studio, same work: CPU', value: cpu(results.obs), unit: '% of a core' },
      { what: 'Castwright / OBS Studio', value: castwright / cpu(results.obs), unit: 'x', atMost: 0.45 },
    )
  }
  return rows
}

async function measureStudio(show: string, server: NginxRtmp, destinations: number): Promise<Measured & { lost: number; composed: number }> {
  const to = Array.from({ length: destinations }, (_, index) => ['--to', `${server.address}/castwright-${index}`]).flat()
  const studio = await Studio.start({ args: ['--show', show, ...to] })
  try {
    await server.receives('castwright-0', { moreThanBytes: 200_000, timeoutMs: 30_000 })
    const measured = await cpuPercentOver(studio.pid, SETTLE_S).then(() => cpuPercentOver(studio.pid, MEASURE_S))
    await studio.end()
    const { video } = await studio.report()
    return { ...measured, lost: video.framesDropped, composed: video.framesComposed }
  } finally {
    await studio.close()
  }
}

async function measure(program: { pid: number; stop(): Promise<void> }): Promise<Measured> {
  try {
    await cpuPercentOver(program.pid, SETTLE_S)
    return await cpuPercentOver(program.pid, MEASURE_S)
  } finally {
    await program.stop()
  }
}
