import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { LogLine } from '@shared/contracts/logs.ts'
import { useBridge, useClock } from '../../base/given.ts'
import { useNoticesStore } from '../../stores/notices-store.ts'

const PAGE_LINES = 200
/** More than anybody reads, and little for a page to hold. */
export const MAX_LINES = 2000
const FOLLOW_EVERY_MS = 1000
/** Each answer looks through some MB; a search that finds little goes on so many times by itself. */
const MAX_CALLS = 10

/** The end of the log as it grows, and older lines by pages; sifted by level and words. */
export function useLogTail() {
  const { logs } = useBridge()
  const notices = useNoticesStore()
  const clock = useClock()
  const level = ref<LogLine['level']>('info')
  const text = ref('')
  const following = ref(true)
  const lines = shallowRef<readonly LogLine[]>([])
  /** Where older lines begin; null = there are none. */
  const before = ref<string | null>(null)
  const busy = ref(false)
  let run = 0

  /** Answers of a question that is not asked any more are dropped. */
  async function collect(from: string | null): Promise<{ lines: LogLine[]; before: string | null } | null> {
    const mine = ++run
    const found: LogLine[] = []
    let place = from
    for (let calls = 0; calls < MAX_CALLS && found.length < PAGE_LINES; calls++) {
      const answer = await logs.tail({ before: place, limit: PAGE_LINES - found.length, level: level.value, text: text.value.trim() })
      if (mine !== run) return null
      found.unshift(...answer.lines)
      place = answer.before
      if (place === null) break
    }
    return { lines: found, before: place }
  }

  async function refresh(): Promise<void> {
    busy.value = true
    await notices.guard(async () => {
      const end = await collect(null)
      if (end) [lines.value, before.value] = [end.lines, end.before]
    })
    busy.value = false
  }

  /** One look at the end: what was found before stays. */
  async function grow(): Promise<void> {
    const mine = run
    const { lines: end } = await logs.tail({ before: null, limit: PAGE_LINES, level: level.value, text: text.value.trim() })
    const known = new Set(lines.value.map(({ id }) => id))
    const fresh = end.filter(({ id }) => !known.has(id))
    if (mine !== run || fresh.length === 0) return
    const all = [...lines.value, ...fresh]
    lines.value = all.slice(-MAX_LINES)
    if (all.length > MAX_LINES) before.value = lines.value[0]?.id ?? null
  }

  /** What grows below would push away what is looked at. */
  async function older(): Promise<void> {
    if (before.value === null) return
    following.value = false
    busy.value = true
    await notices.guard(async () => {
      const page = await collect(before.value)
      if (page) [lines.value, before.value] = [[...page.lines, ...lines.value].slice(0, MAX_LINES), page.before]
    })
    busy.value = false
  }

  watch([level, text], () => void refresh(), { immediate: true })
  watch(following, (on) => on && void refresh())
  onScopeDispose(clock.every(FOLLOW_EVERY_MS, () => following.value && !busy.value && void grow().catch(() => {})))
  return { level, text, following, lines, before, busy, refresh, older }
}
