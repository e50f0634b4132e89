import { DEFAULT_STRIP } from '@shared/domain/strip.ts'
import { FakeEngineClock } from '../fake-clock.ts'
import type { SourceContext } from './source-runner.ts'

/** A track that a test can end. */
export class FakeTrack extends EventTarget {
  stopped = false
  constructor(readonly kind: 'video' | 'audio', readonly label: string) {
    super()
  }
  stop(): void {
    this.stopped = true
  }
  end(): void {
    this.dispatchEvent(new Event('ended'))
  }
  applyConstraints = async (): Promise<void> => {}
}

export class FakeStream {
  constructor(readonly tracks: FakeTrack[]) {}
  getTracks = (): FakeTrack[] => this.tracks
  getVideoTracks = (): FakeTrack[] => this.tracks.filter((track) => track.kind === 'video')
  getAudioTracks = (): FakeTrack[] => this.tracks.filter((track) => track.kind === 'audio')
}

/** All that a source may use, with a list of devices and answers that the test sets, and a log of what was done. */
export function fakeContext() {
  const log: string[] = []
  const clock = new FakeEngineClock()
  const state = {
    listed: [{ kind: 'videoinput', deviceId: 'id-1', label: 'Cam One' }],
    /** What getUserMedia and getDisplayMedia do next. */
    answer: async (): Promise<FakeStream> => new FakeStream([new FakeTrack('video', 'Cam One')]),
    asked: [] as unknown[],
  }
  const ask = (constraints: unknown): Promise<MediaStream> => {
    state.asked.push(constraints)
    return state.answer() as unknown as Promise<MediaStream>
  }
  const context: SourceContext = {
    clock,
    devices: {
      getUserMedia: ask,
      getDisplayMedia: ask,
      enumerateDevices: async () => state.listed as MediaDeviceInfo[],
    },
    pictures: {
      feed: (id) => log.push(`feed ${id}`),
      still: (id) => log.push(`still ${id}`),
      pattern: (id) => log.push(`pattern ${id}`),
      away: (id) => log.push(`away ${id}`),
      remove: (id) => log.push(`remove ${id}`),
    },
    sound: {
      setSource: (id, input) => log.push(`sound ${id} ${input.kind}`),
      setStrip: () => {},
      remove: (id) => log.push(`silence ${id}`),
    },
    strip: () => DEFAULT_STRIP,
    tell: (id, news) => log.push(`${id} ${news.condition}${news.label ? ` "${news.label}"` : ''}`),
  }
  return { context, state, log, clock, settle: () => clock.advance(0) }
}
