import { describe, expect, it } from 'vitest'
import type { Picture } from '../pictures/picture.ts'
import { PictureStore } from './picture-store.ts'

class FakeFrame {
  closed = false
  constructor(readonly name: string, readonly visibleRect = { width: 640, height: 480 }) {}
  close(): void {
    this.closed = true
  }
}

function stream(): { frames: ReadableStream<VideoFrame>; push(frame: FakeFrame): Promise<void>; end(): void; cancelled(): boolean } {
  let controller: ReadableStreamDefaultController<VideoFrame> | null = null
  let cancelled = false
  const frames = new ReadableStream<VideoFrame>({
    start: (given) => void (controller = given),
    cancel: () => void (cancelled = true),
  })
  return {
    frames,
    cancelled: () => cancelled,
    async push(frame) {
      controller?.enqueue(frame as unknown as VideoFrame)
      await turn()
    },
    end: () => controller?.close(),
  }
}
/** Lets everything that is ready run. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

function rig() {
  const sizes: string[] = []
  const ended: string[] = []
  const store = new PictureStore({
    onSize: (sourceId, width, height) => sizes.push(`${sourceId} ${width}x${height}`),
    onFeedEnded: (sourceId) => ended.push(sourceId),
  })
  return { store, sizes, ended, shown: (id: string) => store.pictures.get(id)?.drawable() as unknown as FakeFrame | undefined }
}

const still = (): Picture & { closed: boolean } => ({
  width: 10, height: 10, opaque: true, readable: true, version: 1, closed: false,
  drawable: () => null as never,
  planes: () => Promise.reject(new Error('none')),
  close() {
    this.closed = true
  },
})

describe('the picture store', () => {
  it('keeps only the newest frame and closes every other', async () => {
    const { store, shown } = rig()
    const feed = stream()
    void store.feed('camera', feed.frames)
    const frames = ['a', 'b', 'c'].map((name) => new FakeFrame(name))
    for (const frame of frames) await feed.push(frame)
    expect(frames.map((frame) => frame.closed)).toEqual([true, true, false])
    expect(shown('camera')?.name).toBe('c')
    store.close()
    expect(frames[2]?.closed).toBe(true)
  })

  it('tells sizes once, and again when they change', async () => {
    const { store, sizes } = rig()
    const feed = stream()
    void store.feed('screen', feed.frames)
    await feed.push(new FakeFrame('a'))
    await feed.push(new FakeFrame('b'))
    await feed.push(new FakeFrame('c', { width: 1280, height: 720 }))
    expect(sizes).toEqual(['screen 640x480', 'screen 1280x720'])
  })

  it('holds the last picture when a feed ends, and says so', async () => {
    const { store, ended, shown } = rig()
    const feed = stream()
    void store.feed('camera', feed.frames)
    await feed.push(new FakeFrame('a'))
    feed.end()
    await turn()
    expect(ended).toEqual(['camera'])
    expect(shown('camera')).toMatchObject({ name: 'a', closed: false })
  })

  it('lets a placeholder take the place of a feed, and a new feed that of the placeholder', async () => {
    const { store, ended, shown } = rig()
    const [first, second] = [stream(), stream()]
    void store.feed('camera', first.frames)
    const frame = new FakeFrame('a')
    await first.push(frame)
    const placeholder = still()
    store.set('camera', placeholder)
    await turn()
    expect([frame.closed, first.cancelled()]).toEqual([true, true])
    expect(ended).toEqual([])
    void store.feed('camera', second.frames)
    await second.push(new FakeFrame('b'))
    expect(placeholder.closed).toBe(true)
    expect(shown('camera')?.name).toBe('b')
  })

  it('reads only the newer of two feeds', async () => {
    const { store, shown } = rig()
    const [first, second] = [stream(), stream()]
    void store.feed('camera', first.frames)
    await first.push(new FakeFrame('a'))
    void store.feed('camera', second.frames)
    await second.push(new FakeFrame('b'))
    expect(first.cancelled()).toBe(true)
    expect(shown('camera')?.name).toBe('b')
  })

  it('counts frames per second and has no rate for stills', async () => {
    const { store } = rig()
    const feed = stream()
    void store.feed('camera', feed.frames)
    store.set('still', still())
    for (let index = 0; index < 15; index++) await feed.push(new FakeFrame(`${index}`))
    expect(store.figures(500)).toMatchObject({ camera: { frameRate: 30 }, still: { frameRate: null, width: 10 } })
    expect(store.figures(500)).toMatchObject({ camera: { frameRate: 0 } })
  })
})
