/** How long what a laser pointer has drawn is seen, ms. */
export const LASER_MS = 800
/** How long the place where it rests stays lit before it goes out as well, ms. */
export const LASER_REST_MS = 1000

interface Spot {
  x: number
  y: number
  atUs: number
}

/** Where a laser pointer has been of late; the newest place stays lit for a moment while the pointer rests there. */
export class LaserTrail {
  #spots: Spot[] = []
  /** Told before the picture's next time: these get that time. */
  #fresh: { x: number; y: number }[] = []
  #held = true
  #movedUs = 0

  constructor(
    readonly colour: string,
    readonly widthPx: number,
  ) {}

  extend(points: readonly number[]): void {
    for (let index = 0; index + 1 < points.length; index += 2) this.#fresh.push({ x: points[index] as number, y: points[index + 1] as number })
  }

  end(): void {
    this.#held = false
  }

  /** Whether it may be moved again. */
  get held(): boolean {
    return this.#held
  }

  /** Oldest first, with their opacity, 0 to 1; empty = it has gone out, until it is moved again. */
  spots(nowUs: number): { x: number; y: number; opacity: number }[] {
    if (this.#fresh.length > 0) this.#movedUs = nowUs
    for (const spot of this.#fresh.splice(0)) this.#spots.push({ ...spot, atUs: nowUs })
    const last = this.#spots.at(-1)
    if (last && this.#held && nowUs - this.#movedUs < LASER_REST_MS * 1000) last.atUs = nowUs
    this.#spots = this.#spots.filter((spot) => nowUs - spot.atUs < LASER_MS * 1000)
    return this.#spots.map(({ x, y, atUs }) => ({ x, y, opacity: 1 - (nowUs - atUs) / (LASER_MS * 1000) }))
  }
}
