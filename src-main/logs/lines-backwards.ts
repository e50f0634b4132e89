import type { FileHandle } from 'node:fs/promises'

const PIECE_BYTES = 64 * 1024
/** No line of the studio's is longer; of what is, the end is skipped. */
const MAX_LINE_BYTES = 1024 * 1024
const NEWLINE = 0x0a

export interface PlacedLine {
  text: string
  /** Bytes from the file's beginning to the line's. */
  at: number
}

/** The lines of a file that end before `end` (bytes), the last one first, read in pieces. */
export async function* linesBackwards(file: FileHandle, end: number): AsyncGenerator<PlacedLine> {
  const piece = Buffer.alloc(PIECE_BYTES)
  /** The beginning of what has been read and no line break has been found before yet. */
  let rest: Buffer = Buffer.alloc(0)
  let at = end
  while (at > 0) {
    const from = Math.max(0, at - PIECE_BYTES)
    const { bytesRead } = await file.read(piece, 0, at - from, from)
    if (bytesRead < at - from) return
    let text: Buffer = Buffer.concat([piece.subarray(0, bytesRead), rest])
    for (let newline = text.lastIndexOf(NEWLINE); newline >= 0; newline = text.lastIndexOf(NEWLINE)) {
      const line = text.subarray(newline + 1)
      if (line.length > 0) yield { text: line.toString('utf8'), at: from + newline + 1 }
      text = text.subarray(0, newline)
    }
    rest = text.length > MAX_LINE_BYTES ? Buffer.alloc(0) : Buffer.from(text)
    at = from
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), at: 0 }
}
