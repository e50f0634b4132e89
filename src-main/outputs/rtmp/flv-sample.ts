import { execFileSync, spawnSync } from 'node:child_process'
import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import type { BusItem } from '../../bus/bus-subscriber.ts'

/** Real H.264 and AAC for tests, made by the system's ffmpeg and taken out of its FLV. */
export function ffmpegIsThere(): boolean {
  return spawnSync('ffmpeg', ['-version']).status === 0 && spawnSync('ffprobe', ['-version']).status === 0
}

/** `seconds` of test picture (320x180, 30 fps, a key frame each second, no B-frames) and a 48 kHz stereo tone, as the bus would bring it. */
export function realProgram(seconds: number): BusItem[] {
  const flv = execFileSync('ffmpeg', [
    '-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=30', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-t', String(seconds),
    '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-bf', '0', '-g', '30', '-pix_fmt', 'yuv420p', '-b:v', '600k', '-c:a', 'aac', '-ac', '2', '-b:a', '96k',
    '-f', 'flv', '-flvflags', 'no_duration_filesize', 'pipe:1',
  ], { maxBuffer: 64 * 1024 * 1024 })
  return items(flv)
}

const AUDIO_TAG = 8
const VIDEO_TAG = 9

function items(flv: Buffer): BusItem[] {
  const packets: Packet[] = []
  let avcC: Uint8Array = new Uint8Array(0)
  let asc: Uint8Array = new Uint8Array(0)
  // 9 bytes of file header, then for each tag: 4 bytes of the previous tag's size, 11 bytes of tag header, body.
  for (let at = 13; at + 11 <= flv.length; ) {
    const type = flv[at]
    const size = flv.readUIntBE(at + 1, 3)
    const timestampMs = flv.readUIntBE(at + 4, 3) + (flv[at + 7] ?? 0) * 0x1000000
    const body = flv.subarray(at + 11, at + 11 + size)
    at += 11 + size + 4
    const isHeader = body[1] === 0
    if (type === VIDEO_TAG && isHeader) avcC = body.subarray(5)
    else if (type === AUDIO_TAG && isHeader) asc = body.subarray(2)
    else if (type === VIDEO_TAG && body[1] === 1) packets.push(packet('video', body[0] === 0x17, timestampMs, body.subarray(5)))
    else if (type === AUDIO_TAG) packets.push(packet('audio', true, timestampMs, body.subarray(2)))
  }
  const headers: ProgramHeaders = {
    epoch: 1,
    video: { codec: 'avc', codecString: 'avc1.42c00d', width: 320, height: 180, frameRate: 30, bitrateKbps: 600, avcC },
    audio: { codec: 'aac', sampleRate: 48_000, channels: 2, bitrateKbps: 96, asc },
  }
  return [{ type: 'headers', headers }, ...packets.map((packet): BusItem => ({ type: 'packet', packet }))]
}

function packet(kind: 'video' | 'audio', key: boolean, timestampMs: number, data: Uint8Array): Packet {
  return { kind, key, timestampUs: timestampMs * 1000, durationUs: 0, epoch: 1, data }
}
