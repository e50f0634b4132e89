import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { systemClock } from '../../base/clock.ts'
import { FakeClock } from '../../base/fake-clock.ts'
import { Secret } from '../../base/secret.ts'
import { fakeHeaders, fakeProgram } from '../../bus/fake-program.ts'
import { ProgramBus } from '../../bus/program-bus.ts'
import { FakeUploadServer } from './fake-upload-server.ts'
import { endHls } from './hls-ending.ts'
import { HLS_LIMITS } from './hls-limits.ts'
import { hlsOutput, type HlsSpec } from './hls-output.ts'
import { HlsShows } from './hls-shows.ts'

const LIMITS = { ...HLS_LIMITS, stallMs: 200, retryMs: 50, drainMs: 500 }
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

/** Little by little: what does not fit into a subscriber's queue is dropped. */
async function publish(bus: ProgramBus, fromMs: number, toMs: number): Promise<void> {
  for (const packet of fakeProgram(fromMs, toMs, 1000)) {
    bus.publish(packet)
    await setImmediate()
  }
}

/** A run that was in the middle of a show when its server refused to go on. */
async function broken() {
  const server = new FakeUploadServer()
  const port = await server.listen()
  closers.push(() => server.close())
  const shows = new HlsShows()
  const spec: HlsSpec = { address: `http://127.0.0.1:${port}/live/index.m3u8`, options: { segmentSeconds: 1, listSize: 6 }, token: new Secret('tok'), certificateAuthority: '', verifyCertificate: true }
  const bus = new ProgramBus(systemClock)
  bus.publishHeaders(fakeHeaders())
  const feed = bus.subscribe({ start: 'next-key-frame' })
  const connected = Promise.withResolvers<void>()
  const stop = new AbortController()
  const ended = hlsOutput(LIMITS, shows)(spec, { feed, signal: stop.signal, clock: systemClock, connected: () => connected.resolve(), interrupted: () => {}, report: () => {} }).catch((reason: unknown) => reason)
  await publish(bus, 0, 2500)
  await connected.promise
  server.answer = (_, response) => (response.writeHead(503).end(), true)
  await publish(bus, 2500, 5500)
  expect(await ended).toBeInstanceOf(StudioError)
  const playlist = () => server.text('/live/index.m3u8')
  expect(playlist()).not.toContain('#EXT-X-ENDLIST')
  return { server, shows, spec, playlist }
}

describe('the end of a show whose output is not running', () => {
  it('is told to the viewers of its playlist, once', async () => {
    const { server, shows, spec, playlist } = await broken()
    server.answer = () => false
    await endHls(spec, shows, systemClock, LIMITS)
    expect(playlist()).toMatch(/\.ts\n#EXT-X-ENDLIST\n$/)
    expect([...server.authorizations]).toEqual(['Bearer tok'])
    const before = server.requests.length
    await endHls(spec, shows, systemClock, LIMITS)
    expect(server.requests).toHaveLength(before)
  })

  it('is not waited for where the server is away or says nothing', async () => {
    const { server, shows, spec } = await broken()
    server.answer = () => true
    const clock = new FakeClock()
    const over = endHls(spec, shows, clock, LIMITS)
    await expect.poll(() => server.requests.at(-1)).toBe('PUT /live/index.m3u8')
    await clock.advance(500)
    await over
    expect(clock.pending).toBe(0)
  })
})
