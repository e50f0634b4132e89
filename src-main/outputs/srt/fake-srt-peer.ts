import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { TsReader } from '../mpegts/fake-ts-reader.ts'

/** Whether this computer has an FFmpeg that speaks SRT. */
export const hasSrt = (() => {
  const { stdout } = spawnSync('ffmpeg', ['-hide_banner', '-protocols'], { encoding: 'utf8' })
  return /^\s*srt$/m.test(stdout ?? '')
})()

/** A receiver for tests: another FFmpeg, which only passes on what arrives. */
export class FakeSrtPeer {
  readonly stream = new TsReader()
  /** All that has arrived, as it came. */
  readonly received: Buffer[] = []
  ended = false
  stderr = ''
  readonly #process: ChildProcess
  #stopped = false

  constructor(address: string) {
    this.#process = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'verbose', '-f', 'data', '-i', address, '-map', '0', '-c', 'copy', '-flush_packets', '1', '-f', 'data', 'pipe:1'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process.stdout?.on('data', (bytes: Buffer) => {
      this.received.push(bytes)
      this.stream.push(bytes)
    })
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    this.#process.on('close', () => (this.ended = true))
  }

  /** Running and able to notice that the other end has gone. */
  get listens(): boolean {
    return !this.ended && !this.#stopped
  }

  kill(): void {
    this.#process.kill('SIGKILL')
  }

  /** As a receiver that is closed by its user: it says goodbye. */
  hangUp(): void {
    this.#process.kill('SIGTERM')
  }

  /** It is there, but does nothing any more. */
  freeze(): void {
    this.#stopped = true
    this.#process.kill('SIGSTOP')
  }

  async close(): Promise<void> {
    if (this.ended) return
    const closed = new Promise<void>((resolve) => {
      this.#process.once('close', () => resolve())
    })
    this.kill()
    await closed
  }
}

/** A UDP port that nobody uses at this moment. */
export function freeUdpPort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
}

/** Resolves when something has taken the port. */
export async function untilTaken(port: number): Promise<void> {
  while (!(await udpPortTaken(port))) await sleep(20)
}

/**
 * Whether something has this UDP port. Where the system has a list it is read: trying to bind takes the port for a moment,
 * and whoever is waited for may come in just this moment, and fail.
 */
export async function udpPortTaken(port: number): Promise<boolean> {
  const list = await readFile('/proc/net/udp', 'latin1').catch(() => null)
  if (list !== null) return new RegExp(`:${port.toString(16).padStart(4, '0')} [0-9a-f]+:0000 `, 'i').test(list)
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(true))
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(false)))
  })
}
