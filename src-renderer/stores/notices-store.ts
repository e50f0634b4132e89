import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Notice } from '@shared/contracts/studio.ts'
import { type Reason, StudioError } from '@shared/domain/errors.ts'
import { useBridge, useClock } from '../base/given.ts'

/** More than this and the oldest of our own go. */
const MAX_LOCAL_NOTICES = 5

/** A second click, or what is so already: an answer, and no error. */
const ANSWERS: ReadonlySet<Reason> = new Set(['too-soon', 'already-live', 'already-recording', 'not-recording'])

/** Things the user should know that belong to no destination: main's notices, and calls of ours that failed. */
export const useNoticesStore = defineStore('notices', () => {
  const bridge = useBridge()
  const clock = useClock()
  const fromMain = ref<Notice[]>([])
  const local = ref<Notice[]>([])
  const all = computed(() => [...fromMain.value, ...local.value])

  bridge.studio.watch('notices', (next) => {
    fromMain.value = next
  })

  /** Shows a failure; the same one again only moves to the end. */
  function tell(thrown: unknown, asked?: Notice['level']): void {
    const { reason, evidence } = StudioError.from(thrown)
    const level = asked ?? (ANSWERS.has(reason) ? 'info' : 'error')
    const others = local.value.filter((each) => each.reason !== reason || each.evidence !== evidence)
    local.value = [...others, { id: `local-${clock.newId()}`, level, reason, evidence, atMs: clock.now() }].slice(-MAX_LOCAL_NOTICES)
  }

  async function dismiss(noticeId: string): Promise<void> {
    if (local.value.some((each) => each.id === noticeId)) {
      local.value = local.value.filter((each) => each.id !== noticeId)
      return
    }
    await guard(() => bridge.studio.dismissNotice({ noticeId }))
  }

  /** Does something for the user; a failure is shown instead of thrown, and the answer is then undefined. */
  async function guard<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act()
    } catch (thrown) {
      tell(thrown)
      return undefined
    }
  }

  return { all, tell, dismiss, guard }
})
