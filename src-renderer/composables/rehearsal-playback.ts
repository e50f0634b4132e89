import { onScopeDispose, ref, watch } from 'vue'
import type { Ref } from 'vue'
import { useClock } from '../base/given.ts'
import { GLIMPSE_SIZE, lumaOf, pictureDelayMs, steady } from '../components/rehearsal/picture-delay.ts'
import type { Glimpse } from '../components/rehearsal/picture-delay.ts'
import { useRehearsalStore } from '../stores/rehearsal-store.ts'
import { usePreviewCanvas } from './preview-canvas.ts'

const RETRY_MS = 1000
const GLIMPSE_EVERY_MS = 40
const KEEP_PROGRAM_MS = 10_000
const KEEP_VIEWER_MS = 3000
const MEASURE_EVERY_MS = 1000
const MOST_DELAY_MS = 6500

export type PlaybackState = 'off' | 'waiting' | 'playing'

/** Plays the rehearsal in `video` for as long as it is published, and measures how far behind it is. */
export function useRehearsalPlayback(video: Ref<HTMLVideoElement | null>) {
  const rehearsal = useRehearsalStore()
  const clock = useClock()
  const program = usePreviewCanvas()
  const state = ref<PlaybackState>('off')
  const delayMs = ref<number | null>(null)
  const bufferMs = ref<number | null>(null)
  let stop = () => {}
  let measured: number[] = []
  let seen: { program: Glimpse[]; viewer: Glimpse[] } = { program: [], viewer: [] }
  const small = new OffscreenCanvas(GLIMPSE_SIZE.width, GLIMPSE_SIZE.height).getContext('2d', { willReadFrequently: true })

  function glimpse(picture: CanvasImageSource): Glimpse | null {
    if (!small) return null
    small.drawImage(picture, 0, 0, GLIMPSE_SIZE.width, GLIMPSE_SIZE.height)
    return { atMs: clock.now(), luma: lumaOf(small.getImageData(0, 0, GLIMPSE_SIZE.width, GLIMPSE_SIZE.height).data) }
  }

  function keep(list: Glimpse[], next: Glimpse | null, forMs: number): Glimpse[] {
    return next ? [...list, next].filter((each) => each.atMs >= next.atMs - forMs) : list
  }

  function look(): void {
    const [canvas, element] = [program.value, video.value]
    if (!canvas || !element || canvas.width === 0) return
    seen.program = keep(seen.program, glimpse(canvas), KEEP_PROGRAM_MS)
    if (element.readyState >= 2 && !element.paused) seen.viewer = keep(seen.viewer, glimpse(element), KEEP_VIEWER_MS)
  }

  function measure(): void {
    const element = video.value
    const buffered = element?.buffered
    bufferMs.value = element && buffered && buffered.length > 0 ? Math.max(0, (buffered.end(buffered.length - 1) - element.currentTime) * 1000) : null
    const { kept, shown } = steady(measured, pictureDelayMs(seen.program, seen.viewer, MOST_DELAY_MS))
    measured = kept
    delayMs.value = shown
    if (element && element.readyState >= 2 && !element.paused) state.value = 'playing'
  }

  async function start(url: string, element: HTMLVideoElement): Promise<void> {
    stop()
    let over = false
    let cancelRetry = () => {}
    let close = () => {}
    stop = () => {
      over = true
      cancelRetry()
      close()
    }
    state.value = 'waiting'
    seen = { program: [], viewer: [] }
    measured = []
    const { playFlv } = await import('../components/rehearsal/flv-player.ts')
    if (over) return
    const player = playFlv(element, url, () => {
      state.value = 'waiting'
      cancelRetry = clock.after(RETRY_MS, () => void start(url, element))
    })
    close = () => player.close()
  }

  watch(
    [() => rehearsal.state.playbackUrl, () => rehearsal.state.publishing, video],
    ([url, publishing, element]) => {
      stop()
      stop = () => {}
      delayMs.value = null
      bufferMs.value = null
      state.value = 'off'
      if (url && publishing && element) void start(url, element)
    },
    { immediate: true },
  )
  const stopLooking = clock.every(GLIMPSE_EVERY_MS, look)
  const stopMeasuring = clock.every(MEASURE_EVERY_MS, measure)
  onScopeDispose(() => {
    stop()
    stopLooking()
    stopMeasuring()
  })

  return { state, delayMs, bufferMs }
}
