import type { Planes } from './planes.ts'

/**
 * Brings planes of another colour description into the program's (BT.601, limited range), in place. Rarely needed:
 * only for sources that say BT.709 or full range. Chroma is mapped by a 2x2 matrix; luma gets a correction from it.
 * The numbers follow from the two luma equations (BT.601: Kr 0.299, Kb 0.114; BT.709: Kr 0.2126, Kb 0.0722).
 */
export function toProgramColour(planes: Planes, matrix: string | null, fullRange: boolean): void {
  if (fullRange) {
    scaleRange(planes.y, LUMA_TO_LIMITED)
    scaleRange(planes.u, CHROMA_TO_LIMITED)
    scaleRange(planes.v, CHROMA_TO_LIMITED)
  }
  if (matrix === 'bt709') fromBt709(planes)
}

/** Whether planes with this description can be used as they are. */
export const isProgramColour = (matrix: string | null, fullRange: boolean | null): boolean => matrix !== 'bt709' && fullRange !== true

const LUMA_TO_LIMITED = Uint8Array.from({ length: 256 }, (_, value) => Math.round(16 + (value * 219) / 255))
const CHROMA_TO_LIMITED = Uint8Array.from({ length: 256 }, (_, value) => Math.round(128 + ((value - 128) * 224) / 255))

function scaleRange(plane: Uint8Array, table: Uint8Array): void {
  for (let index = 0; index < plane.length; index++) plane[index] = table[plane[index] as number] as number
}

function fromBt709(planes: Planes): void {
  const { width, height, chromaWidth, chromaHeight, y, u, v } = planes
  for (let row = 0; row < chromaHeight; row++) {
    for (let column = 0; column < chromaWidth; column++) {
      const at = row * chromaWidth + column
      const blue = (u[at] as number) - 128
      const red = (v[at] as number) - 128
      // 16-bit fixed point of 0.1016 Cb + 0.1961 Cr (luma), and of the 2x2 matrix for chroma.
      const lift = (6_659 * blue + 12_852 * red + 32_768) >> 16
      u[at] = clamp(128 + ((64_876 * blue - 7_253 * red + 32_768) >> 16))
      v[at] = clamp(128 + ((-4_747 * blue + 64_447 * red + 32_768) >> 16))
      if (lift === 0) continue
      const right = Math.min(width, column * 2 + 2)
      for (let line = row * 2; line < Math.min(height, row * 2 + 2); line++) {
        for (let x = column * 2; x < right; x++) y[line * width + x] = clamp((y[line * width + x] as number) + lift)
      }
    }
  }
}

const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value)
