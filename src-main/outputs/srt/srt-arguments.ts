import { TS_PACKET_BYTES } from '../mpegts/ts-packets.ts'

/** Seven transport packets: what every SRT receiver expects of a datagram, and FFmpeg's own payload size for SRT. */
export const DATAGRAM_BYTES = 7 * TS_PACKET_BYTES

export interface SrtPeer {
  mode: 'caller' | 'listener'
  /** Where FFmpeg calls, or waits: always on this computer, between it and the peer stands the watched line. */
  port: number
  latencyMs: number
  keyLength: 16 | 24 | 32
  encrypted: boolean
  connectMs: number
}

/**
 * FFmpeg as the hands of libsrt: what comes on stdin leaves in datagrams of seven transport packets, unread and unchanged
 * (`data` in and out, so nothing is probed and nothing waits). Without flushing, FFmpeg fills every datagram. The secrets come
 * from the file given by `-fpre`: everybody on the computer can read the arguments of a process.
 */
export function srtArguments(peer: SrtPeer, secretsFile: string | null): string[] {
  const query = new URLSearchParams({
    mode: peer.mode,
    latency: String(peer.latencyMs * 1000), // µs
    payload_size: String(DATAGRAM_BYTES),
    ...(peer.mode === 'caller' ? { connect_timeout: String(peer.connectMs) } : {}),
    ...(peer.encrypted ? { pbkeylen: String(peer.keyLength) } : {}),
  })
  return [
    '-hide_banner', '-nostats', '-loglevel', 'level+info',
    '-f', 'data', '-raw_packet_size', String(DATAGRAM_BYTES), '-i', 'pipe:0',
    '-map', '0', '-c', 'copy', '-flush_packets', '0', ...(secretsFile === null ? [] : ['-fpre', secretsFile]),
    '-f', 'data', `srt://127.0.0.1:${peer.port}?${query.toString()}`,
  ]
}

/** The text of that file: FFmpeg's preset format, `option=value` per line. Lines are read up to 999 bytes. */
export function secretsText(secrets: { passphrase: string; streamId: string }): string {
  return [secrets.passphrase && `passphrase=${secrets.passphrase}\n`, secrets.streamId && `srt_streamid=${secrets.streamId}\n`].join('')
}
