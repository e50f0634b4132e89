import type { Size } from './obs-place.ts'

/**
 * Width and height of a PNG (IHDR), GIF (logical screen), JPEG (start of frame) or WebP (VP8, VP8L, VP8X), read from their
 * headers; null for anything else, or one that is cut off.
 */
export function pictureSize(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const size = bytes[0] === 0x89 ? { width: view.getUint32(16), height: view.getUint32(20) }
      : bytes[0] === 0x47 ? { width: view.getUint16(6, true), height: view.getUint16(8, true) }
      : bytes[0] === 0xff ? jpegSize(view)
      : bytes[0] === 0x52 ? webpSize(view) : null
    return size && size.width > 0 && size.height > 0 ? size : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** SOF0 to SOF15 without DHT, JPG and DAC (ITU T.81, table B.1). */
function jpegSize(view: DataView): Size | null {
  for (let at = 2; at < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at)
    if (marker < 0xff00) return null
    if (marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
  return null
}

function webpSize(view: DataView): Size | null {
  const kind = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15))
  const u24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  if (kind === 'VP8X') return { width: u24(24) + 1, height: u24(27) + 1 }
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (kind !== 'VP8L') return null
  const bits = view.getUint32(21, true)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}
