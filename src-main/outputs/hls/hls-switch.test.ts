import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { systemClock } from '../../base/clock.ts'
import { Secret } from '../../base/secret.ts'
import { canCode, CodedContents, decoded, runsOf, SIZES, steps } from '../mpegts/fake-contents.ts'
import { HLS_LIMITS } from './hls-limits.ts'
import { hlsOutput } from './hls-output.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

it.skipIf(!canCode)('a playlist goes from the mix to the camera, to the screen and back, and FFmpeg plays all of it', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'castwright-hls-switch-'))
  closers.push(() => rm(folder, { recursive: true }))
  const contents = new CodedContents(12)
  closers.push(() => contents.close())
  const stop = new AbortController()
  const ended = hlsOutput(HLS_LIMITS)(
    { address: folder, options: { segmentSeconds: 1, listSize: 0 }, token: new Secret(''), certificateAuthority: '', verifyCertificate: true },
    { feed: contents.feed, signal: stop.signal, clock: systemClock, connected() {}, interrupted() {}, report() {} },
  ).catch((reason: unknown) => reason)
  await contents.flow(2.5)
  for (const content of ['main', 'aux', 'mix'] as const) {
    contents.give(content)
    await contents.flow(2.5)
    expect(contents.reads).toEqual([content])
  }
  stop.abort(new StudioError('stopped'))
  expect(await ended).toBe(stop.signal.reason)

  const playlist = join(folder, 'index.m3u8')
  const text = await readFile(playlist, 'utf8')
  expect(text.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(3)
  const segments = [...text.matchAll(/#EXTINF:([\d.]+),\n(\S+\.ts)/g)].map(([, seconds, name = '']) => ({ seconds: Number(seconds), ...decoded(join(folder, name)) }))
  // Each can be decoded by itself, and holds one size.
  for (const { pictures } of segments) expect(runsOf(pictures.map(({ size }) => size))).toHaveLength(1)
  expect(runsOf(segments.map(({ pictures }) => pictures[0]?.size ?? ''))).toEqual([SIZES.mix, SIZES.main, SIZES.aux, SIZES.mix])
  const all = { pictures: segments.flatMap(({ pictures }) => pictures), soundAtS: segments.flatMap(({ soundAtS }) => soundAtS) }
  const [firstS = 0, lastS = 0] = [all.pictures[0]?.atS, all.pictures.at(-1)?.atS]
  // The old content goes on until the new one is there, and each takes up where the one before ended.
  expect(steps(all.pictures.map(({ atS }) => atS))).toMatchObject({ rising: true })
  expect(steps(all.pictures.map(({ atS }) => atS)).longestS).toBeLessThan(0.15)
  expect(steps(all.soundAtS)).toMatchObject({ rising: true })
  expect(steps(all.soundAtS).longestS).toBeLessThan(0.15)
  expect(segments.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(lastS - firstS, 0)
  // As a player goes through it.
  expect(runsOf(decoded(playlist).pictures.map(({ size }) => size))).toEqual([SIZES.mix, SIZES.main, SIZES.aux, SIZES.mix])
})
