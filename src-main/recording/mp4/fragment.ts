import { box, fullBox, u32, u64 } from './boxes.ts'

export interface FragmentSample {
  ticks: number
  key: boolean
  data: Uint8Array
}

export interface FragmentTrack {
  id: number
  isVideo: boolean
  /** When its first sample is shown, in its own ticks. */
  at: number
  samples: readonly FragmentSample[]
}

/** ISO/IEC 14496-12 §8.8.7: offsets count from this fragment. */
export const FROM_MOOF = 0x020000
/** §8.8.8: tells where the data is, and of each sample how long and how large it is, and its flags. */
export const TRUN_FLAGS = 0x000001 | 0x000100 | 0x000200 | 0x000400
/** §8.8.3.1: depends on nothing; depends on others and is no place to begin. */
const KEY_FLAGS = 0x02000000
const OTHER_FLAGS = 0x01010000
const SAMPLE_BYTES = 12
/** Of a `trun` box before its samples: header, version and flags, count, offset. */
const TRUN_OFFSET_AT = 16

/** One fragment (§8.8.4): its description, then the samples of one track behind those of the other. */
export function fragment(sequence: number, tracks: readonly FragmentTrack[]): Uint8Array[] {
  const runs = tracks.map(({ samples }) => trackRun(samples))
  const trafs = tracks.map(({ id, at }, n) =>
    box('traf', fullBox('tfhd', 0, FROM_MOOF, u32(id)), fullBox('tfdt', 1, 0, u64(at)), runs[n] ?? Buffer.alloc(0)))
  const moof = box('moof', fullBox('mfhd', 0, 0, u32(sequence)), ...trafs)
  let offset = moof.length + 8
  // Known only now, and put into the finished box, whose length does not depend on it. Each run ends its track.
  let endsAt = moof.length - trafs.reduce((sum, traf) => sum + traf.length, 0)
  for (const [n, { samples }] of tracks.entries()) {
    endsAt += trafs[n]?.length ?? 0
    moof.writeInt32BE(offset, endsAt - (runs[n]?.length ?? 0) + TRUN_OFFSET_AT)
    offset += sizeOf(samples)
  }
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + tracks.reduce((sum, { samples }) => sum + sizeOf(samples), 0))
  head.write('mdat', 4, 'latin1')
  return [moof, head, ...tracks.flatMap(({ samples }) => samples.map(({ data }) => data))]
}

function trackRun(samples: readonly FragmentSample[]): Buffer {
  const table = Buffer.alloc(samples.length * SAMPLE_BYTES)
  for (const [n, { ticks, key, data }] of samples.entries()) {
    table.writeUInt32BE(ticks, n * SAMPLE_BYTES)
    table.writeUInt32BE(data.byteLength, n * SAMPLE_BYTES + 4)
    table.writeUInt32BE(key ? KEY_FLAGS : OTHER_FLAGS, n * SAMPLE_BYTES + 8)
  }
  return fullBox('trun', 0, TRUN_FLAGS, u32(samples.length, 0), table)
}

const sizeOf = (samples: readonly FragmentSample[]): number => samples.reduce((sum, { data }) => sum + data.byteLength, 0)
