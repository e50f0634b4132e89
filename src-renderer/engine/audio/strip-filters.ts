import type { SoundFilter } from '@shared/domain/sound-filter.ts'
import { type Stage, shapeOf, stagesOf } from './chain-stages.ts'
import { Crossfader, type Lane } from './crossfader.ts'
import { isKernelFilter } from './filters/open-kernel.ts'
import type { MakeSuppressor, NoiseSuppressors } from './noise-suppressors.ts'
import { CHAIN, type ChainMessage, type ChainOptions, type ChainReductions, STOP } from './worklet/processor-names.ts'

/** A suppressor is silent until its WebAssembly is compiled; the sound goes on without it for so long. */
const SUPPRESSOR_START_S = 0.5

export interface FilterParts {
  context: AudioContext
  suppressors: NoiseSuppressors
  /** Settled once the context knows the chain processor. */
  worklet: Promise<unknown>
  /** A source's sound as a key, whether it is there yet or not. */
  keyOf(sourceId: string): AudioNode
  /** A suppressor could not be loaded, so the sound goes on without it. */
  onFailure(evidence: string): void
}

/**
 * A strip's filters between its input and its delay. Other settings go to the running processors; another list, order or key is
 * built beside the old one, which is faded out.
 */
export class StripFilters {
  readonly #fader: Crossfader
  #shape = shapeOf([])
  #nodes: readonly AudioWorkletNode[] = []
  #run = 0
  #filters: readonly SoundFilter[] = []
  readonly #watchers = new Set<(reductions: ChainReductions) => void>()
  #closed = false

  constructor(private readonly parts: FilterParts) {
    this.#fader = new Crossfader(parts.context)
  }

  get input(): AudioNode {
    return this.#fader.input
  }

  get output(): AudioNode {
    return this.#fader.output
  }

  set(filters: readonly SoundFilter[]): void {
    this.#filters = filters
    const stages = stagesOf(filters)
    const shape = shapeOf(stages)
    if (shape !== this.#shape) {
      this.#shape = shape
      void this.#rebuild(stages)
    } else for (const node of this.#nodes) tell(node, { filters: filters.filter(isKernelFilter) })
  }

  /** How many dB each filter takes away, 20 times a second; returns how to stop. */
  watch(handler: (reductions: ChainReductions) => void): () => void {
    this.#watchers.add(handler)
    this.#tellWatched()
    return () => {
      this.#watchers.delete(handler)
      this.#tellWatched()
    }
  }

  close(): void {
    this.#closed = true
    this.#run++
    this.#fader.close()
  }

  async #rebuild(stages: readonly Stage[]): Promise<void> {
    const mine = ++this.#run
    await this.parts.worklet
    const makers = await Promise.all(stages.map((each) => (each.kind === 'suppressor' ? this.#load(each) : null)))
    if (mine !== this.#run || this.#closed) return
    const nodes: AudioWorkletNode[] = []
    const lanes = stages.flatMap((each, i): Lane[] => {
      const made = makers[i]?.()
      if (made) return [{ first: made.node, last: made.node, close: made.close }]
      if (each.kind === 'suppressor') return []
      const node = this.#kernels(each)
      nodes.push(node)
      return [{ first: node, last: node, close: () => this.#unwire(node, each.keys) }]
    })
    this.#nodes = nodes
    this.#tellWatched()
    // Settings may have changed while the model was being loaded.
    for (const node of this.#nodes) tell(node, { filters: this.#filters.filter(isKernelFilter) })
    this.#fader.swap(inRow(lanes), makers.some(Boolean) ? SUPPRESSOR_START_S : 0)
  }

  async #load(stage: Extract<Stage, { kind: 'suppressor' }>): Promise<MakeSuppressor | null> {
    try {
      return await this.parts.suppressors.load(stage.strength)
    } catch (error) {
      this.parts.onFailure(error instanceof Error ? error.message : String(error))
      return null
    }
  }

  #kernels({ filters, keys }: Extract<Stage, { kind: 'kernels' }>): AudioWorkletNode {
    const node = new AudioWorkletNode(this.parts.context, CHAIN, {
      numberOfInputs: 1 + keys.length, outputChannelCount: [2], channelCount: 2, channelCountMode: 'clamped-max',
      processorOptions: { filters, keys } satisfies ChainOptions,
    })
    for (const [i, id] of keys.entries()) this.parts.keyOf(id).connect(node, 0, i + 1)
    node.port.addEventListener('message', (event: MessageEvent<ChainReductions>) => {
      for (const handler of this.#watchers) handler(event.data)
    })
    node.port.start()
    return node
  }

  #unwire(node: AudioWorkletNode, keys: readonly string[]): void {
    for (const id of keys) this.parts.keyOf(id).disconnect(node)
    node.port.postMessage(STOP)
  }

  #tellWatched(): void {
    for (const node of this.#nodes) tell(node, { watched: this.#watchers.size > 0 })
  }
}

const tell = (node: AudioWorkletNode, message: ChainMessage): void => node.port.postMessage(message)

/** Several ways one after the other; null = none, a plain wire. */
function inRow(lanes: readonly Lane[]): Lane | null {
  const [first, last] = [lanes[0], lanes.at(-1)]
  if (!first || !last) return null
  for (const [i, lane] of lanes.entries()) if (i > 0) lanes[i - 1]!.last.connect(lane.first)
  return {
    first: first.first,
    last: last.last,
    close() {
      for (const lane of lanes) {
        lane.last.disconnect()
        lane.close()
      }
    },
  }
}
