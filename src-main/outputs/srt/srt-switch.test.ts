import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { srtOptions } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { systemClock } from '../../base/clock.ts'
import { Secret } from '../../base/secret.ts'
import { canCode, CodedContents, decoded, runsOf, SIZES, steps } from '../mpegts/fake-contents.ts'
import { FakeSrtPeer, freeUdpPort, hasSrt, untilTaken } from './fake-srt-peer.ts'
import { runSrt } from './srt-output.ts'

/** Much faster, and what must be sent again comes too late for its receiver. */
const SPEED = 3

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

it.skipIf(!canCode || !hasSrt)('one SRT connection goes from the mix to the camera, back and to the screen, and FFmpeg plays all of it', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'castwright-srt-switch-'))
  closers.push(() => rm(folder, { recursive: true }))
  const contents = new CodedContents(9)
  closers.push(() => contents.close())
  const port = await freeUdpPort()
  const peer = new FakeSrtPeer(`srt://127.0.0.1:${port}?mode=listener`)
  closers.push(() => peer.close())
  await untilTaken(port)
  const stop = new AbortController()
  const reading = Promise.withResolvers<void>()
  const ended = runSrt(
    { address: `srt://127.0.0.1:${port}`, options: srtOptions.parse({ latencyMs: 800 }), streamId: new Secret(''), passphrase: new Secret(''), ffmpegPath: () => Promise.resolve('ffmpeg') },
    { feed: contents.feed, signal: stop.signal, clock: systemClock, connected() {}, interrupted() {}, report: ({ stage }) => stage === 'sending' && reading.resolve() },
  ).catch((reason: unknown) => reason)
  await reading.promise
  await contents.flow(2.5, SPEED)
  for (const content of ['main', 'mix', 'aux'] as const) {
    contents.give(content)
    await contents.flow(2, SPEED)
    expect(contents.reads).toEqual([content])
  }
  stop.abort(new StudioError('stopped'))
  expect(await ended).toBe(stop.signal.reason)
  await expect.poll(() => peer.ended, { timeout: 10_000 }).toBe(true)

  expect(peer.stream.gaps).toBe(0)
  const file = join(folder, 'received.ts')
  await writeFile(file, Buffer.concat(peer.received))
  const { pictures, soundAtS } = decoded(file)
  expect(runsOf(pictures.map(({ size }) => size))).toEqual([SIZES.mix, SIZES.main, SIZES.mix, SIZES.aux])
  for (const times of [pictures.map(({ atS }) => atS), soundAtS]) {
    expect(steps(times).rising).toBe(true)
    expect(steps(times).longestS).toBeLessThan(0.15)
  }
})
