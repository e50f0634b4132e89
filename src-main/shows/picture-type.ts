const TYPES = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif', avif: 'image/avif', webm: 'video/webm', mp4: 'video/mp4' } as const
export type PictureExtension = keyof typeof TYPES

export const mimeTypeOf = (extension: PictureExtension): string => TYPES[extension]
export const isPictureExtension = (text: string): text is PictureExtension => Object.hasOwn(TYPES, text)

/**
 * What kind of picture, still or moving, the bytes really are, whatever they are called; null for anything else.
 * Signatures: PNG §5.2, JFIF/EXIF SOI marker, RIFF container with WEBP, GIF87a/89a, ISO BMFF `ftyp` with brand avif/avis or one of
 * MP4's, EBML header with DocType webm.
 */
export function pictureType(bytes: Uint8Array): PictureExtension | null {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  if (bytes.length < 16) return null
  if (text(0, 8) === '\u0089PNG\r\n\u001A\n') return 'png'
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpg'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp'
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'gif'
  if (text(4, 8) === 'ftyp') return hasAvifBrand(bytes, text) ? 'avif' : /^(isom|iso[2-9]|mp4[12]|avc1|M4V )$/.test(text(8, 12)) ? 'mp4' : null
  if (text(0, 4) === '\u001AE\u00DF\u00A3' && text(4, 64).includes('B\u0082\u0084webm')) return 'webm'
  return null
}

/** The major brand at 8, compatible brands from 16 to the end of the box. */
function hasAvifBrand(bytes: Uint8Array, text: (from: number, to: number) => string): boolean {
  const boxBytes = Math.min(bytes.length, new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0), 256)
  for (let at = 8; at + 4 <= boxBytes; at += at === 8 ? 8 : 4) {
    if (text(at, at + 4) === 'avif' || text(at, at + 4) === 'avis') return true
  }
  return false
}
