import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { FlvVideoReader, type FlvVideoItem } from './flv-video-reader.ts'
import { ivfFileHeader, ivfFrameHeader } from './ivf-writer.ts'
import { transcodeArguments } from './transcode-arguments.ts'

const ffmpeg = (() => {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

function readAll(bytes: Buffer, pieceBytes: number): FlvVideoItem[] {
  const reader = new FlvVideoReader()
  const items: FlvVideoItem[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) items.push(...reader.push(bytes.subarray(at, at + pieceBytes)))
  return items
}

describe('IVF writer', () => {
  it('writes the file header that FFmpeg expects', () => {
    expect(Buffer.from(ivfFileHeader(640, 360)).toString('hex')).toBe('444b494600002000565038308002680140420f00010000000000000000000000')
  })
  it('writes a frame header with a 64-bit time stamp', () => {
    expect(Buffer.from(ivfFrameHeader(0x1234, 5_000_000_000)).toString('hex')).toBe('3412000000f2052a01000000')
  })
})

describe('FLV video reader', () => {
  it('refuses what is not FLV, and video that is not AVC', () => {
    expect(() => new FlvVideoReader().push(Buffer.from('HTTP/1.1 200 OK'))).toThrow('not an FLV')
    const h263 = Buffer.concat([Buffer.from('FLV\x01\x01\0\0\0\x09\0\0\0\0', 'latin1'), Buffer.from([9, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0x12, 1, 0, 0, 0, 0, 0, 0, 16])])
    expect(() => new FlvVideoReader().push(h263)).toThrow('not AVC')
  })
  it('refuses a tag that claims more than a frame can have', () => {
    const huge = Buffer.concat([Buffer.from('FLV\x01\x01\0\0\0\x09\0\0\0\0', 'latin1'), Buffer.from([9, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0])])
    expect(() => new FlvVideoReader().push(huge)).toThrow('too large')
  })
})

describe.skipIf(!ffmpeg)('VP8 to H.264 through FFmpeg', () => {
  it('needs no new headers for another rate', () => {
    const recordOf = (videoKbps: number) => {
      const encoding = { width: 320, height: 180, frameRate: 30, videoKbps, keyFrameSeconds: 1 }
      const vp8 = execFileSync('ffmpeg', ['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30', '-frames:v', '2', '-c:v', 'libvpx', '-f', 'ivf', '-'])
      return readAll(execFileSync('ffmpeg', transcodeArguments(encoding), { input: vp8 }), 4096).find((item) => item.type === 'avcC')?.data
    }
    expect(recordOf(250)).toEqual(recordOf(20_000))
  })

  it('gives one frame for each frame, in order, with the asked key frame distance, whatever the piece size', () => {
    const vp8 = execFileSync('ffmpeg', ['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30', '-t', '3', '-c:v', 'libvpx', '-b:v', '1M', '-deadline', 'realtime', '-auto-alt-ref', '0', '-f', 'ivf', '-'])
    const frames = ivfFrames(vp8)
    const input = Buffer.concat([ivfFileHeader(320, 180), ...frames.flatMap((frame, index) => [ivfFrameHeader(frame.length, index * 33_333), frame])])
    const flv = execFileSync('ffmpeg', transcodeArguments({ width: 320, height: 180, frameRate: 30, videoKbps: 800, keyFrameSeconds: 1 }), { input, maxBuffer: 1 << 26 })
    for (const pieceBytes of [1, 1000, flv.length]) {
      const items = readAll(flv, pieceBytes)
      expect(items[0]?.type).toBe('avcC')
      const coded = items.filter((item) => item.type === 'frame')
      expect(coded.filter((frame) => frame.data.length > 0)).toHaveLength(90)
      expect(coded.flatMap((frame, index) => (frame.key ? [index] : []))).toEqual([0, 30, 60])
      // The picture moves enough to need all of the 800 kbit/s that it is given, for three seconds.
      const kbps = coded.reduce((sum, frame) => sum + frame.data.length * 8, 0) / 3000
      expect(kbps).toBeGreaterThan(500)
      expect(kbps).toBeLessThan(1000)
    }
  })

  it('gives a key frame where the page gave one, so that whoever asked for it need not wait', () => {
    const vp8 = execFileSync('ffmpeg', ['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=15', '-t', '4', '-c:v', 'libvpx', '-g', '600', '-force_key_frames', '0,1.4', '-deadline', 'realtime', '-auto-alt-ref', '0', '-f', 'ivf', '-'])
    const frames = ivfFrames(vp8)
    const input = Buffer.concat([ivfFileHeader(160, 90), ...frames.flatMap((frame, index) => [ivfFrameHeader(frame.length, index * 66_667), frame])])
    const flv = execFileSync('ffmpeg', transcodeArguments({ width: 160, height: 90, frameRate: 15, videoKbps: 300, keyFrameSeconds: 2 }), { input })
    const coded = readAll(flv, flv.length).filter((item) => item.type === 'frame' && item.data.length > 0)
    expect(coded.flatMap((frame, index) => (frame.type === 'frame' && frame.key ? [index] : []))).toEqual([0, 21, 51])
  })
})

function ivfFrames(ivf: Buffer): Buffer[] {
  const frames: Buffer[] = []
  for (let at = 32; at + 12 <= ivf.length; ) {
    const sizeBytes = ivf.readUInt32LE(at)
    frames.push(ivf.subarray(at + 12, at + 12 + sizeBytes))
    at += 12 + sizeBytes
  }
  return frames
}
