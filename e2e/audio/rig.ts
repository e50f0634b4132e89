import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test'
import { buildPage, servePage } from './build-page.ts'

const run = promisify(execFile)
const FLAGS = [
  '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--autoplay-policy=no-user-gesture-required', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
]
/** The fake microphone: a steady 1 kHz sine of this peak amplitude, -20 dBFS. */
export const MICROPHONE_AMPLITUDE = 0.1

export interface Strip {
  volumeDb: number
  muted: boolean
}

export interface TakenPacket {
  kind: 'audio'
  key: boolean
  timestampUs: number
  durationUs: number
  arrivedUs: number
  data: string
}

export interface Taken {
  packets: TakenPacket[]
  header: { sampleRate: number; channels: number; bitrateKbps: number; asc: string } | null
}

export interface MeterReading {
  atMs: number
  frame: Record<string, { peakDbfs: number; rmsDbfs: number }>
}

/** What page/main.js offers. */
export interface PageRig {
  resume(): Promise<void>
  setBeep(id: string, strip: Strip): void
  setMicrophone(id: string, strip: Strip): Promise<void>
  setTone(id: string, amplitude: number, strip: Strip): void
  setStrip(id: string, strip: Strip): void
  remove(id: string): void
  start(): void
  stop(): void
  busy(ms: number): void
  counts(): { packets: number; headers: number; figures: { driftPpm: number; audioEncoder: string; audioKbps: number; encoderReason: string } | null; openMs: number | null }
  meters(count: number): MeterReading[]
  wallUs(): number
  take(): Taken
}

export interface Rig {
  page: Page
  dir: string
  problems: string[]
  /** CPU seconds that each kind of Chromium process has used so far. */
  cpuSeconds(): Promise<Record<string, number>>
  close(): Promise<void>
}

export async function openRig(): Promise<Rig> {
  const dir = await mkdtemp(join(tmpdir(), 'castwright-audio-'))
  const tone = join(dir, 'tone.wav')
  await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `aevalsrc=${MICROPHONE_AMPLITUDE}*sin(2*PI*1000*t):s=48000:d=10`, '-c:a', 'pcm_s16le', tone])
  await buildPage(join(dir, 'page'))
  const { url, server } = await servePage(join(dir, 'page'))
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  const browser: Browser = await chromium.launch({ executablePath, args: [...FLAGS, `--use-file-for-fake-audio-capture=${tone}`] })
  const page = await browser.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) problems.push(message.text())
  })
  await page.goto(url)
  await page.evaluate(() => (globalThis as unknown as { rig: PageRig }).rig.resume())
  const system: CDPSession = await browser.newBrowserCDPSession()
  return {
    page, dir, problems,
    async cpuSeconds() {
      const { processInfo } = await system.send('SystemInfo.getProcessInfo')
      const sums: Record<string, number> = {}
      for (const each of processInfo) sums[each.type] = (sums[each.type] ?? 0) + each.cpuTime
      return sums
    },
    async close() {
      await browser.close()
      server.closeAllConnections()
      server.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** The packets as an ADTS file (ISO/IEC 14496-3 §1.A.2.2), with the header fields taken from the AudioSpecificConfig. */
export async function writeAdts(path: string, taken: Taken): Promise<void> {
  if (!taken.header) throw new Error('no header')
  const asc = Buffer.from(taken.header.asc, 'base64')
  const objectType = asc[0]! >> 3
  const rateIndex = ((asc[0]! & 7) << 1) | (asc[1]! >> 7)
  const channels = (asc[1]! >> 3) & 15
  const parts: Buffer[] = []
  for (const packet of taken.packets) {
    const data = Buffer.from(packet.data, 'base64')
    const length = data.length + 7
    parts.push(
      Buffer.from([
        0xff, 0xf1, ((objectType - 1) << 6) | (rateIndex << 2) | (channels >> 2), ((channels & 3) << 6) | (length >> 11),
        (length >> 3) & 0xff, ((length & 7) << 5) | 0x1f, 0xfc,
      ]),
      data,
    )
  }
  await writeFile(path, Buffer.concat(parts))
}

export async function probe(path: string): Promise<Record<string, string>> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name,profile,sample_rate,channels', '-of', 'json', path])
  const parsed = JSON.parse(stdout) as { streams: Record<string, string>[] }
  return parsed.streams[0] ?? {}
}

/** The left channel as FFmpeg decodes it: sample 0 belongs to the first packet's time stamp. */
export async function decodeLeft(path: string): Promise<Float32Array> {
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, '-af', 'pan=mono|c0=c0', '-f', 'f32le', '-'], { encoding: 'buffer', maxBuffer: 1 << 28 })
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength))
}

/** RMS in dBFS of a stretch of samples. */
export function rmsDbfs(samples: Float32Array): number {
  let squares = 0
  for (const sample of samples) squares += sample * sample
  return 10 * Math.log10(squares / samples.length + 1e-10)
}
