import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createSocket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { srtOptions, type SrtOptions } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures } from '@shared/domain/output.ts'
import { systemClock } from '../../base/clock.ts'
import { FakeClock } from '../../base/fake-clock.ts'
import { Secret } from '../../base/secret.ts'
import { audioPacket, fakeHeaders, videoPacket } from '../../bus/fake-program.ts'
import { ProgramBus } from '../../bus/program-bus.ts'
import { FakeSrtPeer, freeUdpPort, hasSrt, untilTaken } from './fake-srt-peer.ts'
import { SRT_LIMITS } from './srt-limits.ts'
import { runSrt, srtOutput, type SrtSpec } from './srt-output.ts'

interface Given {
  port: number
  options?: Partial<SrtOptions>
  streamId?: string
  passphrase?: string
  ffmpegPath?: string | null
  address?: string
  resolve?: SrtSpec['resolve']
}

const runs: Run[] = []
const peers: FakeSrtPeer[] = []
afterEach(async () => {
  await Promise.all(runs.splice(0).map((run) => run.end()))
  await Promise.all(peers.splice(0).map((peer) => peer.close()))
})

/** One run on a program that flows in real time. */
class Run {
  connects = 0
  readonly figures: OutputFigures[] = []
  readonly ended: Promise<unknown>
  readonly stop = new AbortController()
  readonly #bus = new ProgramBus(systemClock)
  readonly #stopProgram: () => void

  constructor({ port, options = {}, streamId = '', passphrase = '', ffmpegPath = 'ffmpeg', address = `srt://127.0.0.1:${port}`, resolve }: Given) {
    this.#bus.publishHeaders(fakeHeaders())
    let frame = 0
    this.#stopProgram = systemClock.every(33, () => {
      const atMs = frame * 33
      this.#bus.publish(videoPacket(atMs, frame++ % 15 === 0, 3000))
      this.#bus.publish(audioPacket(atMs + 1))
    })
    this.ended = srtOutput({ ...SRT_LIMITS, reportMs: 100 })(
      { address, options: srtOptions.parse({ latencyMs: 120, ...options }), streamId: new Secret(streamId), passphrase: new Secret(passphrase), ffmpegPath: () => Promise.resolve(ffmpegPath), ...(resolve ? { resolve } : {}) },
      { feed: this.#bus.subscribe({ start: 'next-key-frame' }), signal: this.stop.signal, clock: systemClock, connected: () => this.connects++, interrupted: () => {}, report: (figures) => this.figures.push(figures) },
    ).catch((reason: unknown) => reason)
    runs.push(this)
  }

  get last(): OutputFigures | undefined {
    return this.figures.at(-1)
  }

  async end(): Promise<void> {
    this.#stopProgram()
    this.stop.abort(new StudioError('ended'))
    await this.ended
  }
}

const listen = async (port: number, query = '') => {
  const peer = new FakeSrtPeer(`srt://127.0.0.1:${port}?mode=listener${query}`)
  peers.push(peer)
  await untilTaken(port)
  return peer
}
const eventually = (condition: () => unknown) => expect.poll(condition, { timeout: 15_000, interval: 20 })
/** What this process has open. */
const openFiles = () =>
  readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)]
    } catch {
      return []
    }
  })
const reason = async (run: Run) => ((await run.ended) as StudioError).reason

describe.skipIf(!hasSrt)('SRT through FFmpeg', { timeout: 30_000 }, () => {
  it('gets in with the right passphrase and tells what the line does', async () => {
    const port = await freeUdpPort()
    const peer = await listen(port, '&passphrase=right-and-long&pbkeylen=32')
    const run = new Run({ port, passphrase: 'right-and-long', options: { keyLength: 32 } })
    await eventually(() => run.connects).toBe(1)
    await eventually(() => run.last?.rttMs).not.toBeNull()
    await eventually(() => peer.stream.media.length).toBeGreaterThan(60)
    expect(peer.stream.gaps).toBe(0)
    expect(run.last?.line).toMatchObject({ lossPercent: 0, retransmits: 0 })
    expect(run.last?.bytesAcknowledged).toBeGreaterThan(50_000)
    expect(run.last?.queueMs).toBeLessThan(2000)
  })

  it('names a wrong passphrase, and a missing one', async () => {
    const port = await freeUdpPort()
    await listen(port, '&passphrase=right-and-long')
    for (const passphrase of ['wrong-and-long', '']) {
      const run = new Run({ port, passphrase })
      expect(await reason(run)).toBe('passphrase-wrong')
      expect(run.connects).toBe(0)
    }
  })

  it.skipIf(process.platform !== 'linux')('keeps passphrase and stream id out of the process list, the environment and every folder', async () => {
    const port = await freeUdpPort()
    const peer = await listen(port, '&passphrase=hush-hush-hush')
    const run = new Run({ port, passphrase: 'hush-hush-hush', streamId: '#!::r=live/quiet=1,m=publish,u=ann' })
    const told: string[] = []
    const look = () => {
      for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
          const command = readFileSync(`/proc/${id}/cmdline`, 'latin1')
          // The listener of this test is none of ours; it got its passphrase by its arguments.
          if (!command.includes('mode=listener')) told.push(command, readFileSync(`/proc/${id}/environ`, 'latin1'))
        } catch {
          // It has ended meanwhile.
        }
      }
    }
    while (run.connects === 0) {
      look()
      await systemClock.sleep(5)
    }
    look()
    expect(told.some((text) => text.includes('mode=caller'))).toBe(true)
    expect(told.filter((text) => /hush-hush|quiet=1/.test(text))).toEqual([])
    // FFmpeg read them from an open file without a name, which is closed once it has: nothing is left whatever ends this process.
    const file = told.map((text) => /-fpre\0([^\0]+)/.exec(text)?.[1]).find((path) => path !== undefined)
    expect(file).toMatch(`/proc/${process.pid}/fd/`)
    await eventually(() => openFiles().filter((target) => target.includes('castwright-srt-secrets-'))).toEqual([])
    expect(readdirSync('/dev/shm').filter((name) => name.startsWith('castwright-srt-secrets-'))).toEqual([])
    expect(peer.stderr).toContain('accept streamid [#!::r=live/quiet=1,m=publish,u=ann]')
  })

  it('passes the stream id on unchanged', async () => {
    const socket = createSocket('udp4')
    const port = await new Promise<number>((resolve) => {
      socket.bind(0, '127.0.0.1', () => resolve(socket.address().port))
    })
    // Induction (§4.3.1): the listener answers with version 5 and a cookie; the conclusion then carries the stream id.
    let streamId = ''
    socket.on('message', (bytes, from) => {
      if (bytes.readUInt16BE(0) !== 0x8000) return
      if (bytes.readUInt32BE(36) === 1) {
        const answer = Buffer.from(bytes)
        bytes.copy(answer, 12, 40, 44)
        answer.writeUInt32BE(5, 16)
        answer.writeUInt16BE(0x4a17, 22)
        answer.writeUInt32BE(77, 44)
        socket.send(answer, from.port, from.address)
        return
      }
      for (let at = 64; at + 4 <= bytes.length; at += 4 + bytes.readUInt16BE(at + 2) * 4) {
        // Extension 5, in words whose bytes are turned round.
        if (bytes.readUInt16BE(at) === 5) streamId = Buffer.from(bytes.subarray(at + 4, at + 4 + bytes.readUInt16BE(at + 2) * 4)).swap32().toString('utf8').replaceAll('\0', '')
      }
    })
    const run = new Run({ port, streamId: '#!::r=live/a=b&c,m=publish,u=Änn' })
    await eventually(() => streamId).toBe('#!::r=live/a=b&c,m=publish,u=Änn')
    await run.end()
    socket.close()
  })

  it('told to stop, it stays until the last picture is played, however long its own delay or the receiver’s', async () => {
    const stay = async (options: Partial<SrtOptions>, query: string) => {
      const port = await freeUdpPort()
      const peer = await listen(port, query)
      const run = new Run({ port, options })
      await eventually(() => peer.stream.media.length).toBeGreaterThan(10)
      run.stop.abort(new StudioError('stopped'))
      expect(await reason(run)).toBe('stopped')
      await eventually(() => peer.ended).toBe(true)
      expect(run.last?.framesSent).toBeGreaterThan(60)
      expect(peer.stream.media.filter((each) => each !== 'audio')).toHaveLength(run.last?.framesSent ?? 0)
      expect(peer.stream.gaps).toBe(0)
    }
    await Promise.all([stay({ latencyMs: 2500 }, ''), stay({}, '&latency=2500000')])
  })

  it('calls all addresses of a name until one lets it in', async () => {
    const port = await freeUdpPort()
    const peer = await listen(port)
    const run = new Run({ port, address: `srt://ingest.example:${port}`, resolve: () => Promise.resolve(['::1', '127.0.0.1']) })
    await eventually(() => run.connects).toBe(1)
    await eventually(() => peer.stream.media.length).toBeGreaterThan(5)
  })

  it('tells its figures ten times a second: whoever looks after congestion must not be late', async () => {
    const clock = new FakeClock()
    const figures: OutputFigures[] = []
    const stop = new AbortController()
    const silent = createSocket('udp4')
    const port = await new Promise<number>((resolve) => {
      silent.bind(0, '127.0.0.1', () => resolve(silent.address().port))
    })
    const ended = runSrt(
      { address: `srt://127.0.0.1:${port}`, options: srtOptions.parse({}), streamId: new Secret(''), passphrase: new Secret(''), ffmpegPath: () => Promise.resolve('ffmpeg') },
      { feed: new ProgramBus(clock).subscribe({ start: 'next-key-frame' }), signal: stop.signal, clock, connected() {}, interrupted() {}, report: (each) => figures.push(each) },
    ).catch((why: unknown) => why)
    await eventually(() => figures.at(-1)?.stage).toBe('handshaking')
    const before = figures.length
    await clock.advance(1000)
    expect(figures.length - before).toBe(10)
    stop.abort(new StudioError('ended'))
    // The end of FFmpeg is waited for by the same clock.
    void clock.advance(10_000)
    await ended
    silent.close()
  })

  it('waits as a listener until it is called, and serves the caller', async () => {
    const port = await freeUdpPort()
    const run = new Run({ port, options: { mode: 'listener' } })
    await untilTaken(port)
    await eventually(() => run.last?.stage).toBe('waiting')
    expect(run.connects).toBe(0)
    const caller = new FakeSrtPeer(`srt://127.0.0.1:${port}?mode=caller`)
    peers.push(caller)
    await eventually(() => run.connects).toBe(1)
    await eventually(() => run.last?.line?.peer).toMatch(/^127\.0\.0\.1:\d+$/)
    await eventually(() => caller.stream.media.length).toBeGreaterThan(30)
    expect(caller.stream.media.find((each) => each !== 'audio')).toBe('key')
    run.stop.abort(new StudioError('stopped'))
    expect(await reason(run)).toBe('stopped')
    await eventually(() => caller.ended).toBe(true)
  })

  it('serves one caller, ends when that one hangs up, and serves another in its next run', async () => {
    const port = await freeUdpPort()
    const call = async () => {
      const run = new Run({ port, options: { mode: 'listener' } })
      await untilTaken(port)
      const caller = new FakeSrtPeer(`srt://127.0.0.1:${port}?mode=caller`)
      peers.push(caller)
      await eventually(() => run.connects).toBe(1)
      await eventually(() => caller.stream.media.length).toBeGreaterThan(5)
      return { run, caller }
    }
    const first = await call()
    const served = first.run.last?.line?.peer
    const late = new FakeSrtPeer(`srt://127.0.0.1:${port}?mode=caller`)
    peers.push(late)
    // Not let in, and told nothing: its own time runs out.
    await eventually(() => late.ended).toBe(true)
    expect([late.stream.media.length, first.run.last?.line?.peer]).toEqual([0, served])
    first.caller.hangUp()
    expect(await reason(first.run)).toBe('server-closed')
    await call()
  })

  it('goes on waiting when a caller has the wrong passphrase', async () => {
    const port = await freeUdpPort()
    const run = new Run({ port, options: { mode: 'listener' }, passphrase: 'right-and-long' })
    await untilTaken(port)
    const wrong = new FakeSrtPeer(`srt://127.0.0.1:${port}?mode=caller&passphrase=wrong-and-long`)
    peers.push(wrong)
    await eventually(() => wrong.ended).toBe(true)
    const right = new FakeSrtPeer(`srt://127.0.0.1:${port}?mode=caller&passphrase=right-and-long`)
    peers.push(right)
    await eventually(() => run.connects).toBe(1)
    await eventually(() => right.stream.media.length).toBeGreaterThan(5)
  })
})

describe('before anything is sent', () => {
  it.each<[string, Partial<Given>, string]>([
    ['an address that is none', { address: 'srt://host' }, 'address-invalid'],
    ['an address with a query', { address: 'srt://h:1?passphrase=hush' }, 'address-invalid'],
    ['a passphrase that is too short', { passphrase: 'short' }, 'passphrase-wrong'],
    ['a line break in the stream id', { streamId: 'a\nmode=listener' }, 'address-invalid'],
    ['no FFmpeg', { ffmpegPath: null }, 'ffmpeg-missing'],
    ['an FFmpeg that cannot be started', { ffmpegPath: '/nowhere/ffmpeg' }, 'ffmpeg-missing'],
    ['a name that is not found', { address: 'srt://no-such-host.invalid:9000' }, 'name-not-resolved'],
  ])('%s', async (_, given, expected) => {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => {
      socket.bind(0, '127.0.0.1', resolve)
    })
    const run = new Run({ port: socket.address().port, ...given })
    const failure = (await run.ended) as StudioError
    expect(failure.reason).toBe(expected)
    expect(failure.evidence).not.toContain('hush')
    await new Promise<void>((resolve) => {
      socket.close(resolve)
    })
  })

  it('a port that is taken', async () => {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => {
      socket.bind(0, '127.0.0.1', resolve)
    })
    const run = new Run({ port: socket.address().port, options: { mode: 'listener' } })
    expect(await reason(run)).toBe('port-taken')
    await new Promise<void>((resolve) => {
      socket.close(resolve)
    })
  })
})
