import { BeepTone } from '../beep-tone.ts'
import { LevelMeter } from '../levels.ts'
import { SAMPLE_RATE, type TapReturn } from '../tap-protocol.ts'
import { ChainProcessor } from './chain-processor.ts'
import { ContextClock } from './context-clock.ts'
import { Ending, listen } from './ending.ts'
import { LoudnessProcessor } from './loudness-processor.ts'
import { BEEP, CHAIN, LOUDNESS, METER, TAP, type TapTarget } from './processor-names.ts'
import { TapPool } from './tap-pool.ts'

// The one module of the mixer's AudioWorklet. Its processors share a scope, so the beep knows the clock that the tap was told.

const METERS_PER_SECOND = 20
/** Fixed by the Web Audio API. */
const QUANTUM_FRAMES = 128
const clock = new ContextClock()

/** Reads every strip and the program in one call per quantum: cheaper than a processor per strip. */
class Meter extends Ending {
  readonly #meters: LevelMeter[]
  #nextFrame = currentFrame

  constructor(options: AudioWorkletNodeOptions) {
    super()
    this.#meters = Array.from({ length: options.numberOfInputs ?? 1 }, () => new LevelMeter())
  }

  process(inputs: Float32Array[][]): boolean {
    for (let i = 0; i < inputs.length; i++) this.#meters[i]!.add(inputs[i]!, QUANTUM_FRAMES)
    if (currentFrame < this.#nextFrame) return this.live
    this.#nextFrame += SAMPLE_RATE / METERS_PER_SECOND
    const reading = new Float32Array(this.#meters.length * 2)
    this.#meters.forEach((meter, i) => {
      const { peak, rms } = meter.take()
      reading[i * 2] = peak
      reading[i * 2 + 1] = rms
    })
    this.port.postMessage(reading, [reading.buffer])
    return this.live
  }
}

/** Sends the program's sound, or a group's, to the engine worker; ends with the target null. */
class Tap extends AudioWorkletProcessor {
  #pool: TapPool | null = null
  #target: MessagePort | null = null
  #live = true

  constructor() {
    super()
    listen<TapTarget>(this.port, ({ port }) => this.#connect(port))
  }

  process(inputs: Float32Array[][]): boolean {
    const channels = inputs[0]
    this.#pool?.add(currentFrame, channels?.[0], channels?.[1] ?? channels?.[0], QUANTUM_FRAMES)
    return this.#live
  }

  #connect(port: MessagePort | null): void {
    this.#target?.close()
    this.#target = port
    if (!port) {
      this.#pool = null
      this.#live = false
      return
    }
    const pool = new TapPool((batch) => port.postMessage(batch, [batch.buffer]))
    this.#pool = pool
    listen<TapReturn>(port, (back) => {
      pool.takeBack(back.buffer)
      if (back.clock) clock.tell(back.clock)
    })
  }
}

class Beep extends Ending {
  readonly #tone = new BeepTone()

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const out = outputs[0]?.[0]
    if (out) this.#tone.render(out, currentFrame, clock.wallUs(currentFrame))
    return this.live
  }
}

registerProcessor(METER, Meter)
registerProcessor(TAP, Tap)
registerProcessor(BEEP, Beep)
registerProcessor(CHAIN, ChainProcessor)
registerProcessor(LOUDNESS, LoudnessProcessor)
