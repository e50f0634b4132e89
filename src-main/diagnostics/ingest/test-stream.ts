import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'

/**
 * The smallest real program: one dark picture of 128x128 in H.264 (constrained baseline) that never changes, and silence in AAC,
 * made once with x264 and FFmpeg's encoder. Padded to any rate by filler data, which every decoder skips.
 */
export const TEST_FRAME_RATE = 30
export const TEST_KEY_FRAMES = 60
export const TEST_FRAME_US = 1_000_000 / TEST_FRAME_RATE
/** 1024 samples at 48 kHz. */
export const TEST_SOUND_US = 1_024_000_000 / 48_000

const SPS = Buffer.from('6742c028da0811b0110000030001000003003c8f142aa0', 'hex')
const PPS = Buffer.from('68ce044b20', 'hex')
const KEY_FRAME = Buffer.from('6588843f118a0002173bcfef7df7df7df37bd75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d75d78', 'hex')
/** One channel pair, nothing in it. */
export const SILENCE: Uint8Array = Buffer.from('211004608c1c', 'hex')
const FILLER_NAL = 0x0c
/** Length, type, at least one byte, end. */
const LEAST_FILLER = 4 + 1 + 1 + 1

/** What a decoder needs; `kbps` is what will be sent at first. */
export function testHeaders(kbps: number): ProgramHeaders {
  const avcC = Buffer.concat([Buffer.of(1, SPS[1]!, SPS[2]!, SPS[3]!, 0xff, 0xe1, 0, SPS.length), SPS, Buffer.of(1, 0, PPS.length), PPS])
  return {
    epoch: 1,
    video: { codec: 'avc', codecString: 'avc1.42c028', width: 128, height: 128, frameRate: TEST_FRAME_RATE, bitrateKbps: kbps, avcC },
    audio: { codec: 'aac', sampleRate: 48_000, channels: 2, bitrateKbps: 32, asc: Uint8Array.of(0x11, 0x90) },
  }
}

/** The frame that many after its key frame (0 = the key frame itself), of `sizeBytes` or as few as it takes. */
export function testFrame(sinceKey: number, sizeBytes: number): Uint8Array {
  const slice = sinceKey === 0 ? KEY_FRAME : unchangedFrame(sinceKey)
  const bare = 4 + slice.length
  const padding = sizeBytes - bare >= LEAST_FILLER ? sizeBytes - bare : 0
  const frame = Buffer.alloc(bare + padding, 0xff)
  frame.writeUInt32BE(slice.length)
  slice.copy(frame, 4)
  if (padding > 0) {
    frame.writeUInt32BE(padding - 4, bare)
    frame[bare + 4] = FILLER_NAL
    frame[frame.length - 1] = 0x80
  }
  return frame
}

export const videoPacketAt = (atUs: number, sinceKey: number, sizeBytes: number): Packet => ({
  kind: 'video', key: sinceKey === 0, timestampUs: Math.round(atUs), durationUs: Math.round(TEST_FRAME_US), epoch: 1, data: testFrame(sinceKey, sizeBytes),
})

export const silencePacketAt = (atUs: number): Packet => ({ kind: 'audio', key: true, timestampUs: Math.round(atUs), durationUs: Math.round(TEST_SOUND_US), epoch: 1, data: SILENCE })

/** Every block skipped. Such frames differ in their number alone (`frame_num`, 4 bits), which stands behind the slice's type. */
function unchangedFrame(sinceKey: number): Buffer {
  const number = sinceKey % 16
  return Buffer.of(0x41, 0x9a | (number >> 3), ((number & 7) << 5) | 3, 0xc0, 0x83)
}
