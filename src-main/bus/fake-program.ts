import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'

/** Headers of a 1280x720 program at 30 fps with sound, for tests. The bytes are those of a real avcC and AudioSpecificConfig. */
export function fakeHeaders(epoch = 1, changes: Partial<ProgramHeaders> = {}): ProgramHeaders {
  return {
    epoch,
    video: {
      codec: 'avc', codecString: 'avc1.42001f', width: 1280, height: 720, frameRate: 30, bitrateKbps: 2500,
      avcC: Uint8Array.from([1, 0x42, 0, 0x1f, 0xff, 0xe1, 0, 4, 0x67, 0x42, 0, 0x1f, 1, 0, 2, 0x68, 0xce]),
    },
    audio: { codec: 'aac', sampleRate: 48_000, channels: 2, bitrateKbps: 128, asc: Uint8Array.from([0x11, 0x90]) },
    ...changes,
  }
}

export const videoPacket = (timestampMs: number, key = false, sizeBytes = 100, epoch = 1): Packet => ({
  kind: 'video', key, timestampUs: timestampMs * 1000, durationUs: 33_333, epoch, data: new Uint8Array(sizeBytes),
})

export const audioPacket = (timestampMs: number, sizeBytes = 20, epoch = 1): Packet => ({
  kind: 'audio', key: true, timestampUs: timestampMs * 1000, durationUs: 21_333, epoch, data: new Uint8Array(sizeBytes),
})

/** A program in the order in which it is coded: sound every 21.3 ms, pictures at 30 fps, a key frame every `keyFrameMs`. */
export function* fakeProgram(fromMs: number, toMs: number, keyFrameMs = 2000): Generator<Packet> {
  let audioMs = fromMs
  for (let frame = 0; fromMs + frame * (1000 / 30) < toMs; frame++) {
    const atMs = fromMs + frame * (1000 / 30)
    for (; audioMs < atMs; audioMs += 1024 / 48) yield audioPacket(audioMs)
    yield videoPacket(atMs, frame % Math.round((keyFrameMs * 30) / 1000) === 0)
  }
}
