/** The two tables of an MPEG transport stream (ISO/IEC 13818-1 §2.4.4), for one program of at most one picture and one sound. */

export const PAT_PID = 0x0000
export const PMT_PID = 0x1000
export const VIDEO_PID = 0x0100
export const AUDIO_PID = 0x0101
const NO_PID = 0x1fff

/** Table 2-34: stream types. */
const STREAM_TYPE = { avc: 0x1b, aacAdts: 0x0f } as const

export interface TsTracks {
  video: boolean
  audio: boolean
}

/** The program association: program 1 has its map at `PMT_PID`. */
export function programAssociation(): Buffer {
  return section(0x00, 1, 0, Buffer.of(0x00, 0x01, 0xe0 | (PMT_PID >> 8), PMT_PID & 0xff))
}

/** The program map. `version` (modulo 32) rises when the tracks change. The clock travels with the picture, without one with the sound. */
export function programMap(tracks: TsTracks, version: number): Buffer {
  const streams = [
    ...(tracks.video ? [stream(STREAM_TYPE.avc, VIDEO_PID)] : []),
    ...(tracks.audio ? [stream(STREAM_TYPE.aacAdts, AUDIO_PID)] : []),
  ]
  return section(0x02, 1, version, Buffer.concat([pidField(clockPid(tracks)), Buffer.of(0xf0, 0x00), ...streams]))
}

/** Which track carries the program clock reference. */
export const clockPid = (tracks: TsTracks): number => (tracks.video ? VIDEO_PID : tracks.audio ? AUDIO_PID : NO_PID)

const pidField = (pid: number): Buffer => Buffer.of(0xe0 | (pid >> 8), pid & 0xff)
const stream = (type: number, pid: number): Buffer => Buffer.concat([Buffer.of(type), pidField(pid), Buffer.of(0xf0, 0x00)])

function section(tableId: number, id: number, version: number, body: Buffer): Buffer {
  // After the length field: id, version and section numbers (5 bytes), the body, the CRC (4 bytes).
  const length = 5 + body.length + 4
  const head = Buffer.of(tableId, 0xb0 | (length >> 8), length & 0xff, id >> 8, id & 0xff, 0xc1 | ((version & 0x1f) << 1), 0, 0)
  const bytes = Buffer.concat([head, body, Buffer.alloc(4)])
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4)
  return bytes
}

/** CRC-32/MPEG-2 (annex A): not reflected, no final inversion. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}
