import { expect, it } from 'vitest'
import type { StudioError } from '@shared/domain/errors.ts'
import type { Packet } from '@shared/domain/packet.ts'
import { WaitingTranscoder } from './waiting-transcoder.ts'

const packet = (timestampUs: number): Packet => ({ kind: 'video', key: timestampUs === 0, timestampUs, durationUs: 1, epoch: 1, data: new Uint8Array(1) })

function setUp() {
  let found: (path: string | null) => void = () => {}
  const pushed: number[] = []
  const done: string[] = []
  const failures: StudioError[] = []
  const open = (path: string) => {
    done.push(`open ${path}`)
    return { push: (each: Packet) => void pushed.push(each.timestampUs), finish: () => Promise.resolve(void done.push('finish')), close: () => Promise.resolve(void done.push('close')) }
  }
  const transcoder = new WaitingTranscoder(new Promise((resolve) => (found = resolve)), open, (failure) => failures.push(failure))
  return { transcoder, pushed, done, failures, find: (path: string | null) => found(path) }
}

it('frames wait for FFmpeg and come in order', async () => {
  const { transcoder, pushed, done, find } = setUp()
  transcoder.push(packet(0))
  transcoder.push(packet(1))
  const finished = transcoder.finish()
  find('ffmpeg')
  await finished
  transcoder.push(packet(2))
  expect(pushed).toEqual([0, 1, 2])
  expect(done).toEqual(['open ffmpeg', 'finish'])
})

it('says that FFmpeg is missing, once', async () => {
  const { transcoder, failures, find } = setUp()
  find(null)
  await transcoder.finish()
  transcoder.push(packet(0))
  expect(failures.map(({ reason }) => reason)).toEqual(['ffmpeg-missing'])
})

it('closed meanwhile, it starts nothing and says nothing', async () => {
  const { transcoder, done, failures, find } = setUp()
  transcoder.push(packet(0))
  await transcoder.close()
  find('ffmpeg')
  await transcoder.finish()
  expect([done, failures]).toEqual([[], []])
})

it('waits for no more than a bounded number of frames', () => {
  const { transcoder, failures } = setUp()
  for (let at = 0; at < 2000; at++) transcoder.push(packet(at))
  expect(failures.map(({ reason }) => reason)).toEqual(['encoder-failed'])
})
