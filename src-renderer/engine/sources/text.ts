import { timeLeftMs } from '@shared/domain/countdown.ts'
import type { Source, SourceOf } from '@shared/domain/source.ts'
import { formatClock, formatLeft, untilNextSecondMs } from './clock-text.ts'
import { type DrawText, drawText } from './draw-text.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

type Texting = SourceOf<'text'> | SourceOf<'countdown'>

/** A text, a clock, a file's words or a countdown: drawn anew only when what it says or how it looks changes. */
export function startText(initial: Texting, context: SourceContext, draw: DrawText = drawText): SourceRunner {
  let source = initial
  let run = 0
  let stopped = false
  let drawn = ''
  let words: string | null = null
  let callOff = (): void => {}
  let unfollow = (): void => {}
  const scrollsSinceUs = context.clock.wallUs()

  /** Says what it says now, and comes back when that may have changed. */
  const show = async (): Promise<void> => {
    callOff()
    if (stopped) return
    const nowMs = context.clock.wallUs() / 1000
    const says = wordsAt(source, nowMs, words)
    if (says === null) return
    if (follows(source)) callOff = context.clock.after(nextLookMs(source, nowMs), () => void show())
    const look = JSON.stringify([says, source], (key, value: unknown) => (UNSEEN.has(key) ? undefined : value))
    if (look === drawn) return
    drawn = look
    const mine = ++run
    try {
      const scroll = source.kind === 'text' && source.scroll?.speed ? source.scroll : undefined
      const { bitmap, opaque } = await draw(says, source, { scroll, still: follows(source) })
      if (mine !== run) return bitmap.close()
      if (scroll) context.pictures.scroll(source.id, bitmap, { opaque, direction: scroll.direction, speed: scroll.speed, boxPx: scroll.boxPx, sinceUs: scrollsSinceUs })
      else context.pictures.still(source.id, bitmap, opaque)
      context.tell(source.id, { condition: 'active' })
    } catch (error) {
      if (mine !== run) return
      drawn = ''
      context.pictures.away(source.id)
      context.tell(source.id, { condition: 'failed', evidence: error instanceof Error ? error.message : String(error) })
    }
  }

  const follow = (): void => {
    unfollow()
    unfollow = (): void => {}
    words = null
    const path = pathOf(source)
    if (path === null) return
    unfollow = context.textFiles.follow(path, (file) => {
      words = file.text
      if (file.text !== null) return void show()
      run++
      drawn = ''
      context.pictures.away(source.id)
      context.tell(source.id, { condition: file.problem === 'permission-denied' ? 'denied' : 'missing', evidence: path })
    })
  }

  context.tell(source.id, { condition: 'starting' })
  follow()
  void show()
  return {
    update(next: Source) {
      if (next.kind !== source.kind) return false
      const before = source
      source = next as Texting
      if (pathOf(before) !== pathOf(source)) follow()
      void show()
      return true
    },
    async restart() {
      drawn = ''
      follow()
      await show()
    },
    onDevices() {},
    stop() {
      stopped = true
      run++
      callOff()
      unfollow()
    },
  }
}

const pathOf = (source: Texting): string | null => (source.kind === 'text' && source.from?.kind === 'file' ? source.from.path : null)

/** What may change without another look. */
const UNSEEN = new Set(['name', 'startedAtMs', 'leftMs', 'durationMs', 'untilMs', 'endText'])

/** Whether what it says depends on the time. */
const follows = (source: Texting): boolean => source.kind === 'countdown' || source.from?.kind === 'clock'

/** null = not known yet. */
function wordsAt(source: Texting, nowMs: number, fromFile: string | null): string | null {
  if (source.kind === 'text') return source.from?.kind === 'clock' ? formatClock(source.from.format, nowMs) : source.from ? fromFile : source.text
  const leftMs = timeLeftMs(source, nowMs)
  return leftMs <= 0 && source.endText !== '' ? source.endText : formatLeft(leftMs)
}

/** A countdown changes at full seconds of what is left, a clock at full seconds of the day. */
function nextLookMs(source: Texting, nowMs: number): number {
  if (source.kind !== 'countdown') return untilNextSecondMs(nowMs)
  const leftMs = timeLeftMs(source, nowMs)
  return leftMs <= 0 ? 1000 : (leftMs - 1) % 1000 + 1
}
