import { describe, expect, it } from 'vitest'
import { UploadLine } from './upload-line.ts'

/** 4 s at 2000 kbit/s. */
const SEGMENT = { sizeBytes: 1_000_000, durationMs: 4000 }

/** A line that takes so much, looked at four times a second from the beginning of the upload until then. */
function uploading(kbpsAt: (atMs: number) => number, untilMs: number, line = new UploadLine(), fromMs = 0) {
  let bytes = 0
  line.begins(SEGMENT.sizeBytes, fromMs)
  for (let atMs = fromMs + 250; atMs <= untilMs; atMs += 250) {
    bytes += (kbpsAt(atMs) / 8) * 250
    line.arrived(bytes, atMs)
  }
  return line
}
const late = (line: UploadLine, nowMs: number, finishedMs: readonly number[] = [0]) => Math.round(line.lateMs(finishedMs.map((atMs) => ({ ...SEGMENT, atMs })), nowMs))

describe('UploadLine', () => {
  it('knows within a second or so that a segment will be late, and by how much, long before it is', () => {
    const line = uploading(() => 1000, 1500)
    expect(line.kbps(1500)).toBeCloseTo(1000)
    expect(late(line, 1500)).toBe(4000)
    // Another one waits behind it, which will be later still.
    expect(late(uploading(() => 1000, 5000), 5000, [0, 4000])).toBe(8000)
  })

  it('takes an upload that is done in time for none that is late, however busy the line is with it', () => {
    for (const untilMs of [250, 500, 1000, 2000, 3500]) expect(late(uploading(() => 2100, untilMs), untilMs)).toBe(0)
    // A connection that begins slowly.
    expect(late(uploading((atMs) => (atMs <= 500 ? 300 : 8000), 1000), 1000)).toBe(0)
  })

  it('follows a line that becomes thinner in the middle of a segment', () => {
    const line = uploading((atMs) => (atMs <= 2000 ? 2000 : 500), 3000)
    expect(line.kbps(3000)).toBeCloseTo(500)
    // 437,500 bytes are left.
    expect(late(line, 3000)).toBe(3000 + 7000 - 4000)
  })

  it('shows nothing between two segments, and begins the next one with what the last one showed', () => {
    const line = uploading(() => 1000, 8000)
    line.ends(true, 8000)
    expect(line.kbps(8000)).toBeNull()
    uploading(() => 1000, 8250, line, 8000)
    expect(line.kbps(8250)).toBeCloseTo(1000)
    expect(late(line, 8250, [4000])).toBe(8000)
    line.ends(false, 8300)
    expect(line.kbps(8300)).toBeNull()
  })

  it('says of a segment that the system holds as a whole only how much the line takes at most', () => {
    const line = new UploadLine()
    line.begins(SEGMENT.sizeBytes, 0)
    line.arrived(SEGMENT.sizeBytes, 250)
    expect([2000, 4000, 8000].map((atMs) => line.kbps(atMs))).toEqual([4000, 2000, 1000])
    expect([2000, 4000, 8000].map((atMs) => late(line, atMs))).toEqual([0, 0, 4000])
  })

  it('is late by as long as nothing arrives, and foretells no more than 20 s', () => {
    const standing = uploading((atMs) => (atMs <= 1000 ? 2000 : 0), 3000)
    expect(standing.kbps(3000)).toBe(0)
    expect(late(standing, 3000)).toBe(2000)
    expect(late(uploading(() => 8, 2000), 2000)).toBe(2000 + 20_000 - 4000)
  })

  it('knows only what is late already where nobody tells how far an upload is', () => {
    const line = new UploadLine()
    line.begins(SEGMENT.sizeBytes, 0)
    expect([3000, 5500].map((atMs) => [line.kbps(atMs), late(line, atMs)])).toEqual([[null, 0], [null, 1500]])
  })
})
