import type { MixerStrip } from './mixer-strip.ts'
import { TAP, type TapTarget } from './worklet/processor-names.ts'

/** Some of the strips mixed for themselves, beside the program, with a tap of their own. Without any it is silence. */
export class GroupBus {
  readonly #bus: GainNode
  #tap: AudioWorkletNode | null = null
  #waitingPort: MessagePort | null
  #sources: ReadonlySet<string>

  constructor(
    private readonly context: BaseAudioContext,
    sourceIds: readonly string[],
    port: MessagePort,
  ) {
    this.#bus = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' })
    this.#sources = new Set(sourceIds)
    this.#waitingPort = port
  }

  /** What is to be heard besides. */
  get input(): AudioNode {
    return this.#bus
  }

  /** The context knows the tap now. */
  workletReady(): void {
    const port = this.#waitingPort
    if (this.#tap || !port) return
    this.#waitingPort = null
    this.#tap = new AudioWorkletNode(this.context, TAP, { numberOfOutputs: 1, channelCount: 2, channelCountMode: 'explicit' })
    this.#bus.connect(this.#tap).connect(this.context.destination)
    this.#tap.port.postMessage({ port } satisfies TapTarget, [port])
  }

  setSources(sourceIds: readonly string[], strips: ReadonlyMap<string, MixerStrip>): void {
    const before = this.#sources
    this.#sources = new Set(sourceIds)
    for (const [id, strip] of strips) {
      if (before.has(id) && !this.#sources.has(id)) strip.leave(this.#bus)
      if (!before.has(id)) this.take(id, strip)
    }
  }

  /** A strip that is there now, taken in if it is one of the group's. */
  take(sourceId: string, strip: MixerStrip): void {
    if (this.#sources.has(sourceId)) strip.join(this.#bus)
  }

  close(strips: ReadonlyMap<string, MixerStrip>): void {
    for (const [id, strip] of strips) if (this.#sources.has(id)) strip.leave(this.#bus)
    this.#waitingPort?.close()
    this.#waitingPort = null
    this.#tap?.port.postMessage({ port: null } satisfies TapTarget)
    this.#tap?.disconnect()
    this.#bus.disconnect()
  }
}
