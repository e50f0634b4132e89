import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cutOff, hasFfmpeg, makeClip } from '../jobs/clips-sample.ts'
import { type JobFolder, jobFolder } from '../jobs/job-folder-sample.ts'
import { adtsLengthMs } from './aac-length.ts'
import { typeOf } from './file-types.ts'
import { flvFacts } from './flv-facts.ts'
import { probeFile } from './probe.ts'
import { tsLengthMs, wholeTsBytes } from './ts-length.ts'

let folder: JobFolder
beforeAll(async () => {
  folder = await jobFolder()
})
afterAll(() => folder.close())
const at = (name: string): string => join(folder.path, name)

describe.skipIf(!hasFfmpeg)('what is in a file is read without FFmpeg', { timeout: 60_000 }, () => {
  it.each(['mp4', 'mkv', 'flv', 'ts', 'm3u8'])('%s', async (extension) => {
    const path = await makeClip(at(`whole.${extension}`), { seconds: 5 })
    const facts = await probeFile(path, typeOf(path)?.format ?? 'mp4')
    expect(facts).toMatchObject({ video: 'avc', audio: 'aac', width: 320, height: 180, sampleRate: 48_000, channels: 2 })
    expect(Math.abs((facts?.durationMs ?? 0) - 5000)).toBeLessThan(120)
  })

  it('aac', async () => {
    const facts = await probeFile(await makeClip(at('whole.aac'), { seconds: 5, picture: false }), 'aac')
    expect(facts).toMatchObject({ video: null, audio: 'aac', width: null })
    expect(Math.abs((facts?.durationMs ?? 0) - 5000)).toBeLessThan(80)
  })

  it.each(['mp4', 'flv', 'ts', 'aac'])('%s that was cut off is as long as what is left', async (extension) => {
    const path = await makeClip(at(`cut.${extension}`), { seconds: 6, picture: extension !== 'aac' })
    await cutOff(path, 0.5)
    const lengthMs = (await probeFile(path, typeOf(path)?.format ?? 'mp4'))?.durationMs ?? 0
    expect(lengthMs).toBeGreaterThan(1500)
    // A fragment of MP4 says how long it will be before it is there.
    expect(lengthMs).toBeLessThan(extension === 'mp4' ? 4100 : 3600)
  })

  it('a long stream of AAC is judged by its beginning', async () => {
    const whole = await readFile(await makeClip(at('long.aac'), { seconds: 20, picture: false }))
    const estimate = adtsLengthMs(whole.subarray(0, whole.length / 4), whole.length) ?? 0
    expect(Math.abs(estimate - 20_000)).toBeLessThan(800)
  })
})

describe('bytes that are something else', () => {
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 251))
  it('are no media', async () => {
    expect(flvFacts(noise, noise)).toBeNull()
    expect(flvFacts(Buffer.from('FLV'), Buffer.alloc(0))).toBeNull()
    expect(tsLengthMs(noise, noise)).toBeNull()
    expect(wholeTsBytes(Buffer.alloc(0))).toBeNull()
    expect(adtsLengthMs(noise, 4000)).toBeNull()
    expect(await probeFile(at('nothing.mp4'), 'mp4')).toBeNull()
  })

  it('an FLV of headers alone has no length', () => {
    const header = Buffer.from('FLV\x01\x05\0\0\0\x09\0\0\0\0', 'latin1')
    expect(flvFacts(header, header)).toMatchObject({ durationMs: null, video: null, audio: null })
  })
})

it('a transport stream whose clock starts over is as long as it is', () => {
  expect(tsLengthMs(packet(2 ** 33 - 90_000), packet(90_000))).toBe(2000)
})

/** One transport packet that begins a unit with this presentation time. */
function packet(ticks: number): Buffer {
  const bytes = Buffer.alloc(188, 0xff)
  bytes.set([0x47, 0x41, 0, 0x10, 0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5])
  bytes[13] = 0x21 | (Math.floor(ticks / 2 ** 30) << 1)
  bytes.writeUInt16BE(((Math.floor(ticks / 2 ** 15) & 0x7fff) << 1) | 1, 14)
  bytes.writeUInt16BE(((ticks & 0x7fff) << 1) | 1, 16)
  return bytes
}
