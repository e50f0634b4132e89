import type { Encoding } from '@shared/domain/encoding.ts'

/** Macroblocks per second of level 4.0 (ITU-T H.264 table A-1), which also allows the highest rate there is here, 20 Mbit/s. */
const LEVEL_40_MACROBLOCKS_PER_S = 245_760

/**
 * FFmpeg's arguments for VP8 in IVF on stdin → H.264 in FLV on stdout, without delay.
 * `-fps_mode passthrough` and no B-frames keep frames one to one and in order, so that the caller's own time stamps can be
 * given back to them. `-flush_packets 1`: each frame leaves at once. Threads inside a picture instead of one per picture:
 * those hold a frame back each. `-r` before the input: without it FFmpeg takes the time base (1 µs) for the frame rate, and
 * x264 shares the bitrate among a million frames a second, which leaves a grey picture. The level depends on size and
 * frame rate alone (x264's own choice also on the bitrate), so that another bitrate needs no new headers. What the page coded
 * as a key frame becomes one: somebody asked for it, and would else wait for the end of the group.
 */
export function transcodeArguments(encoding: Pick<Encoding, 'width' | 'height' | 'frameRate' | 'videoKbps' | 'keyFrameSeconds' | 'avcProfile'>): string[] {
  const gop = String(Math.round(encoding.frameRate * encoding.keyFrameSeconds))
  const rate = `${encoding.videoKbps}k`
  const macroblocksPerS = Math.ceil(encoding.width / 16) * Math.ceil(encoding.height / 16) * encoding.frameRate
  const level = macroblocksPerS > LEVEL_40_MACROBLOCKS_PER_S ? '4.2' : '4.0'
  return [
    '-hide_banner', '-loglevel', 'error', '-nostdin', '-probesize', '32', '-analyzeduration', '0',
    '-r', String(encoding.frameRate), '-flags', 'low_delay', '-thread_type', 'slice', '-f', 'ivf', '-i', 'pipe:0', '-an', '-fps_mode', 'passthrough',
    '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', encoding.avcProfile ?? 'main', '-level:v', level, '-pix_fmt', 'yuv420p', '-bf', '0',
    '-g', gop, '-keyint_min', gop, '-sc_threshold', '0', '-force_key_frames', 'source', '-b:v', rate, '-maxrate', rate, '-bufsize', rate,
    '-flvflags', 'no_duration_filesize', '-flush_packets', '1', '-f', 'flv', 'pipe:1',
  ]
}
