import type { TextFile } from '@shared/contracts/text-files.ts'
import { DEFAULT_STRIP } from '@shared/domain/strip.ts'
import { FakeEngineClock } from '../fake-clock.ts'
import { DeviceUse } from './device-use.ts'
import type { SourceContext, WebPages } from './source-runner.ts'

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

/** A picture without pixels that remembers whether it was closed. */
export const fakeBitmap = (name = '') => {
  const bitmap = { width: 64, height: 48, name, closed: false, close: () => void (bitmap.closed = true) }
  return bitmap as ImageBitmap & typeof bitmap
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
    /** Who follows which file. */
    following: new Map<string, (file: TextFile) => void>(),
    /** Null = the host draws no pages. */
    webPages: { open: async () => (await state.answer()) as unknown as MediaStream, close: (id: string) => log.push(`close page ${id}`) } as WebPages | null,
    load: async (assetId: string): Promise<ImageBitmap> => fakeBitmap(assetId),
    chance: 0,
  }
  const ask = (constraints: unknown): Promise<MediaStream> => {
    state.asked.push(constraints)
    return state.answer() as unknown as Promise<MediaStream>
  }
  const context: SourceContext = {
    clock,
    deviceUse: new DeviceUse(),
    devices: {
      getUserMedia: ask,
      getDisplayMedia: ask,
      enumerateDevices: async () => state.listed as MediaDeviceInfo[],
    },
    pictures: {
      feed: (id) => log.push(`feed ${id}`),
      still: (id) => log.push(`still ${id}`),
      scroll: (id, _strip, { direction, speed, boxPx }) => log.push(`scroll ${id} ${direction} ${speed} ${boxPx}`),
      fade: (id, _bitmap, _opaque, lengthMs) => log.push(`fade ${id} ${lengthMs}`),
      drawing: (id, width, height, strokes) => log.push(`drawing ${id} ${width}x${height}${strokes.map(({ tool }) => ` ${tool}`).join('')}`),
      pattern: (id) => log.push(`pattern ${id}`),
      away: (id) => log.push(`away ${id}`),
      remove: (id) => log.push(`remove ${id}`),
    },
    sound: {
      setSource: (id, input) => log.push(`sound ${id} ${input.kind}`),
      setStrip: () => {},
      remove: (id) => log.push(`silence ${id}`),
    },
    textFiles: {
      follow(path, handler) {
        state.following.set(path, handler)
        return () => void state.following.delete(path)
      },
    },
    get webPages() {
      return state.webPages
    },
    images: { load: (assetId) => state.load(assetId) },
    random: () => state.chance,
    strip: () => DEFAULT_STRIP,
    tell: (id, news) => log.push(`${id} ${news.condition}${news.label ? ` "${news.label}"` : ''}`),
  }
  return { context, state, log, clock, settle: () => clock.advance(0) }
}
