import { StudioError } from '@shared/domain/errors.ts'
import type { Source, SourceOf } from '@shared/domain/source.ts'
import { mediaFailure } from './media-failure.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

/** Typing an address should not load each of its beginnings. */
const SETTLE_MS = 800

/** A web page that the host draws out of sight. */
export function startWebPage(initial: SourceOf<'web-page'>, context: SourceContext): SourceRunner {
  let source = initial
  let stream: MediaStream | null = null
  let run = 0
  let stopped = false
  let callOff = (): void => {}

  const release = (): void => {
    run++
    callOff()
    for (const track of stream?.getTracks() ?? []) track.stop()
    if (stream) context.webPages?.close(source.id)
    stream = null
  }

  const lose = (condition: ReturnType<typeof mediaFailure>['condition'], evidence: string): void => {
    release()
    context.pictures.away(source.id)
    context.tell(source.id, { condition, evidence })
  }

  const open = async (): Promise<void> => {
    release()
    const mine = run
    if (!context.webPages) return lose('missing', 'this window cannot draw web pages')
    if (source.address === '') return lose('missing', '')
    context.tell(source.id, { condition: 'starting' })
    try {
      const opened = await context.webPages.open(source)
      if (mine !== run) {
        for (const track of opened.getTracks()) track.stop()
        // A later one takes its place in the host; a source that is gone leaves nothing behind.
        if (stopped) context.webPages.close(source.id)
        return
      }
      stream = opened
      const track = opened.getVideoTracks()[0]
      track?.addEventListener('ended', () => {
        if (mine === run) lose('ended', 'the page has gone')
      })
      if (track) context.pictures.feed(source.id, track)
      context.tell(source.id, { condition: 'active', label: source.address })
    } catch (error) {
      const { condition, evidence } = mediaFailure(error)
      if (mine === run) lose(error instanceof StudioError && error.reason === 'not-found' ? 'missing' : condition, evidence)
    }
  }

  void open()
  return {
    update(next: Source) {
      if (next.kind !== 'web-page') return false
      const before = source
      source = next
      if (samePage(before, next)) return true
      callOff()
      callOff = context.clock.after(SETTLE_MS, () => void open())
      return true
    },
    restart: open,
    onDevices() {},
    stop() {
      stopped = true
      release()
    },
  }
}

const samePage = (a: SourceOf<'web-page'>, b: SourceOf<'web-page'>): boolean =>
  a.address === b.address && a.width === b.width && a.height === b.height && a.frameRate === b.frameRate && a.css === b.css
