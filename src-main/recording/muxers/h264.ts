import { StudioError } from '@shared/domain/errors.ts'

/** What an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1) holds for a decoder. */
export interface ParameterSets {
  /** Bytes before each unit that say how long it is: 1, 2 or 4. */
  lengthBytes: number
  /** Sequence, then picture parameter sets. */
  units: Uint8Array[]
}

/** Throws StudioError `recording-failed` on a record that ends too early. */
export function readAvcC(avcC: Uint8Array): ParameterSets {
  const bytes = Buffer.from(avcC.buffer, avcC.byteOffset, avcC.byteLength)
  try {
    const units: Uint8Array[] = []
    let at = 5
    for (const mask of [0x1f, 0xff]) {
      const count = bytes.readUInt8(at++) & mask
      for (let n = 0; n < count; n++) {
        const length = bytes.readUInt16BE(at)
        units.push(bytes.subarray(at + 2, at + 2 + length))
        at += 2 + length
      }
    }
    if (at > bytes.length) throw new RangeError('cut short')
    return { lengthBytes: (bytes.readUInt8(4) & 3) + 1, units }
  } catch (cause) {
    throw new StudioError('recording-failed', 'the decoder configuration of the picture cannot be read', { cause })
  }
}

const START_CODE = Buffer.of(0, 0, 0, 1)
/** Access unit delimiter, any kind of picture (ITU-T H.264 §7.3.2.4). */
const DELIMITER = Buffer.of(0, 0, 0, 1, 9, 0xf0)
const DELIMITER_TYPE = 9
const SEQUENCE_SET_TYPE = 7

/**
 * One picture as a byte stream (ITU-T H.264 annex B): a delimiter, before a key frame the parameter sets unless they are in it,
 * then the units. A unit whose length leads out of the frame ends it.
 */
export function toAnnexB(frame: Uint8Array, key: boolean, sets: ParameterSets): Buffer {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  const units: Buffer[] = []
  let hasSets = false
  for (let at = 0; at + sets.lengthBytes < bytes.length; ) {
    const length = bytes.readUIntBE(at, sets.lengthBytes)
    const unit = bytes.subarray(at + sets.lengthBytes, at + sets.lengthBytes + length)
    at += sets.lengthBytes + length
    const type = (unit[0] ?? 0) & 0x1f
    if (unit.length === 0 || type === DELIMITER_TYPE) continue
    if (type === SEQUENCE_SET_TYPE) hasSets = true
    units.push(START_CODE, unit)
  }
  const before = key && !hasSets ? sets.units.flatMap((unit) => [START_CODE, unit]) : []
  return Buffer.concat([DELIMITER, ...before, ...units])
}
