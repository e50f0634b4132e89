import { LoudnessMeter } from '../loudness/loudness-meter.ts'
import { SAMPLE_RATE } from '../tap-protocol.ts'
import { Ending, listen } from './ending.ts'
import { RESET } from './processor-names.ts'

/** Fixed by the Web Audio API. */
const QUANTUM_FRAMES = 128

/** Measures the program's loudness, ten times a second. */
export class LoudnessProcessor extends Ending {
  readonly #meter = new LoudnessMeter(2, SAMPLE_RATE)

  constructor() {
    super()
    listen(this.port, (message) => {
      if (message === RESET) this.#meter.reset()
    })
  }

  process(inputs: Float32Array[][]): boolean {
    if (this.#meter.add(inputs[0] ?? [], QUANTUM_FRAMES) > 0) this.port.postMessage(this.#meter.read())
    return this.live
  }
}
