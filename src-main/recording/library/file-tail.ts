import { type FileHandle, open } from 'node:fs/promises'

export interface HeadAndTail {
  sizeBytes: number
  head: Buffer
  tail: Buffer
}

/** The first and the last bytes of a file, which is all that the length of a stream of its own needs. */
export async function readHeadAndTail(path: string, headBytes: number, tailBytes: number): Promise<HeadAndTail> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const head = await readBytes(file, 0, Math.min(headBytes, size))
    const tail = await readBytes(file, Math.max(0, size - tailBytes), Math.min(tailBytes, size))
    return { sizeBytes: size, head, tail }
  } finally {
    await file.close()
  }
}

/** Up to `length` bytes; fewer at the end of the file. */
export async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}
