import { execFileSync } from 'node:child_process'
import { setImmediate } from 'node:timers/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROGRAM_CONTENTS, type ProgramContent } from '@shared/domain/program-content.ts'
import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import { systemClock } from '../../base/clock.ts'
import { fakeHeaders } from '../../bus/fake-program.ts'
import { ProgramBus } from '../../bus/program-bus.ts'
import { ContentFeeds } from '../../program/content-feeds.ts'
import type { SwitchableFeed } from '../../program/switchable-feed.ts'

/** Whether this computer has an FFmpeg that codes H.264. */
export const canCode = (() => {
  try {
    return execFileSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes('libx264')
  } catch {
    return false
  }
})()

export const SIZES: Readonly<Record<ProgramContent, string>> = { mix: '320x180', second: '180x320', main: '160x90', aux: '256x144' }
const RATES: Readonly<Record<ProgramContent, number>> = { mix: 30, second: 30, main: 15, aux: 15 }

/** Really coded pictures and sound of one content, key frames a second apart. */
function code(content: ProgramContent, seconds: number, folder: string): { headers: ProgramHeaders; packets: Packet[] } {
  const file = join(folder, `${content}.mp4`)
  const rate = RATES[content]
  execFileSync('ffmpeg', [
    '-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${SIZES[content]}:rate=${rate}`, '-f', 'lavfi', '-i', 'sine=440:sample_rate=48000', '-t', String(seconds),
    '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '0', '-g', String(rate), '-sc_threshold', '0', '-c:a', 'aac', '-ac', '2', file,
  ])
  const { streams, packets } = JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-of', 'json', '-show_streams', '-show_packets', '-show_data', file], { encoding: 'utf8', maxBuffer: 1 << 28 })) as {
    streams: { extradata: string }[]
    packets: { stream_index: number; pts_time: string; flags: string; data: string }[]
  }
  const bytesOf = (dump: string) => Buffer.from(dump.split('\n').map((line) => line.slice(10, 50).replaceAll(' ', '')).join(''), 'hex')
  const [width = 0, height = 0] = SIZES[content].split('x').map(Number)
  const { video, audio } = fakeHeaders()
  if (!video || !audio) throw new Error('the fake has both')
  return {
    headers: { epoch: 1, video: { ...video, width, height, frameRate: rate, avcC: bytesOf(streams[0]?.extradata ?? '') }, audio: { ...audio, asc: bytesOf(streams[1]?.extradata ?? '') } },
    packets: packets.map(({ stream_index, pts_time, flags, data }) => ({
      kind: stream_index === 0 ? 'video' : 'audio', key: stream_index === 1 || flags.includes('K'), timestampUs: Math.round(Number(pts_time) * 1e6) + 5_000_000,
      durationUs: Math.round(stream_index === 0 ? 1e6 / rate : 1024e6 / 48_000), epoch: 1, data: bytesOf(data),
    })),
  }
}

/** Mix, main and aux on one clock, coded for real, and one destination that gets one after the other. For tests. */
export class CodedContents {
  readonly feed: SwitchableFeed
  readonly #folder = mkdtempSync(join(tmpdir(), 'castwright-contents-'))
  readonly #buses = { mix: new ProgramBus(systemClock), second: new ProgramBus(systemClock), main: new ProgramBus(systemClock), aux: new ProgramBus(systemClock) }
  readonly #feeds: ContentFeeds
  readonly #packets: { content: ProgramContent; packet: Packet }[]
  #content: ProgramContent = 'mix'
  #began: { timestampUs: number; atMs: number } | null = null

  constructor(seconds: number) {
    const coded = PROGRAM_CONTENTS.filter((each) => each !== 'second').map((content) => ({ content, ...code(content, seconds, this.#folder) }))
    for (const { content, headers } of coded) this.#buses[content].publishHeaders(headers)
    this.#packets = coded.flatMap(({ content, packets }) => packets.map((packet) => ({ content, packet }))).toSorted((a, b) => a.packet.timestampUs - b.packet.timestampUs)
    this.#feeds = new ContentFeeds(this.#buses, systemClock, () => this.#content, () => {})
    this.feed = this.#feeds.subscribe('d')
  }

  give(content: ProgramContent): void {
    this.#content = content
    this.#feeds.refresh()
  }

  /** What the destination's feed reads now. */
  get reads(): readonly ProgramContent[] {
    return [...this.#feeds.inUse]
  }

  /** The next stretch of all three, as fast as it is read, or no faster than so many times its own time. */
  async flow(seconds: number, speed = Infinity): Promise<void> {
    const untilUs = (this.#packets[0]?.packet.timestampUs ?? 0) + seconds * 1e6
    for (let next = this.#packets[0]; next && next.packet.timestampUs < untilUs; next = this.#packets[0]) {
      this.#packets.shift()
      if (speed < Infinity && next.packet.kind === 'video') await systemClock.sleep(Math.max(0, this.#dueMs(next.packet.timestampUs, speed) - systemClock.monotonicMs()))
      this.#buses[next.content].publish(next.packet)
      do await setImmediate()
      while (this.feed.queuedBytes > 0)
    }
  }

  #dueMs(timestampUs: number, speed: number): number {
    this.#began ??= { timestampUs, atMs: systemClock.monotonicMs() }
    return this.#began.atMs + (timestampUs - this.#began.timestampUs) / 1000 / speed
  }

  close(): void {
    this.feed.close()
    rmSync(this.#folder, { recursive: true })
  }
}

/** What FFmpeg decodes of a file or playlist, in order: each picture's size and time, and the sound's times. Throws when it finds anything wrong. */
export function decoded(file: string): { pictures: { size: string; atS: number }[]; soundAtS: number[] } {
  execFileSync('ffmpeg', ['-v', 'error', '-xerror', '-i', file, '-f', 'null', '-'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const frames = (of: string, entries: string) =>
    execFileSync('ffprobe', ['-v', 'error', '-select_streams', of, '-show_entries', `frame=${entries}`, '-of', 'csv=p=0', file], { encoding: 'utf8', maxBuffer: 1 << 28 })
      .split('\n').filter(Boolean).map((line) => line.split(','))
  return {
    pictures: frames('v', 'pts_time,width,height').map(([at, width, height]) => ({ size: `${width}x${height}`, atS: Number(at) })),
    soundAtS: frames('a', 'pts_time').map(([at]) => Number(at)),
  }
}

/** One after the other without repeats. */
export const runsOf = (sizes: readonly string[]): string[] => sizes.filter((each, n) => each !== sizes[n - 1])
/** The longest step, and whether all steps go forward. */
export const steps = (timesS: readonly number[]): { longestS: number; rising: boolean } => {
  const all = timesS.slice(1).map((at, n) => at - (timesS[n] ?? 0))
  return { longestS: Math.max(...all), rising: all.every((each) => each > 0) }
}
