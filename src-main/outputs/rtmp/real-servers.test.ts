import { execFile, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures } from '@shared/domain/output.ts'
import type { BusItem } from '../../bus/bus-subscriber.ts'
import { systemClock } from '../../base/clock.ts'
import { Scope } from '../../base/scope.ts'
import { Secret } from '../../base/secret.ts'
import { FakeFeed } from './fake-feed.ts'
import { ffmpegIsThere, realProgram } from './flv-sample.ts'
import { RTMP_LIMITS } from './rtmp-limits.ts'
import type { RtmpLimits } from './rtmp-limits.ts'
import { rtmpOutput } from './rtmp-output.ts'

const MODULE = ['/usr/lib/nginx/modules/ngx_rtmp_module.so', '/usr/lib64/nginx/modules/ngx_rtmp_module.so'].find((file) => existsSync(file))
const nginxIsThere = MODULE !== undefined && spawnSync('nginx', ['-v']).status === 0

const scope = new Scope()
let program: BusItem[] = []
beforeAll(() => {
  if (ffmpegIsThere()) program = realProgram(3)
})
afterAll(() => scope.close())

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await systemClock.sleep(20)
}

/** Publishes; the result is the error that ended the run. */
function publish(port: number, key: string, { app = 'live', limits = {} as Partial<RtmpLimits> } = {}) {
  const feed = new FakeFeed()
  const stop = new AbortController()
  const run = { feed, connected: false, ended: false, last: null as OutputFigures | null, result: Promise.resolve(null as StudioError | null), stop: () => stop.abort(new StudioError('stopped')) }
  run.result = rtmpOutput({ ...RTMP_LIMITS, reportMs: 100, ...limits })(
    { address: `rtmp://127.0.0.1:${port}/${app}`, key: new Secret(key), certificateAuthority: '', verifyCertificate: true },
    { feed, signal: stop.signal, clock: systemClock, connected: () => (run.connected = true), interrupted: () => {}, report: (figures) => (run.last = figures) },
  ).then(() => null, (error: unknown) => StudioError.from(error)).finally(() => (run.ended = true))
  scope.add(() => run.stop())
  return run
}

interface Probe {
  streams: Record<string, string | number>[]
  packets: { codec_type: string; pts_time: string; dts_time: string; flags: string }[]
}

async function probe(what: string, ...args: string[]): Promise<Probe> {
  const { stdout } = await promisify(execFile)('ffprobe', ['-v', 'error', '-show_streams', '-show_packets', '-of', 'json', ...args, what], { maxBuffer: 64 * 1024 * 1024, timeout: 15_000 })
  return JSON.parse(stdout) as Probe
}

function expectTheProgram({ streams, packets }: Probe): void {
  expect(streams.find((s) => s.codec_type === 'video')).toMatchObject({ codec_name: 'h264', width: 320, height: 180, has_b_frames: 0 })
  expect(streams.find((s) => s.codec_type === 'audio')).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 })
  for (const kind of ['video', 'audio']) {
    const times = packets.filter((p) => p.codec_type === kind).map((p) => Number(p.dts_time))
    expect(times.length).toBeGreaterThan(20)
    expect(times.every((time, i) => i === 0 || time > (times[i - 1] ?? Infinity))).toBe(true)
  }
}

describe.skipIf(!ffmpegIsThere())('node-media-server', () => {
  let port = 0
  beforeAll(async () => {
    // Only its RTMP listener, inside this process: the whole server would also open a data folder.
    const require = createRequire(import.meta.url)
    const context = require('node-media-server/src/core/context.js') as { config: object }
    const logger = require('node-media-server/src/core/logger.js') as { level: string }
    logger.level = 'none'
    ;(logger as unknown as { log(): void }).log = () => {}
    context.config = { bind: '127.0.0.1', rtmp: { port: 1 } }
    const RtmpServer = require('node-media-server/src/server/rtmp_server.js') as new () => { tcpServer: Server; stop(): void }
    const server = new RtmpServer()
    port = await listening(server.tcpServer)
    scope.add(() => server.stop())
  })

  it('plays what was published', async () => {
    const run = publish(port, 'show')
    run.feed.push(...program)
    await until(() => run.connected)
    // The viewer starts at the last key frame; more must follow for it to end.
    const stopFeeding = keepOn(run.feed)
    const seen = await probe(`rtmp://127.0.0.1:${port}/live/show`, '-analyzeduration', '1000000', '-read_intervals', '%+2')
    stopFeeding()
    run.stop()
    expect((await run.result)?.reason).toBe('stopped')
    expectTheProgram(seen)
    expect(run.last?.bytesAcknowledged).toBeNull()
  })

  it('refuses a second publisher by Start and a close: the key is what the user must look at', async () => {
    const first = publish(port, 'taken')
    first.feed.push(...program)
    await until(() => first.connected)
    const second = publish(port, 'taken')
    second.feed.push(...program)
    expect(await second.result).toMatchObject({ reason: 'closed-at-once', evidence: expect.stringContaining('without giving a reason') })
    expect(second.connected).toBe(false)
    first.stop()
    await first.result
  })
})

/** The same program once more, `bySeconds` later, without its headers. */
function shifted(items: BusItem[], bySeconds: number): BusItem[] {
  return items.flatMap((item): BusItem[] => (item.type === 'packet' ? [{ type: 'packet', packet: { ...item.packet, timestampUs: item.packet.timestampUs + bySeconds * 1_000_000 } }] : []))
}

/** Goes on with the program, in real time (77 packets a second), until the returned function is called. */
function keepOn(feed: FakeFeed): () => void {
  let rounds = 1
  let next: BusItem[] = []
  const stop = systemClock.every(40, () => {
    if (next.length === 0) next = shifted(program, 3 * rounds++)
    feed.push(...next.splice(0, 3))
  })
  scope.add(stop)
  return stop
}

describe.skipIf(!nginxIsThere || !ffmpegIsThere())('nginx-rtmp', () => {
  let port = 0
  let records = ''
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nginx-rtmp-test-'))
    scope.add(() => rmSync(folder, { recursive: true, force: true }))
    records = join(folder, 'records')
    mkdirSync(records, { mode: 0o777 })
    const guard = createHttpServer((request, response) => {
      request.setEncoding('utf8')
      let body = ''
      request.on('data', (text: string) => (body += text))
      request.on('end', () => {
        response.statusCode = body.includes('name=wrong') ? 403 : 200
        response.end()
      })
    })
    const guardPort = await listening(guard)
    scope.add(() => {
      guard.closeAllConnections()
      guard.close()
    })
    const reserve = createServer()
    port = await listening(reserve)
    await new Promise((resolve) => {
      reserve.close(resolve)
    })
    writeFileSync(join(folder, 'nginx.conf'), `
      load_module ${MODULE};
      daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log info;
      events { worker_connections 64; }
      rtmp { server { listen 127.0.0.1:${port}; application live { live on; record all; record_path ${records}; on_publish http://127.0.0.1:${guardPort}/; } } }`)
    const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], { stdio: 'ignore' })
    const gone = new Promise((resolve) => {
      nginx.once('exit', resolve)
    })
    scope.add(async () => {
      nginx.kill('SIGTERM')
      await gone
    })
    await until(() => new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    }))
  })

  it('records every packet, and acknowledges', async () => {
    const run = publish(port, 'show')
    run.feed.push(...program)
    await until(() => run.connected && run.feed.queuedBytes === 0)
    await until(() => (run.last?.bytesAcknowledged ?? 0) > 0)
    run.stop()
    expect((await run.result)?.reason).toBe('stopped')
    const file = join(records, readdirSync(records).find((name) => name.startsWith('show')) ?? 'none')
    const count = (kind: string) => program.filter((item) => item.type === 'packet' && item.packet.kind === kind).length
    let seen: Probe = { streams: [], packets: [] }
    await until(async () => {
      seen = await probe(file)
      return seen.packets.length >= count('video') + count('audio')
    })
    expectTheProgram(seen)
    expect(seen.packets.filter((p) => p.codec_type === 'video')).toHaveLength(count('video'))
    expect(seen.packets.filter((p) => p.codec_type === 'audio')).toHaveLength(count('audio'))
    expect(run.last?.framesSent).toBe(count('video'))
  })

  it('refuses a key (on_publish 403) by closing', async () => {
    expect(await publish(port, 'wrong').result).toMatchObject({ reason: 'key-rejected', evidence: expect.stringContaining('without giving a reason') })
  })

  it('refuses an unknown application by closing', async () => {
    expect(await publish(port, 'show', { app: 'nowhere' }).result).toMatchObject({ reason: 'connect-rejected' })
  })

  it('refuses a second publisher in words', async () => {
    const first = publish(port, 'taken')
    first.feed.push(...program)
    await until(() => first.connected)
    expect(await publish(port, 'taken').result).toMatchObject({ reason: 'already-publishing', evidence: 'NetStream.Publish.BadName Already publishing' })
    first.stop()
    await first.result
    // The place is free again at once.
    const next = publish(port, 'taken')
    next.feed.push(...program)
    await until(() => next.connected)
    next.stop()
    await next.result
  })

  it('behind a relay that stops reading: stalled, within 2 s over the limit', async () => {
    const sockets: Socket[] = []
    const relay = createServer((client) => {
      const server = connect(port, '127.0.0.1')
      sockets.push(client, server)
      client.on('error', () => {}).pipe(server.on('error', () => {})).pipe(client)
      client.once('close', () => server.destroy())
    })
    const run = publish(await listening(relay), 'stalled', { limits: { stallMs: 4000 } })
    scope.add(() => {
      for (const socket of sockets) socket.destroy()
      relay.close()
    })
    run.feed.push(...program)
    const stopFeeding = keepOn(run.feed)
    await until(() => run.connected)
    await systemClock.sleep(2000)
    const [client, server] = sockets
    client?.unpipe(server)
    client?.pause()
    const atMs = systemClock.monotonicMs()
    expect((await run.result)?.reason).toBe('stalled')
    stopFeeding()
    expect(systemClock.monotonicMs() - atMs).toBeGreaterThan(3900)
    expect(systemClock.monotonicMs() - atMs).toBeLessThan(6000)
  })
})
