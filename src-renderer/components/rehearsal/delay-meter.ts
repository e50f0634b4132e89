import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import { useClock } from '../../base/given.ts'
import { usePreviewCanvas } from '../../composables/preview-canvas.ts'
import { GLIMPSE_SIZE, lumaOf, pictureDelayMs, steady } from './picture-delay.ts'
import type { Glimpse } from './picture-delay.ts'

const GLIMPSE_EVERY_MS = 40
const KEEP_PROGRAM_MS = 10_000
const KEEP_VIEWER_MS = 3000
const MEASURE_EVERY_MS = 1000
const MOST_DELAY_MS = 6500

/**
 * Measures how far what is played in `video` is behind the program, by comparing pictures; null while that cannot be told.
 * `onMeasure` is called with each measurement while something plays; `forget` starts anew with another stream.
 */
export function useDelayMeter(video: Ref<HTMLVideoElement | null>, onMeasure: (element: HTMLVideoElement | null, playing: boolean) => void = () => {}) {
  const clock = useClock()
  const program = usePreviewCanvas()
  const delayMs = ref<number | null>(null)
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
    if (plays(element)) seen.viewer = keep(seen.viewer, glimpse(element), KEEP_VIEWER_MS)
  }

  function measure(): void {
    const element = video.value
    const { kept, shown } = steady(measured, pictureDelayMs(seen.program, seen.viewer, MOST_DELAY_MS))
    measured = kept
    delayMs.value = shown
    onMeasure(element, element !== null && plays(element))
  }

  function forget(): void {
    seen = { program: [], viewer: [] }
    measured = []
    delayMs.value = null
  }

  const stopLooking = clock.every(GLIMPSE_EVERY_MS, look)
  const stopMeasuring = clock.every(MEASURE_EVERY_MS, measure)
  onScopeDispose(() => {
    stopLooking()
    stopMeasuring()
  })
  return { delayMs, forget }
}

const plays = (element: HTMLVideoElement): boolean => element.readyState >= 2 && !element.paused
