import type { Strip } from '@shared/domain/strip.ts'
import { gainOf } from './levels.ts'
import { ramp } from './ramp.ts'
import { type FilterParts, StripFilters } from './strip-filters.ts'
import { deskHears, heard, panFactors } from './strip-levels.ts'
import { SyncDelay } from './sync-delay.ts'
import { BEEP, STOP } from './worklet/processor-names.ts'

export type SoundInput = { kind: 'stream'; stream: MediaStream } | { kind: 'beep' }

/** What a strip cannot know of itself. */
export interface StripSituation {
  /** One of the program's sources. */
  mixed: boolean
  /** Its push-to-talk or push-to-mute is held. */
  held: boolean
  anySolo: boolean
  /** By how much all sounds are held back, ms. */
  holdBackMs: number
}

export interface StripParts extends FilterParts {
  program: AudioNode
  /** What is heard at the desk. */
  desk: AudioNode
}

const STEREO: GainOptions = { channelCount: 2, channelCountMode: 'explicit' }

/**
 * One source's way: input → filters → sync delay → fader → pan → (meter) → mute → program, single streams, keys.
 * The desk listens after the pan, before the mute.
 */
export class MixerStrip {
  readonly #context: AudioContext
  readonly #filters: StripFilters
  readonly #delay: SyncDelay
  readonly #fader: GainNode
  readonly #left: GainNode
  readonly #right: GainNode
  readonly #panned: ChannelMergerNode
  readonly #mute: GainNode
  readonly #toProgram: GainNode
  readonly #toDesk: GainNode
  #input: SoundInput | null = null
  #node: AudioNode | null = null
  /** Gains as they were last asked for, so that only what changes moves. */
  readonly #gains = new Map<AudioParam, number>()

  constructor(parts: StripParts, strip: Strip, situation: StripSituation) {
    const { context } = parts
    this.#context = context
    this.#filters = new StripFilters(parts)
    this.#delay = new SyncDelay(context)
    const gain = (value: number): GainNode => {
      const node = new GainNode(context, { ...STEREO, gain: value })
      this.#gains.set(node.gain, value)
      return node
    }
    const [left, right] = panFactors(strip.pan ?? 0)
    const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 })
    this.#panned = new ChannelMergerNode(context, { numberOfInputs: 2 })
    this.#fader = gain(gainOf(strip.volumeDb))
    this.#left = new GainNode(context, { gain: left })
    this.#right = new GainNode(context, { gain: right })
    this.#gains.set(this.#left.gain, left).set(this.#right.gain, right)
    this.#mute = gain(heard(strip, situation.held) ? 1 : 0)
    this.#toProgram = gain(situation.mixed ? 1 : 0)
    this.#toDesk = gain(0)
    this.#filters.output.connect(this.#delay.input)
    this.#delay.output.connect(this.#fader).connect(splitter)
    splitter.connect(this.#left, 0).connect(this.#panned, 0, 0)
    splitter.connect(this.#right, 1).connect(this.#panned, 0, 1)
    this.#panned.connect(this.#mute).connect(this.#toProgram).connect(parts.program)
    this.#panned.connect(this.#toDesk).connect(parts.desk)
    this.set(strip, situation)
  }

  /** What the device gives, before anything is done to it. */
  get inputTap(): AudioNode {
    return this.#filters.input
  }

  /** Where the strip's meter listens: after fader and pan, before the mute. */
  get meterTap(): AudioNode {
    return this.#panned
  }

  /** Sounds in this mix as well, as loud as in the program, whether or not it is in the program. */
  join(mix: AudioNode): void {
    this.#mute.connect(mix)
  }

  leave(mix: AudioNode): void {
    this.#mute.disconnect(mix)
  }

  set(strip: Strip, situation: StripSituation): void {
    const sounds = heard(strip, situation.held)
    const [left, right] = panFactors(strip.pan ?? 0)
    this.#move(this.#fader.gain, gainOf(strip.volumeDb))
    this.#move(this.#left.gain, left)
    this.#move(this.#right.gain, right)
    this.#move(this.#mute.gain, sounds ? 1 : 0)
    this.#move(this.#toProgram.gain, situation.mixed ? 1 : 0)
    this.#move(this.#toDesk.gain, deskHears(strip, { anySolo: situation.anySolo, sounds }) ? 1 : 0)
    this.#delay.set((strip.syncOffsetMs ?? 0) + situation.holdBackMs)
    this.#filters.set(strip.filters ?? [])
  }

  watchReductions(handler: Parameters<StripFilters['watch']>[0]): () => void {
    return this.#filters.watch(handler)
  }

  /** `workletIsReady`: whether the context knows the beep already; if not, `workletReady` will start it. */
  play(input: SoundInput, workletIsReady: boolean): void {
    if (this.#input && sameInput(this.#input, input)) return
    this.#release()
    this.#input = input
    if (input.kind === 'stream') {
      // A stream that lost its sound tracks is silence until the source comes back with others.
      if (input.stream.getAudioTracks().length > 0) this.#connect(new MediaStreamAudioSourceNode(this.#context, { mediaStream: input.stream }))
    } else if (workletIsReady) this.workletReady()
  }

  workletReady(): void {
    if (this.#input?.kind !== 'beep' || this.#node) return
    this.#connect(new AudioWorkletNode(this.#context, BEEP, { numberOfInputs: 0, outputChannelCount: [1] }))
  }

  close(): void {
    this.#release()
    this.#filters.close()
    this.#delay.close()
    for (const node of [this.#fader, this.#left, this.#right, this.#panned, this.#mute, this.#toProgram, this.#toDesk]) node.disconnect()
  }

  #release(): void {
    this.#node?.disconnect()
    if (this.#node instanceof AudioWorkletNode) this.#node.port.postMessage(STOP)
    this.#node = null
  }

  #connect(node: AudioNode): void {
    this.#node = node
    node.connect(this.#filters.input)
  }

  #move(gain: AudioParam, to: number): void {
    if (this.#gains.get(gain) === to) return
    this.#gains.set(gain, to)
    ramp(this.#context, gain, to)
  }
}

function sameInput(a: SoundInput, b: SoundInput): boolean {
  return a.kind === 'stream' ? b.kind === 'stream' && a.stream === b.stream : b.kind === 'beep'
}
