import type { ProgramHeaders } from '@shared/domain/packet.ts'

/**
 * True when a decoder set up for `a` can go on with packets made for `b`: everything but the rate that was
 * asked of the encoder is equal, the codecs' own records byte for byte.
 */
export function sameProgram(a: ProgramHeaders, b: ProgramHeaders): boolean {
  return sameVideo(a.video, b.video) && sameAudio(a.audio, b.audio)
}

function sameVideo(a: ProgramHeaders['video'], b: ProgramHeaders['video']): boolean {
  if (!a || !b) return a === b
  const sameShape = a.codec === b.codec && a.codecString === b.codecString && a.width === b.width && a.height === b.height
  return sameShape && a.frameRate === b.frameRate && sameBytes(a.avcC, b.avcC)
}

function sameAudio(a: ProgramHeaders['audio'], b: ProgramHeaders['audio']): boolean {
  if (!a || !b) return a === b
  return a.codec === b.codec && a.sampleRate === b.sampleRate && a.channels === b.channels && sameBytes(a.asc, b.asc)
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])
