import type { Source, SourceOf } from '@shared/domain/source.ts'
import { mediaError, mediaFailure } from './media-failure.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

/** Where nobody can answer the picker (headless) the browser's promise never settles. */
const UNASKED_TIMEOUT_MS = 8_000
/** A person may take a while over the picker. */
const ASKED_TIMEOUT_MS = 180_000

export interface ScreenRunner extends SourceRunner {
  /** Opens the picker; rejects with a StudioError when nothing was chosen. */
  choose(): Promise<void>
}

/**
 * A screen or window, with its sound where the platform gives it. At the start it is asked for at once, which works where the
 * host answers by itself; elsewhere the browser refuses without a gesture, and the source waits as `ended` to be chosen.
 */
export function startScreen(initial: SourceOf<'screen'>, context: SourceContext): ScreenRunner {
  let source = initial
  let stream: MediaStream | null = null
  let run = 0

  const release = (): void => {
    run++
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = null
  }

  const open = async (timeoutMs: number): Promise<void> => {
    const mine = run
    const opened = await withTimeout(
      context.devices.getDisplayMedia({
        video: { frameRate: { ideal: source.frameRate, max: source.frameRate }, ...(source.surface ? { displaySurface: source.surface } : {}) },
        audio: source.withAudio && { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      }),
      timeoutMs,
      context,
    )
    if (mine !== run) return stopAll(opened)
    release()
    const current = run
    stream = opened
    const picture = opened.getVideoTracks()[0]
    picture?.addEventListener('ended', () => {
      if (current === run) lose('ended', 'sharing was stopped')
    })
    if (picture) context.pictures.feed(source.id, picture)
    const hasAudio = opened.getAudioTracks().length > 0
    if (hasAudio) context.sound.setSource(source.id, { kind: 'stream', stream: opened }, context.strip(source.id))
    context.tell(source.id, { condition: 'active', label: picture?.label ?? '', hasAudio })
  }

  const lose = (condition: ReturnType<typeof mediaFailure>['condition'], evidence: string): void => {
    release()
    context.pictures.away(source.id)
    context.sound.remove(source.id)
    context.tell(source.id, { condition, evidence })
  }

  const tryUnasked = async (): Promise<void> => {
    context.tell(source.id, { condition: 'starting' })
    await open(UNASKED_TIMEOUT_MS).catch((error: unknown) => {
      const failure = mediaFailure(error)
      if (!stream) lose(failure.condition, failure.evidence)
    })
  }

  void tryUnasked()
  return {
    update(next: Source) {
      if (next.kind !== 'screen' || next.withAudio !== source.withAudio) return false
      if (next.frameRate !== source.frameRate) {
        stream?.getVideoTracks()[0]?.applyConstraints({ frameRate: { ideal: next.frameRate, max: next.frameRate } }).catch(() => {})
      }
      source = next
      return true
    },
    restart: tryUnasked,
    async choose() {
      try {
        await open(ASKED_TIMEOUT_MS)
      } catch (error) {
        const failure = mediaFailure(error)
        if (!stream) lose(failure.condition, failure.evidence)
        throw mediaError(error)
      }
    },
    onDevices() {},
    stop() {
      release()
      context.sound.remove(source.id)
    },
  }
}

function withTimeout(asked: Promise<MediaStream>, timeoutMs: number, context: Pick<SourceContext, 'clock'>): Promise<MediaStream> {
  return new Promise((resolve, reject) => {
    let late = false
    const callOff = context.clock.after(timeoutMs, () => {
      late = true
      reject(new DOMException('no answer from the picker', 'TimeoutError'))
    })
    asked.then(
      (stream) => {
        callOff()
        if (late) stopAll(stream)
        else resolve(stream)
      },
      (error: unknown) => {
        callOff()
        reject(error)
      },
    )
  })
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
