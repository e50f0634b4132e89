import { execFileSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import type { StudioError } from '@shared/domain/errors.ts'
import type { Packet, VideoHeader } from '@shared/domain/packet.ts'
import { systemClock } from '../../base/clock.ts'
import { Vp8Transcoder } from './vp8-transcoder.ts'

const encoding = { width: 320, height: 180, frameRate: 30, videoKbps: 800, keyFrameSeconds: 1 }
const open: Vp8Transcoder[] = []
afterEach(() => Promise.all(open.splice(0).map((each) => each.close())))

function make(path: string) {
  const headers: VideoHeader[] = []
  const frames: Omit<Packet, 'epoch'>[] = []
  const failures: StudioError[] = []
  const transcoder = new Vp8Transcoder(path, encoding, { onHeader: (h) => headers.push(h), onFrame: (f) => frames.push(f), onFailure: (e) => failures.push(e) }, systemClock)
  open.push(transcoder)
  return { transcoder, headers, frames, failures }
}

const hasFfmpeg = (() => {
  try {
    return execFileSync('ffmpeg', ['-hide_banner', '-encoders']).includes('libvpx')
  } catch {
    return false
  }
})()

describe('Vp8Transcoder', () => {
  it.skipIf(!hasFfmpeg)('gives every frame back as H.264 with its own time stamp', async () => {
    const ivf = execFileSync('ffmpeg', ['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30', '-t', '2', '-c:v', 'libvpx', '-deadline', 'realtime', '-auto-alt-ref', '0', '-f', 'ivf', '-'])
    const { transcoder, headers, frames, failures } = make('ffmpeg')
    const sent: number[] = []
    for (let at = 32; at + 12 <= ivf.length; ) {
      const size = ivf.readUInt32LE(at)
      const timestampUs = 1_700_000_000_000_000 + sent.length * 33_333
      sent.push(timestampUs)
      transcoder.push({ kind: 'video', key: sent.length === 1, timestampUs, durationUs: 33_333, epoch: 1, data: ivf.subarray(at + 12, at + 12 + size) })
      at += 12 + size
    }
    // FFmpeg's decoder holds no more than its own threads' frames; all but a few come while the input is still open.
    await expect.poll(() => frames.length, { timeout: 10_000 }).toBeGreaterThan(50)
    expect(headers).toHaveLength(1)
    expect(headers[0]).toMatchObject({ codec: 'avc', width: 320, height: 180 })
    expect(headers[0]?.codecString).toMatch(/^avc1\.4d/)
    expect(frames.map((frame) => frame.timestampUs)).toEqual(sent.slice(0, frames.length))
    expect(frames[0]?.key).toBe(true)
    expect(frames[30]?.key).toBe(true)
    expect(failures).toEqual([])
  })

  it('says when FFmpeg is missing', async () => {
    const { failures } = make('/nowhere/ffmpeg')
    await expect.poll(() => failures.map((each) => each.reason)).toEqual(['ffmpeg-missing'])
  })

  it('says when FFmpeg ends by itself', async () => {
    const { failures } = make('/bin/true')
    await expect.poll(() => failures.map((each) => each.reason)).toEqual(['encoder-failed'])
  })
})
