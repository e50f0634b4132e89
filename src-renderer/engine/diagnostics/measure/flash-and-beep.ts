import { later, type Sleeper } from './later.ts'

/** Once a second: sound and picture may then be half a second apart and are still told from the next pair. */
export const PERIOD_MS = 1000
/** Longer than a frame of the slowest camera, and long enough for its light control not to swallow it. */
export const FLASH_MS = 160
const BEEP_SECONDS = 0.12
export const BEEP_HZ = 1000
/** The screen shows what it is told a frame later, at 60 Hz. */
const SCREEN_MS = 16

/**
 * Flashes and beeps together until called off: beeps are placed on the context's own clock, and each flash is shown when its beep comes out of
 * the loudspeaker, as far as the system tells its delay. Returns how to stop; the context stays open.
 */
export function flashAndBeep(context: AudioContext, show: (bright: boolean) => void, clock: Sleeper): () => void {
  let stopped = false
  let callOff = (): void => {}
  const volume = new GainNode(context, { gain: 0.3 })
  volume.connect(context.destination)

  const ring = (beepAt: number): void => {
    if (stopped) return
    const tone = new OscillatorNode(context, { frequency: BEEP_HZ })
    tone.connect(volume)
    tone.start(beepAt)
    tone.stop(beepAt + BEEP_SECONDS)
    const waitMs = (beepAt - context.currentTime + (context.outputLatency || context.baseLatency)) * 1000 - SCREEN_MS
    callOff = later(clock, Math.max(0, waitMs), () => {
      show(true)
      callOff = later(clock, FLASH_MS, () => {
        show(false)
        // Well before the next beep, so that a busy page does not make it late.
        callOff = later(clock, PERIOD_MS / 4, () => ring(Math.max(beepAt + PERIOD_MS / 1000, context.currentTime + 0.1)))
      })
    })
  }
  show(false)
  ring(context.currentTime + PERIOD_MS / 1000)
  return () => {
    stopped = true
    callOff()
    show(false)
    volume.disconnect()
  }
}
