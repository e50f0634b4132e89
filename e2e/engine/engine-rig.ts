/** The rig of the engine's checks: a built page, a packet server, a browser, and the CPU of its processes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { build } from 'vite'
import { WebSocketServer, type WebSocket } from 'ws'
import { decodeMessage } from '../../src-shared/domain/wire.ts'
import { runToEnd } from '../fixtures/own-process.ts'
import { descendants } from '../fixtures/process-table.ts'
import type { Packet, ProgramHeaders } from '../../src-shared/domain/packet.ts'

const root = resolve(import.meta.dirname, '../..')
const MIME: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }

/** Builds the page with the engine alone; resolves with its folder. */
export async function buildPage(): Promise<string> {
  const source = await mkdtemp(join(tmpdir(), 'engine-check-'))
  const entry = join(root, 'src-renderer/engine/engine.browser-check.ts')
  await writeFile(join(source, 'index.html'), `<!doctype html><body><script type="module" src="/@fs${entry}"></script></body>`)
  const outDir = join(source, 'out')
  await build({
    root: source,
    base: './',
    logLevel: 'error',
    configFile: false,
    resolve: { alias: { '@shared': join(root, 'src-shared'), [`/@fs${entry}`]: entry } },
    worker: { format: 'es' },
    build: { outDir, target: 'chrome130', rollupOptions: { input: join(source, 'index.html') } },
  })
  return source
}

export interface Received {
  headers: ProgramHeaders[]
  packets: Packet[]
  /** ms since the rig's start at which each packet came, in step with `packets`. */
  arrivedMs: number[]
}

/** Serves the page and takes packets. `creditBytes` is granted at the start and given back as bytes come, unless `hold`. */
export async function startServer(folder: string): Promise<{ url: string; received: Received; state: ServerState; close(): Promise<void> }> {
  const received: Received = { headers: [], packets: [], arrivedMs: [] }
  const state: ServerState = { hold: false, outstanding: 0, socket: null, topUp: () => {} }
  const server: Server = createServer(async (request, response) => {
    if (request.url === '/favicon.ico') return void response.writeHead(204).end()
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    try {
      const body = await readFile(join(folder, 'out', path))
      response.writeHead(200, {
        'content-type': MIME[extname(path)] ?? 'application/octet-stream',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  const sockets = new WebSocketServer({ server })
  const grant = (socket: WebSocket, bytes: number) => {
    state.outstanding += bytes
    socket.send(JSON.stringify({ type: 'credit', bytes }))
  }
  sockets.on('connection', (socket) => {
    state.socket = socket
    state.outstanding = 0
    state.topUp = () => grant(socket, CREDIT_BYTES - state.outstanding)
    state.topUp()
    socket.on('message', (data: Buffer) => {
      state.outstanding -= data.length
      const message = decodeMessage(new Uint8Array(data))
      if (message.type === 'headers') received.headers.push(message.headers)
      else {
        received.packets.push(message.packet)
        received.arrivedMs.push(performance.now())
      }
      if (!state.hold && state.outstanding < CREDIT_BYTES / 2) state.topUp()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    received,
    state,
    async close() {
      for (const client of sockets.clients) client.terminate()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Little enough to run out in seconds when main stops reading. */
export const CREDIT_BYTES = 256 * 1024
export interface ServerState {
  /** True = grant nothing more, like a main process that has stopped. */
  hold: boolean
  /** Granted and not used; negative = overdrawn. */
  outstanding: number
  socket: WebSocket | null
  /** Grants again up to the full credit. */
  topUp(): void
}

export async function openBrowser(extra: readonly string[] = []): Promise<{ browser: Browser; pid: number }> {
  const before = browserPids()
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--use-fake-device-for-media-stream=fps=30', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required', ...extra,
    ],
  })
  const [pid = 0] = browserPids().filter((each) => !before.includes(each))
  return { browser, pid }
}

/** Browsers that this process has started. */
const browserPids = (): number[] =>
  descendants(process.pid).filter(({ command, parent }) => parent === process.pid && command.includes('chromium') && !command.includes('--type=')).map(({ pid }) => pid)

export interface Probed {
  frames: number
  width: number
  height: number
  profile: string
  level: number
  hasBFrames: number
  colour: string
  pictureTypes: string
}

/** Writes the video packets as an Annex B file and asks ffprobe (decoding every frame) what it is. */
export async function probeVideo(received: Received, file: string): Promise<Probed> {
  await writeFile(file, annexB(received))
  const stdout = await runToEnd('ffprobe', ['-v', 'error', '-of', 'json', '-show_frames', '-show_streams', '-show_entries', 'frame=pict_type:stream=width,height,profile,level,has_b_frames,color_space,color_range', file])
  const parsed = JSON.parse(stdout) as { frames: { pict_type: string }[]; streams: Record<string, string | number>[] }
  const stream = parsed.streams[0] ?? {}
  return {
    frames: parsed.frames.length,
    width: Number(stream.width),
    height: Number(stream.height),
    profile: String(stream.profile),
    level: Number(stream.level),
    hasBFrames: Number(stream.has_b_frames),
    colour: `${stream.color_space} ${stream.color_range}`,
    pictureTypes: parsed.frames.map((frame) => frame.pict_type).join(''),
  }
}

export interface Picture {
  /** Red, green and blue (0 to 255), the mean of the 5x5 pixels around a point. */
  at(x: number, y: number): [number, number, number]
}

/** One frame as a player would show it; `index` among all video packets so far. */
export async function pictureOf(received: Received, index: number, file: string): Promise<Picture> {
  const { width = 0, height = 0 } = received.headers.findLast((headers) => headers.video)?.video ?? {}
  const video = received.packets.filter((packet) => packet.kind === 'video')
  // Its group of pictures is all that is needed: decoding a long stream would take the processors from what is being tested.
  const from = video.findLastIndex((packet, at) => at <= index && packet.key)
  await writeFile(file, annexB({ ...received, packets: video.slice(from, index + 1) }))
  const raw = `${file}.rgb`
  await runToEnd('ffmpeg', ['-v', 'error', '-y', '-i', file, '-vf', `select=eq(n\\,${index - from})`, '-frames:v', '1', '-pix_fmt', 'rgb24', '-f', 'rawvideo', raw])
  const stdout = await readFile(raw)
  if (stdout.length !== width * height * 3) throw new Error(`${stdout.length} bytes are not one picture of ${width}x${height}`)
  return {
    at(x, y) {
      const sum = [0, 0, 0]
      for (let row = y - 2; row <= y + 2; row++) {
        for (let column = x - 2; column <= x + 2; column++) {
          for (let colour = 0; colour < 3; colour++) sum[colour] = (sum[colour] ?? 0) + (stdout[(row * width + column) * 3 + colour] ?? 0)
        }
      }
      return sum.map((each) => Math.round(each / 25)) as [number, number, number]
    },
  }
}

/** AVCC to Annex B, with the parameter sets of the avcC record (ISO/IEC 14496-15 §5.3.3.1) before each key frame. */
function annexB(received: Received): Buffer {
  const START = Buffer.from([0, 0, 0, 1])
  const parts: Buffer[] = []
  const last = received.headers.findLast((headers) => headers.video)
  const sets = last?.video ? parameterSets(Buffer.from(last.video.avcC)) : []
  for (const packet of received.packets) {
    if (packet.kind !== 'video') continue
    if (packet.key) for (const set of sets) parts.push(START, set)
    const data = Buffer.from(packet.data)
    for (let at = 0; at + 4 <= data.length; ) {
      const length = data.readUInt32BE(at)
      parts.push(START, data.subarray(at + 4, at + 4 + length))
      at += 4 + length
    }
  }
  return Buffer.concat(parts)
}

function parameterSets(avcC: Buffer): Buffer[] {
  const sets: Buffer[] = []
  let at = 5
  for (const mask of [0x1f, 0xff]) {
    const count = (avcC[at++] ?? 0) & mask
    for (let index = 0; index < count; index++) {
      const length = avcC.readUInt16BE(at)
      sets.push(avcC.subarray(at + 2, at + 2 + length))
      at += 2 + length
    }
  }
  return sets
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
