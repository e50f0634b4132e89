import { spawnSync } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { measure, RATE } from '../../src-renderer/engine/audio/loudness/loudness-sample.ts'

test('our loudness is FFmpeg\'s, on sound that comes and goes', () => {
  let seed = 7
  const noise = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x3fffffff - 1
  // Noise over a tone, with the beat of speech, a pause, and different channels.
  const part = (scale: number) => Float32Array.from({ length: 24 * RATE }, (_, i) => {
    const s = i / RATE
    const loud = (0.55 + 0.45 * Math.sin(2 * Math.PI * 3.1 * s)) * (s > 9 && s < 12 ? 0.001 : 1) * (s > 16 ? 0.25 : 1)
    return scale * loud * (0.2 * noise() + 0.15 * Math.sin(2 * Math.PI * 220 * s) + 0.1 * Math.sin(2 * Math.PI * 5200 * s))
  })
  const [left, right] = [part(1), part(0.6)]
  const interleaved = Float32Array.from({ length: left.length * 2 }, (_, i) => (i % 2 ? right : left)[i >> 1]!)
  const args = ['-hide_banner', '-nostats', '-f', 'f32le', '-ar', String(RATE), '-ac', '2', '-i', '-', '-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null', '-']
  const { stderr } = spawnSync('ffmpeg', args, { input: Buffer.from(interleaved.buffer), maxBuffer: 1 << 26 })
  const summary = stderr.toString().split('Summary:').at(-1)!
  const said = (name: string) => Number(new RegExp(`${name}:\\s+(-?[\\d.]+)`).exec(summary)?.[1])
  const ours = measure([left, right])
  expect(Math.abs(ours.integrated! - said('I'))).toBeLessThan(0.2)
  expect(Math.abs(ours.range! - said('LRA'))).toBeLessThan(0.5)
  // Of noise up to half the rate, each interpolator sees another peak.
  expect(Math.abs(ours.truePeakDb! - said('Peak'))).toBeLessThan(0.5)
})
