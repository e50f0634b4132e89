import type { Planes } from './planes.ts'

/** Fixed point with 16 bits: BT.601 limited range back to sRGB. */
const LUMA = Int32Array.from({ length: 256 }, (_, value) => Math.round(1.164_383 * 65_536 * (value - 16)) + 32_768)
const RED_OF_V = Int32Array.from({ length: 256 }, (_, value) => Math.round(1.596_027 * 65_536 * (value - 128)))
const GREEN_OF_V = Int32Array.from({ length: 256 }, (_, value) => Math.round(-0.812_968 * 65_536 * (value - 128)))
const GREEN_OF_U = Int32Array.from({ length: 256 }, (_, value) => Math.round(-0.391_762 * 65_536 * (value - 128)))
const BLUE_OF_U = Int32Array.from({ length: 256 }, (_, value) => Math.round(2.017_232 * 65_536 * (value - 128)))

/** Scales (nearest pixel) and converts in one pass, for looking at. */
export function planesToRgba(planes: Planes, into: { width: number; height: number; data: Uint8ClampedArray }): void {
  const { width, height, data } = into
  const stepX = planes.width / width
  const stepY = planes.height / height
  const out = new Uint32Array(data.buffer, data.byteOffset, width * height)
  let at = 0
  for (let row = 0; row < height; row++) {
    const sourceRow = Math.min(planes.height - 1, ((row + 0.5) * stepY) | 0)
    const luma = sourceRow * planes.width
    const chroma = (sourceRow >> 1) * planes.chromaWidth
    let position = stepX / 2
    for (let column = 0; column < width; column++, position += stepX) {
      const x = position | 0
      const u = planes.u[chroma + (x >> 1)] as number
      const v = planes.v[chroma + (x >> 1)] as number
      const light = LUMA[planes.y[luma + x] as number] as number
      let r = (light + (RED_OF_V[v] as number)) >> 16
      let g = (light + (GREEN_OF_U[u] as number) + (GREEN_OF_V[v] as number)) >> 16
      let b = (light + (BLUE_OF_U[u] as number)) >> 16
      if ((r | g | b) & ~255) {
        r = r < 0 ? 0 : r > 255 ? 255 : r
        g = g < 0 ? 0 : g > 255 ? 255 : g
        b = b < 0 ? 0 : b > 255 ? 255 : b
      }
      // Little-endian, as every machine that runs this is.
      out[at++] = 0xff000000 | (b << 16) | (g << 8) | r
    }
  }
}
