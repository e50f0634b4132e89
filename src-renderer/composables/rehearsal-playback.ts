import { onScopeDispose, ref, watch } from 'vue'
import type { Ref } from 'vue'
import { useClock } from '../base/given.ts'
import { useDelayMeter } from '../components/rehearsal/delay-meter.ts'
import { useRehearsalStore } from '../stores/rehearsal-store.ts'

const RETRY_MS = 1000

export type PlaybackState = 'off' | 'waiting' | 'playing'

/** Plays the rehearsal in `video` for as long as it is published, and measures how far behind it is. */
export function useRehearsalPlayback(video: Ref<HTMLVideoElement | null>) {
  const rehearsal = useRehearsalStore()
  const clock = useClock()
  const state = ref<PlaybackState>('off')
  const bufferMs = ref<number | null>(null)
  const { delayMs, forget } = useDelayMeter(video, (element, playing) => {
    const buffered = element?.buffered
    bufferMs.value = element && buffered && buffered.length > 0 ? Math.max(0, (buffered.end(buffered.length - 1) - element.currentTime) * 1000) : null
    if (playing) state.value = 'playing'
  })
  let stop = () => {}

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
    forget()
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
      forget()
      bufferMs.value = null
      state.value = 'off'
      if (url && publishing && element) void start(url, element)
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())

  return { state, delayMs, bufferMs }
}
