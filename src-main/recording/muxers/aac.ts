import { StudioError } from '@shared/domain/errors.ts'
import type { AudioHeader } from '@shared/domain/packet.ts'

/** Samples in one frame of AAC-LC (ISO/IEC 14496-3 §4.5.1.1). */
export const AAC_FRAME_SAMPLES = 1024

/** The parts of an AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1) that an ADTS header repeats. */
export interface AudioConfig {
  /** Audio object type minus one: 1 = AAC-LC. */
  profile: number
  frequencyIndex: number
  channels: number
}

/** Throws StudioError `recording-failed` for sound that ADTS cannot carry. */
export function readAudioConfig({ asc }: AudioHeader): AudioConfig {
  const [first = 0, second = 0] = asc
  const objectType = first >> 3
  const frequencyIndex = ((first & 7) << 1) | (second >> 7)
  const channels = (second >> 3) & 15
  // ADTS has 2 bits for the type and no room for a frequency of one's own.
  if (asc.byteLength < 2 || objectType < 1 || objectType > 4 || frequencyIndex > 12) throw new StudioError('recording-failed', `AAC of type ${objectType}, frequency ${frequencyIndex}`)
  return { profile: objectType - 1, frequencyIndex, channels }
}

/** The 7 bytes before one frame (ISO/IEC 14496-3 §1.A.2.2): MPEG-4, no CRC, one frame. */
export function adtsHeader({ profile, frequencyIndex, channels }: AudioConfig, frameBytes: number): Uint8Array {
  const length = frameBytes + 7
  return Uint8Array.of(
    0xff, 0xf1,
    (profile << 6) | (frequencyIndex << 2) | (channels >> 2),
    ((channels & 3) << 6) | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  )
}
