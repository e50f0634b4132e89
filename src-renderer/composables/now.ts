import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import { useClock } from '../base/given.ts'

/** Wall time that moves on by itself, for countdowns and running times. */
export function useNow(everyMs: number): Ref<number> {
  const clock = useClock()
  const now = ref(clock.now())
  onScopeDispose(clock.every(everyMs, () => (now.value = clock.now())))
  return now
}

/** 1:02:03, or 02:03 under an hour. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`
}
