import { describe, expect, it } from 'vitest'
import { FfmpegProgress } from './ffmpeg-progress.ts'
import { reasonOf } from './run-ffmpeg.ts'

const FIRST = 'frame=0\nfps=0.00\nstream_0_0_q=-1.0\nbitrate=N/A\ntotal_size=N/A\nout_time_us=N/A\nout_time_ms=N/A\nout_time=N/A\nspeed=N/A\nprogress=continue\n'
const LATER = 'frame=90\nbitrate= 812.3kbits/s\ntotal_size=262144\nout_time_us=2966667\nout_time_ms=2966667\nout_time=00:00:02.966667\nprogress=continue\n'

describe('FfmpegProgress', () => {
  it('takes out_time_ms for the microseconds that it is', () => {
    const progress = new FfmpegProgress()
    expect(progress.push(FIRST)).toBeNull()
    expect(progress.push(LATER)).toBeCloseTo(2966.667)
    expect(progress.ended).toBe(false)
    progress.push('out_time_us=-23220\nprogress=end\n')
    expect(progress.ended).toBe(true)
    expect(progress.push('')).toBeCloseTo(2966.667)
  })

  it('takes pieces of any size', () => {
    const progress = new FfmpegProgress()
    for (const character of FIRST + LATER.replaceAll('\n', '\r\n')) progress.push(character)
    expect(progress.push('')).toBeCloseTo(2966.667)
  })
})

it('last words become reasons', () => {
  expect(reasonOf('av_interleaved_write_frame(): No space left on device\n')).toBe('disk-full')
  expect(reasonOf('/v/a.mp4: Permission denied')).toBe('folder-not-writable')
  expect(reasonOf('Invalid data found when processing input')).toBe('file-job-failed')
})
