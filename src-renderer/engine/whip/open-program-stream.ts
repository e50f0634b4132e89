import type { EngineClock } from '../clock.ts'
import { firstPicture } from './first-picture.ts'
import type { ProgramStream } from './program-stream.ts'

export interface ProgramStreamParts {
  /** Its frames go into this stream from now on: the worker writes to it without the window's help. */
  handOver(frames: WritableStream<VideoFrame>): void
  /** No more of them. */
  takeBack(): void
  openSound(): { track: MediaStreamTrack; stop(): void }
  clock: Pick<EngineClock, 'after'>
}

/** Tracks of what the worker composes and the mixer mixes. Only the window has the generator, so it is made here. */
export function openProgramStream({ handOver, takeBack, openSound, clock }: ProgramStreamParts): ProgramStream {
  const video = new MediaStreamTrackGenerator({ kind: 'video' })
  handOver(video.writable)
  const sound = openSound()
  return {
    stream: new MediaStream([video, sound.track]),
    flows: () => firstPicture(video, clock),
    close: () => {
      takeBack()
      sound.stop()
      video.stop()
    },
  }
}
