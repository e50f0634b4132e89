import { diagnostic, type Performing } from '@shared/diagnostics/diagnostic.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Finding } from '@shared/domain/diagnostics.ts'
import { round } from '../measure/figures.ts'
import { frameTiming } from '../measure/frame-timing.ts'
import { judgeScreen } from '../measure/judge-screen.ts'
import { within } from '../measure/later.ts'
import { stopAll } from '../measure/open-device.ts'
import { LumaEye, readTrack } from '../measure/read-track.ts'
import { DeviceLost } from '../measure/with-device.ts'
import type { DeviceCheckParts } from './device-kinds.ts'

/** Where nobody can answer the picker (headless) the browser's promise never settles; a person may take a while. */
const UNASKED_LIMIT_MS = 8000
const ASKED_LIMIT_MS = 60_000
const WATCH_MS = 2500
const LOOK_EVERY_MS = 250
/** One choice in the picker is enough for the question and for the picture when both are asked together. */
const KEPT_MS = 2000

type ShareCode = 'denied' | 'denied-by-system' | 'not-chosen' | 'needs-gesture' | 'no-answer' | 'busy' | 'unsupported'

/** The screen of the permission check, for as long as the check behind it may want it. */
export class ScreenTurn {
  #kept: { stream: MediaStream; callOff: AbortController } | null = null

  keep(stream: MediaStream, { clock }: Pick<Performing, 'clock'>): void {
    this.drop()
    const callOff = new AbortController()
    this.#kept = { stream, callOff }
    void clock.sleep(KEPT_MS, callOff.signal).then(() => this.drop(), () => {})
  }

  take(): MediaStream | null {
    const kept = this.#kept
    this.#kept = null
    kept?.callOff.abort()
    return kept?.stream.active ? kept.stream : null
  }

  drop(): void {
    const stream = this.take()
    if (stream) stopAll(stream)
  }
}

export const screenPermission = (parts: DeviceCheckParts, turn: ScreenTurn) =>
  diagnostic({
    name: 'screen.permission',
    group: 'screen',
    uses: 'screen',
    timeoutMs: ASKED_LIMIT_MS + 10_000,
    async perform(given) {
      try {
        turn.keep(await openScreen(parts, given), given)
        return { status: 'pass', code: 'granted' }
      } catch (thrown) {
        return cannotShare(thrown, given)
      }
    },
  })

export const screenCapture = (parts: DeviceCheckParts, turn: ScreenTurn) =>
  diagnostic({
    name: 'screen.capture',
    group: 'screen',
    uses: 'screen',
    timeoutMs: ASKED_LIMIT_MS + 20_000,
    async perform(given) {
      let stream: MediaStream
      try {
        stream = turn.take() ?? (await openScreen(parts, given))
      } catch (thrown) {
        return cannotShare(thrown, given)
      }
      try {
        return await watchScreen(stream.getVideoTracks()[0]!, given)
      } catch (thrown) {
        // The user has ended the sharing with the browser's own button.
        if (thrown instanceof DeviceLost && !given.signal.aborted) return { status: 'skipped', code: 'not-chosen', evidence: thrown.message, actions: ['again'] }
        throw thrown
      } finally {
        stopAll(stream)
      }
    },
  })

async function openScreen({ media }: DeviceCheckParts, { clock, signal }: Performing): Promise<MediaStream> {
  if (!('getDisplayMedia' in media)) throw new DOMException('no getDisplayMedia', 'NotSupportedError')
  const limitMs = navigator.userActivation?.isActive ? ASKED_LIMIT_MS : UNASKED_LIMIT_MS
  return within(media.getDisplayMedia({ video: { frameRate: { ideal: 30 } } }), { clock, signal, limitMs }, () => new DOMException('no answer from the picker', 'TimeoutError'), stopAll)
}

function cannotShare(thrown: unknown, { signal }: Performing): Omit<Finding, 'code'> & { code: ShareCode } {
  if (signal.aborted) throw signal.reason
  if (!(thrown instanceof DOMException)) throw StudioError.from(thrown)
  const code = shareCode(thrown)
  const evidence = `${thrown.name}: ${thrown.message}`
  if (code === 'denied-by-system' || code === 'denied') return { status: 'fail', code, evidence, actions: ['open-privacy-settings', 'again'] }
  return { status: code === 'busy' || code === 'unsupported' ? 'fail' : 'skipped', code, evidence, actions: ['again'] }
}

/** W3C Screen Capture §5.1: what the names of getDisplayMedia's failures mean; the words are Chromium's. */
export function shareCode({ name, message }: { name: string; message: string }): ShareCode {
  if (name === 'NotAllowedError' && /by system/i.test(message)) return 'denied-by-system'
  if (name === 'NotAllowedError' && /policy|disallowed/i.test(message)) return 'denied'
  if (name === 'NotAllowedError') return 'not-chosen'
  if (name === 'InvalidStateError') return 'needs-gesture'
  if (name === 'TimeoutError') return 'no-answer'
  if (name === 'NotSupportedError') return 'unsupported'
  return 'busy'
}

async function watchScreen(track: MediaStreamTrack, given: Performing) {
  const eye = new LumaEye(160, 90)
  const stampsMs: number[] = []
  let [brightest, lookedMs] = [0, -Infinity]
  let got = { width: 0, height: 0 }
  await readTrack('video', track, { ...given, forMs: WATCH_MS }, (frame, arrivedMs) => {
    stampsMs.push(frame.timestamp / 1000)
    got = { width: frame.displayWidth, height: frame.displayHeight }
    if (arrivedMs - lookedMs < LOOK_EVERY_MS) return
    lookedMs = arrivedMs
    brightest = Math.max(brightest, ...eye.look(frame))
    given.progress(0.5, { fps: round(frameTiming(stampsMs).fps, 1), ...got })
  })
  return judgeScreen({ ...got, timing: frameTiming(stampsMs), brightest })
}
