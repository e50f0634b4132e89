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

/** As the recorder names segments: what the playlist's name begins with, and 17 digits of UTC. */
const SEGMENT_NAME = /^(.+)_\d{17}\.ts$/

/**
 * Segments of one folder that no playlist lists, by the playlist that they belong to: one is listed only once it has a length. A
 * playlist that was begun anew (`A_R_2.m3u8`) has segments named like those of the first.
 */
export function unlistedSegments(playlists: readonly { name: string; listed: readonly string[] }[], names: readonly string[]): Map<string, string[]> {
  const listed = new Set(playlists.flatMap((playlist) => playlist.listed))
  const newestFirst = playlists.map((each) => ({ ...each, stem: each.name.replace(/\.m3u8$/i, '') })).toSorted((a, b) => b.stem.localeCompare(a.stem, 'en', { numeric: true }))
  const found = new Map<string, string[]>()
  for (const name of names.toSorted()) {
    const base = SEGMENT_NAME.exec(name)?.[1]
    if (base === undefined || listed.has(name)) continue
    const owner = newestFirst.find((playlist) => (playlist.stem === base || playlist.stem.replace(/_\d+$/, '') === base) && (playlist.listed.at(-1) ?? '') < name)
    if (owner) found.set(owner.name, [...(found.get(owner.name) ?? []), name])
  }
  return found
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
