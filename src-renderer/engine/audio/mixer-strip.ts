import type { Strip } from '@shared/domain/strip.ts'
import { gainOf } from './levels.ts'
import { BEEP, STOP } from './worklet/processor-names.ts'

export type SoundInput = { kind: 'stream'; stream: MediaStream } | { kind: 'beep' }

/** Gains move over this time: too short to notice, long enough not to click. */
const RAMP_S = 0.02

/** One source's way into the mix: input → fader → (meter) → mute → program. */
export class MixerStrip {
  readonly #context: BaseAudioContext
  readonly #fader: GainNode
  readonly #mute: GainNode
  #input: SoundInput | null = null
  #node: AudioNode | null = null
  #strip: Strip

  constructor(context: AudioContext, program: AudioNode, strip: Strip) {
    this.#context = context
    this.#strip = strip
    this.#fader = new GainNode(context, { gain: gainOf(strip.volumeDb) })
    this.#mute = new GainNode(context, { gain: strip.muted ? 0 : 1 })
    this.#fader.connect(this.#mute).connect(program)
  }

  /** Where the strip's meter listens: after the fader, before the mute. */
  get meterTap(): AudioNode {
    return this.#fader
  }

  /** Sounds in this mix as well, as loud as in the program. */
  join(mix: AudioNode): void {
    this.#mute.connect(mix)
  }

  leave(mix: AudioNode): void {
    this.#mute.disconnect(mix)
  }

  set(strip: Strip): void {
    if (strip.volumeDb !== this.#strip.volumeDb) this.#ramp(this.#fader.gain, gainOf(strip.volumeDb))
    if (strip.muted !== this.#strip.muted) this.#ramp(this.#mute.gain, strip.muted ? 0 : 1)
    this.#strip = strip
  }

  /** `workletIsReady`: whether the context knows the beep already; if not, `workletReady` will start it. */
  play(input: SoundInput, workletIsReady: boolean): void {
    if (this.#input && sameInput(this.#input, input)) return
    this.#release()
    this.#input = input
    if (input.kind === 'stream') {
      // A stream that lost its sound tracks is silence until the source comes back with others.
      if (input.stream.getAudioTracks().length > 0) this.#connect(new MediaStreamAudioSourceNode(this.#context as AudioContext, { mediaStream: input.stream }))
    } else if (workletIsReady) this.workletReady()
  }

  workletReady(): void {
    if (this.#input?.kind !== 'beep' || this.#node) return
    this.#connect(new AudioWorkletNode(this.#context, BEEP, { numberOfInputs: 0, outputChannelCount: [1] }))
  }

  close(): void {
    this.#release()
    this.#fader.disconnect()
    this.#mute.disconnect()
  }

  #release(): void {
    this.#node?.disconnect()
    if (this.#node instanceof AudioWorkletNode) this.#node.port.postMessage(STOP)
    this.#node = null
  }

  #connect(node: AudioNode): void {
    this.#node = node
    node.connect(this.#fader)
  }

  #ramp(gain: AudioParam, to: number): void {
    const now = this.#context.currentTime
    gain.cancelScheduledValues(now)
    gain.setValueAtTime(gain.value, now)
    gain.linearRampToValueAtTime(to, now + RAMP_S)
  }
}

function sameInput(a: SoundInput, b: SoundInput): boolean {
  return a.kind === 'stream' ? b.kind === 'stream' && a.stream === b.stream : b.kind === 'beep'
}
