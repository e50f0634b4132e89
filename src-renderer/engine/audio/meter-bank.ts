import type { MeterFrame } from '../engine.types.ts'
import { dbfsOf, SILENCE_DB } from './levels.ts'
import { METER, type MeterReading, STOP } from './worklet/processor-names.ts'

/** Inputs of a meter node are fixed when it is made; a fuller mixer gets a larger one. */
const METER_INPUTS = 8
const PROGRAM = 'program'

/** One meter node for every strip, and for the program where there is one. */
export class MeterBank {
  readonly #taps = new Map<string, AudioNode>()
  #node: AudioWorkletNode | null = null
  /** Which strip each input of the node reads. */
  #inputs: (string | null)[] = []

  constructor(
    private readonly context: AudioContext,
    program: AudioNode | null,
    private readonly onMeters: (meters: MeterFrame) => void,
  ) {
    if (program) this.#taps.set(PROGRAM, program)
    // A context that stands says nothing more: its meters fall to silence rather than freeze.
    context.addEventListener('statechange', () => {
      if (context.state !== 'running') onMeters(Object.fromEntries(this.#inputs.filter((id) => id !== null).map((id) => [id, { peakDbfs: SILENCE_DB, rmsDbfs: SILENCE_DB }])))
    })
  }

  workletReady(): void {
    this.#rebuild()
  }

  add(id: string, tap: AudioNode): void {
    this.#taps.set(id, tap)
    if (!this.#node) return
    const free = this.#inputs.indexOf(null)
    if (free < 0) return this.#rebuild()
    this.#inputs[free] = id
    tap.connect(this.#node, 0, free)
  }

  /** The strip's nodes are disconnected by itself. */
  remove(id: string): void {
    this.#taps.delete(id)
    const input = this.#inputs.indexOf(id)
    if (input >= 0) this.#inputs[input] = null
  }

  close(): void {
    this.#node?.disconnect()
    this.#node?.port.postMessage(STOP)
    this.#node = null
  }

  #rebuild(): void {
    this.close()
    const size = METER_INPUTS * Math.max(1, Math.ceil(this.#taps.size / METER_INPUTS))
    const node = new AudioWorkletNode(this.context, METER, { numberOfInputs: size, numberOfOutputs: 1 })
    this.#node = node
    node.port.addEventListener('message', (event: MessageEvent<MeterReading>) => this.onMeters(this.#frameOf(event.data)))
    node.port.start()
    node.connect(this.context.destination)
    this.#inputs = [...this.#taps.keys()]
    for (const [i, tap] of [...this.#taps.values()].entries()) tap.connect(node, 0, i)
    while (this.#inputs.length < size) this.#inputs.push(null)
  }

  #frameOf(reading: MeterReading): MeterFrame {
    const frame: Record<string, { peakDbfs: number; rmsDbfs: number }> = {}
    this.#inputs.forEach((id, i) => {
      if (id !== null) frame[id] = { peakDbfs: dbfsOf(reading[i * 2] ?? 0), rmsDbfs: dbfsOf(reading[i * 2 + 1] ?? 0) }
    })
    return frame
  }
}
