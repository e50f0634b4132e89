/** A media playlist of HLS (RFC 8216) as far as the studio reads one. */
export interface Playlist {
  segments: { uri: string; durationMs: number }[]
  /** Nothing more is added: `#EXT-X-ENDLIST`. */
  ended: boolean
  /** `#EXT-X-TRTC-VIDEO-METADATA`; null when it is not there. */
  width: number | null
  height: number | null
}

export function parsePlaylist(text: string): Playlist {
  const segments: Playlist['segments'] = []
  let durationMs = 0
  for (const line of text.split(/\r?\n/)) {
    const length = /^#EXTINF:([\d.]+)/.exec(line)?.[1]
    if (length !== undefined) durationMs = Math.round(Number(length) * 1000)
    else if (line !== '' && !line.startsWith('#')) {
      segments.push({ uri: line.trim(), durationMs })
      durationMs = 0
    }
  }
  const size = /^#EXT-X-TRTC-VIDEO-METADATA:WIDTH:(\d+) HEIGHT:(\d+)/m.exec(text)
  return { segments, ended: /^#EXT-X-ENDLIST/m.test(text), width: size ? Number(size[1]) : null, height: size ? Number(size[2]) : null }
}

/** The segment's file beside its playlist; null for an address or a path that leads elsewhere. */
export function segmentName(uri: string): string | null {
  let name: string
  try {
    name = decodeURIComponent(uri)
  } catch {
    name = uri
  }
  return name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name) ? null : name
}

/** The playlist without the segments that are not `kept`, with what was never listed at its end, and closed. */
export function mendPlaylist(text: string, kept: (uri: string) => boolean, added: readonly { uri: string; durationMs: number }[]): string {
  const lines: string[] = []
  let tags: string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#EXT-X-ENDLIST')) continue
    if (/^#(EXTINF|EXT-X-(DISCONTINUITY|PROGRAM-DATE-TIME|BYTERANGE|GAP))\b/.test(line)) tags.push(line)
    else if (line.startsWith('#')) lines.push(line)
    else {
      if (kept(line.trim())) lines.push(...tags, line)
      tags = []
    }
  }
  for (const { uri, durationMs } of added) lines.push(`#EXTINF:${(durationMs / 1000).toFixed(3)},`, uri)
  return [...lines, '#EXT-X-ENDLIST', ''].join('\n')
}
