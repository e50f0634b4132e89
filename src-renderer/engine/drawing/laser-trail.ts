/** How long what a laser pointer has drawn is seen, ms. */
export const LASER_MS = 800

interface Spot {
  x: number
  y: number
  atUs: number
}

/** Where a laser pointer has been of late; the newest place stays lit while the pointer is held. */
export class LaserTrail {
  #spots: Spot[] = []
  /** Told before the picture's next time: these get that time. */
  #fresh: { x: number; y: number }[] = []
  #held = true

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

  /** Oldest first, with their opacity, 0 to 1; empty = it has gone out. */
  spots(nowUs: number): { x: number; y: number; opacity: number }[] {
    for (const spot of this.#fresh.splice(0)) this.#spots.push({ ...spot, atUs: nowUs })
    const last = this.#spots.at(-1)
    if (last && this.#held) last.atUs = nowUs
    this.#spots = this.#spots.filter((spot) => nowUs - spot.atUs < LASER_MS * 1000)
    return this.#spots.map(({ x, y, atUs }) => ({ x, y, opacity: 1 - (nowUs - atUs) / (LASER_MS * 1000) }))
  }
}
