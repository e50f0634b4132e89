import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../base/clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Redactor } from '../base/redact.ts'
import { Scope } from '../base/scope.ts'
import { startNodeProgram } from '../host/browser/node-program.ts'
import type { NodeChild } from '../host/host.ts'
import { startChild } from '../process/child.ts'
import { Rehearsal } from './rehearsal.ts'

const ffmpeg = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'ffmpeg')).find((path) => existsSync(path))
const script = fileURLToPath(new URL('rehearsal-server.ts', import.meta.url))
const until = (condition: () => void | Promise<void>) => vi.waitFor(condition, { timeout: 15_000, interval: 20 })
const never = new AbortController().signal

let scope = new Scope()
let children: NodeChild[] = []
let secrets: string[] = []
beforeEach(() => {
  scope = new Scope()
  children = []
  secrets = []
})
afterEach(() => scope.close())

function startRehearsal(): Rehearsal {
  return scope.own(
    new Rehearsal({
      startNode: (_entry, args) => {
        const child = startNodeProgram(script, args, systemClock)
        children.push(child)
        return child
      },
      clock: systemClock,
      log: silentLogger,
      randomName: () => randomBytes(16).toString('hex'),
      onSecret: (value) => secrets.push(value),
    }),
  )
}

/** A publisher that does not give in by itself. Ends with the test. */
function publish(address: string): ReturnType<typeof startChild> {
  const input = ['-re', '-f', 'lavfi', '-i', 'testsrc=size=160x160:rate=10', '-f', 'lavfi', '-i', 'sine=sample_rate=48000']
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '10', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-t', '60']
  const child = startChild({ command: ffmpeg ?? '', args: ['-v', 'error', ...input, ...coding, '-f', 'flv', address], farewell: 'q' }, systemClock)
  scope.add(() => child.stop())
  return child
}

/** The first bytes of what a viewer gets, and the answer's headers. */
async function watch(url: string, atLeastBytes: number): Promise<{ bytes: Buffer; headers: Headers; rest: Promise<void> }> {
  const response = await fetch(url, { headers: { Origin: 'http://127.0.0.1:5000' } })
  if (!response.body) throw new Error(`no body, status ${response.status}`)
  const reader = response.body.getReader()
  let bytes = Buffer.alloc(0)
  while (bytes.length < atLeastBytes) {
    const { value, done } = await reader.read()
    if (done) break
    bytes = Buffer.concat([bytes, value])
  }
  const rest = (async () => {
    while (!(await reader.read()).done);
  })()
  return { bytes, headers: response.headers, rest }
}

function statusOf(url: string, options: { method?: string; host?: string } = {}): Promise<{ status: number; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: options.method ?? 'GET', headers: options.host ? { host: options.host } : {} }, (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
      response.destroy()
    })
    sent.on('error', reject).end()
  })
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('Rehearsal', () => {
  it('starts when it is asked for, on the loopback, and leaves nothing when closed', async () => {
    const rehearsal = startRehearsal()
    expect(rehearsal.state.value).toEqual({ running: false, publishing: false, playbackUrl: null })
    expect(children).toHaveLength(0)
    const [place, same] = await Promise.all([rehearsal.place(never), rehearsal.place(never)])
    expect(same).toEqual(place)
    expect(children).toHaveLength(1)
    expect(place.address).toMatch(/^rtmp:\/\/127\.0\.0\.1:\d+\/live$/)
    expect(rehearsal.state.value.running).toBe(true)
    // The playback address lets nobody publish; and what is in it is kept out of what is written down, too.
    const [streamName = '', publishKey = ''] = place.key.reveal().split('?key=')
    expect([...secrets].sort()).toEqual([streamName, publishKey].sort())
    const { playbackUrl } = rehearsal.state.value
    expect(playbackUrl).toContain(streamName)
    expect(playbackUrl).not.toContain(publishKey)
    const redactor = new Redactor()
    for (const secret of secrets) redactor.add(secret)
    expect(redactor.text(`failed to load ${playbackUrl}`)).not.toContain(streamName)

    const pid = rehearsal.processId ?? 0
    expect(isAlive(pid)).toBe(true)
    await rehearsal.close()
    expect(isAlive(pid)).toBe(false)
    expect(rehearsal.state.value.running).toBe(false)
    await expect(rehearsal.place(never)).rejects.toMatchObject({ reason: 'stopped' })
  })

  it('is there again after it was killed, under the same key', async () => {
    const rehearsal = startRehearsal()
    const before = await rehearsal.place(never)
    process.kill(rehearsal.processId ?? 0, 'SIGKILL')
    await until(() => expect(rehearsal.state.value.running).toBe(false))
    const after = await rehearsal.place(never)
    expect(after.key.reveal()).toBe(before.key.reveal())
    expect(children).toHaveLength(2)
  })

  it('can be waited for no longer than wanted', async () => {
    const rehearsal = startRehearsal()
    const wanted = new AbortController()
    const placing = rehearsal.place(wanted.signal)
    wanted.abort(new Error('enough'))
    await expect(placing).rejects.toThrow('enough')
  })

  it('opens no other door', async () => {
    const rehearsal = startRehearsal()
    await rehearsal.place(never)
    const url = rehearsal.state.value.playbackUrl ?? ''
    const { origin } = new URL(url)
    expect((await statusOf(url, { host: 'evil.example' })).status).toBe(403)
    expect((await statusOf(url, { method: 'POST' })).status).toBe(405)
    expect((await statusOf(`${origin}/live/other.flv`)).status).toBe(404)
    expect((await statusOf(`${origin}/admin`)).status).toBe(404)
    expect((await statusOf(`${origin}/live/other.flv`, { method: 'POST' })).status).toBe(404)
    const preflight = await statusOf(url, { method: 'OPTIONS' })
    expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': '*' } })
  })

  it('survives a peer that talks nonsense', async () => {
    const rehearsal = startRehearsal()
    const { address } = await rehearsal.place(never)
    const socket = connect(Number(new URL(address.replace('rtmp', 'http')).port), '127.0.0.1')
    scope.add(() => socket.destroy())
    socket.on('error', () => {})
    socket.resume()
    socket.end(Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251))
    await new Promise((resolve) => socket.once('close', resolve))
    const again = await rehearsal.place(never)
    expect(again.address).toMatch(/^rtmp:/)
  })
})

describe.skipIf(!ffmpeg)('Rehearsal, published to by FFmpeg', () => {
  it('plays back what is published, to a page from another port, and ends with it', async () => {
    const rehearsal = startRehearsal()
    const { address, key } = await rehearsal.place(never)
    const publisher = publish(`${address}/${key.reveal()}`)
    await until(() => expect(rehearsal.state.value.publishing).toBe(true))
    const viewer = await watch(rehearsal.state.value.playbackUrl ?? '', 20_000)
    expect(viewer.bytes.subarray(0, 4).toString('latin1')).toBe('FLV\u0001')
    expect(viewer.headers.get('access-control-allow-origin')).toBe('*')
    expect(viewer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(viewer.headers.get('content-type')).toBe('video/x-flv')

    await publisher.stop()
    await until(() => expect(rehearsal.state.value.publishing).toBe(false))
    await viewer.rest

    // The next one begins at once, and is a new stream for its viewers.
    publish(`${address}/${key.reveal()}`)
    await until(() => expect(rehearsal.state.value.publishing).toBe(true))
    expect((await watch(rehearsal.state.value.playbackUrl ?? '', 20_000)).bytes.length).toBeGreaterThan(0)
  })

  it('takes nobody without the key, and no second publisher', async () => {
    const rehearsal = startRehearsal()
    const { address, key } = await rehearsal.place(never)
    const name = key.reveal().split('?')[0] ?? ''
    for (const wrong of [name, `${name}?key=wrong`, `other?key=${key.reveal().split('=')[1] ?? ''}`]) {
      const refused = await publish(`${address}/${wrong}`).done
      expect(refused.code).not.toBe(0)
      expect(rehearsal.state.value.publishing).toBe(false)
    }
    publish(`${address}/${key.reveal()}`)
    await until(() => expect(rehearsal.state.value.publishing).toBe(true))
    const second = await publish(`${address}/${key.reveal()}`).done
    expect(second.code).not.toBe(0)
    expect(rehearsal.state.value.publishing).toBe(true)
  })
})
