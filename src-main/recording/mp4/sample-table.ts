import { fullBox, u32, u64 } from './boxes.ts'

/** Grows by doubling, 4 bytes for each number: a day has 2.6 million frames. */
class Numbers {
  #values = new Uint32Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.length++] = value
  }

  get last(): number {
    return this.#values[this.length - 1] ?? 0
  }

  set last(value: number) {
    this.#values[this.length - 1] = value
  }

  bytes(): Buffer {
    const bytes = Buffer.from(this.#values.buffer.slice(0, this.length * 4))
    return bytes.swap32()
  }
}

/** All samples of one track, as the sample table of an ordinary file lists them (ISO/IEC 14496-12 §8.6, §8.7). */
export class SampleTable {
  /** Of the track, in its ticks. */
  ticks = 0
  samples = 0
  /** When the first sample is shown, in the track's ticks. */
  firstAt: number | null = null
  readonly #sizes = new Numbers()
  /** Runs of equal lengths: how many, how long. */
  readonly #runCounts = new Numbers()
  readonly #runTicks = new Numbers()
  readonly #keys = new Numbers()
  /** Runs of chunks with as many samples: first chunk, samples. */
  readonly #chunkRuns: [first: number, samples: number][] = []
  readonly #chunks: number[] = []
  #hasOthers = false

  /** A run of samples that lie one behind the other, the first at byte `at`. */
  addChunk(at: number, samples: number): void {
    this.#chunks.push(at)
    if (this.#chunkRuns.at(-1)?.[1] !== samples) this.#chunkRuns.push([this.#chunks.length, samples])
  }

  add(sizeBytes: number, ticks: number, key: boolean): void {
    this.samples++
    this.#sizes.push(sizeBytes)
    if (this.#runTicks.length > 0 && this.#runTicks.last === ticks) this.#runCounts.last++
    else {
      this.#runTicks.push(ticks)
      this.#runCounts.push(1)
    }
    this.ticks += ticks
    if (key) this.#keys.push(this.samples)
    else this.#hasOthers = true
  }

  /** The last sample lasts this much longer: for a hole before the next fragment. */
  lengthenLast(ticks: number): void {
    if (this.samples === 0 || ticks <= 0) return
    const longer = this.#runTicks.last + ticks
    this.ticks += ticks
    if (this.#runCounts.last === 1) {
      this.#runTicks.last = longer
      return
    }
    this.#runCounts.last--
    this.#runTicks.push(longer)
    this.#runCounts.push(1)
  }

  /** `moveBy` is how far the samples themselves move in the file. Offsets take 64 bits when `wide`. */
  boxes(moveBy: (at: number) => number, wide: boolean): Buffer[] {
    const runs = Buffer.alloc(this.#runCounts.length * 8)
    const [counts, ticks] = [this.#runCounts.bytes(), this.#runTicks.bytes()]
    for (let n = 0; n < this.#runCounts.length; n++) {
      counts.copy(runs, n * 8, n * 4, n * 4 + 4)
      ticks.copy(runs, n * 8 + 4, n * 4, n * 4 + 4)
    }
    const offsets = this.#chunks.map(moveBy)
    return [
      fullBox('stts', 0, 0, u32(this.#runCounts.length), runs),
      // Without it every sample is a place to begin.
      ...(this.#hasOthers ? [fullBox('stss', 0, 0, u32(this.#keys.length), this.#keys.bytes())] : []),
      fullBox('stsc', 0, 0, u32(this.#chunkRuns.length), u32(...this.#chunkRuns.flatMap(([first, samples]) => [first, samples, 1]))),
      fullBox('stsz', 0, 0, u32(0, this.samples), this.#sizes.bytes()),
      wide ? fullBox('co64', 0, 0, u32(offsets.length), u64(...offsets)) : fullBox('stco', 0, 0, u32(offsets.length), u32(...offsets)),
    ]
  }
}
