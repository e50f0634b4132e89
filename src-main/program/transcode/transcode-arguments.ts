import type { Encoding } from '@shared/domain/encoding.ts'

/**
 * FFmpeg's arguments for VP8 in IVF on stdin → H.264 in FLV on stdout, without delay.
 * `-fps_mode passthrough` and no B-frames keep frames one to one and in order, so that the caller's own time stamps can be
 * given back to them. `-flush_packets 1`: each frame leaves at once.
 */
export function transcodeArguments(encoding: Pick<Encoding, 'frameRate' | 'videoKbps' | 'keyFrameSeconds'>): string[] {
  const gop = String(Math.round(encoding.frameRate * encoding.keyFrameSeconds))
  const rate = `${encoding.videoKbps}k`
  return [
    '-hide_banner', '-loglevel', 'error', '-nostdin', '-probesize', '32', '-analyzeduration', '0',
    '-f', 'ivf', '-i', 'pipe:0', '-an', '-fps_mode', 'passthrough',
    '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', 'main', '-pix_fmt', 'yuv420p', '-bf', '0',
    '-g', gop, '-keyint_min', gop, '-sc_threshold', '0', '-b:v', rate, '-maxrate', rate, '-bufsize', rate,
    '-flvflags', 'no_duration_filesize', '-flush_packets', '1', '-f', 'flv', 'pipe:1',
  ]
}
