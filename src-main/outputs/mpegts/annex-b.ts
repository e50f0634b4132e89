/** From the form in which H.264 stands in files (ISO/IEC 14496-15) to the one in which it stands in streams (ITU-T H.264 annex B). */

const START_CODE = Uint8Array.of(0, 0, 0, 1)
/** Access unit delimiter; any kind of picture may follow. Transport streams begin every picture with one (ISO/IEC 13818-1 §2.14). */
const DELIMITER = Uint8Array.of(0, 0, 0, 1, 9, 0xf0)
const NAL_TYPE = { delimiter: 9, sequence: 7, picture: 8 } as const

export interface AvcParameters {
  /** Bytes of the length before each unit. */
  lengthBytes: number
  /** Sequence and picture parameter sets, each with its start code. */
  sets: Uint8Array
}

/** Reads an AVCDecoderConfigurationRecord. One that is cut short yields what can be read of it. */
export function readAvcC(avcC: Uint8Array): AvcParameters {
  const sets: Uint8Array[] = []
  let at = 5
  for (const mask of [0x1f, 0xff]) {
    const count = (avcC[at++] ?? 0) & mask
    for (let i = 0; i < count && at + 2 <= avcC.length; i++) {
      const sizeBytes = ((avcC[at] ?? 0) << 8) | (avcC[at + 1] ?? 0)
      sets.push(START_CODE, avcC.subarray(at + 2, at + 2 + sizeBytes))
      at += 2 + sizeBytes
    }
  }
  return { lengthBytes: ((avcC[4] ?? 3) & 3) + 1, sets: Buffer.concat(sets) }
}

/** One picture, with the parameter sets in front of a key frame that brings none itself. What is not made of units goes out as one. */
export function toAnnexB(data: Uint8Array, parameters: AvcParameters, key: boolean): Buffer {
  const units = [...nalUnits(data, parameters.lengthBytes)]
  const types = new Set(units.map((unit) => (unit[0] ?? 0) & 0x1f))
  const bringsSets = types.has(NAL_TYPE.sequence) && types.has(NAL_TYPE.picture)
  const coded = units.filter((unit) => ((unit[0] ?? 0) & 0x1f) !== NAL_TYPE.delimiter)
  return Buffer.concat([DELIMITER, ...(key && !bringsSets ? [parameters.sets] : []), ...coded.flatMap((unit) => [START_CODE, unit])])
}

function* nalUnits(data: Uint8Array, lengthBytes: number): Generator<Uint8Array> {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  for (let at = 0; at < bytes.length; ) {
    const sizeBytes = at + lengthBytes <= bytes.length ? bytes.readUIntBE(at, lengthBytes) : 0
    if (sizeBytes === 0 || at + lengthBytes + sizeBytes > bytes.length) {
      yield bytes.subarray(at)
      return
    }
    yield bytes.subarray(at + lengthBytes, at + lengthBytes + sizeBytes)
    at += lengthBytes + sizeBytes
  }
}
