export interface HlsSegment {
  /** File name, relative to the playlist. */
  name: string
  durationMs: number
  /** Decoders begin anew: another run, or other codec parameters. */
  discontinuity: boolean
  /** Wall time of its first picture, ms since 1970. */
  atMs: number
}

export interface PlaylistOptions {
  /** Segments that are listed; 0 = all of them, as an event that can be watched from its beginning. */
  listSize: number
  segmentSeconds: number
}

/** A media playlist (RFC 8216) that goes on for as long as the show does, whatever breaks in between. Values only, no files. */
export class HlsPlaylist {
  readonly #segments: HlsSegment[] = []
  #mediaSequence = 0
  #discontinuitySequence = 0
  /** Must never change for a player (§4.3.3.1), so it only grows where a group of pictures was longer than asked for. */
  #targetSeconds: number
  #made = 0

  /** `prefix` makes the names of this show's segments its own: caches and an older show's files do not get in the way. */
  constructor(
    readonly prefix: string,
    private readonly options: PlaylistOptions,
  ) {
    this.#targetSeconds = options.segmentSeconds
  }

  /** A name that was never used. */
  nextName(): string {
    return `${this.prefix}${String(this.#made++).padStart(5, '0')}.ts`
  }

  get isEmpty(): boolean {
    return this.#segments.length === 0
  }

  /** Wall time at which the last segment ended, ms since 1970; null while there is none. */
  get endsAtMs(): number | null {
    const last = this.#segments.at(-1)
    return last ? last.atMs + last.durationMs : null
  }

  /** Lists one more; returns those that are no longer listed. */
  add(segment: HlsSegment): HlsSegment[] {
    this.#segments.push(segment)
    this.#targetSeconds = Math.max(this.#targetSeconds, Math.round(segment.durationMs / 1000))
    const { listSize } = this.options
    if (listSize === 0 || this.#segments.length <= listSize) return []
    const gone = this.#segments.splice(0, this.#segments.length - listSize)
    this.#mediaSequence += gone.length
    this.#discontinuitySequence += gone.filter(({ discontinuity }) => discontinuity).length
    return gone
  }

  /** `ended`: nothing follows. */
  text({ ended }: { ended: boolean }): string {
    return [
      '#EXTM3U',
      '#EXT-X-VERSION:3',
      `#EXT-X-TARGETDURATION:${this.#targetSeconds}`,
      `#EXT-X-MEDIA-SEQUENCE:${this.#mediaSequence}`,
      ...(this.#discontinuitySequence > 0 ? [`#EXT-X-DISCONTINUITY-SEQUENCE:${this.#discontinuitySequence}`] : []),
      ...(this.options.listSize === 0 ? ['#EXT-X-PLAYLIST-TYPE:EVENT'] : []),
      '#EXT-X-INDEPENDENT-SEGMENTS',
      ...this.#segments.flatMap(lines),
      ...(ended ? ['#EXT-X-ENDLIST'] : []),
      '',
    ].join('\n')
  }

  /** Goes on from what an earlier run of the studio left in the same place; null when that ended well or is not one of ours. */
  static resume(text: string, options: PlaylistOptions): HlsPlaylist | null {
    if (!text.startsWith('#EXTM3U') || text.includes('#EXT-X-ENDLIST')) return null
    const number = (tag: string) => Number(new RegExp(`^#${tag}:(\\d+)`, 'm').exec(text)?.[1] ?? 0)
    const found = [...text.matchAll(/(#EXT-X-DISCONTINUITY\n)?#EXT-X-PROGRAM-DATE-TIME:(\S+)\n#EXTINF:([\d.]+),\n([\w.-]+?)(\d{5,})\.ts$/gm)]
    const prefix = found[0]?.[4]
    if (prefix === undefined || found.some(([, , , , each]) => each !== prefix)) return null
    const playlist = new HlsPlaylist(prefix, options)
    playlist.#mediaSequence = number('EXT-X-MEDIA-SEQUENCE')
    playlist.#discontinuitySequence = number('EXT-X-DISCONTINUITY-SEQUENCE')
    playlist.#targetSeconds = Math.max(options.segmentSeconds, number('EXT-X-TARGETDURATION'))
    for (const [, discontinuity, at = '', seconds, , index] of found) {
      playlist.#segments.push({ name: `${prefix}${index}.ts`, durationMs: Number(seconds) * 1000, discontinuity: discontinuity !== undefined, atMs: Date.parse(at) || 0 })
      playlist.#made = Math.max(playlist.#made, Number(index) + 1)
    }
    return playlist
  }
}

function lines({ name, durationMs, discontinuity, atMs }: HlsSegment): string[] {
  return [
    ...(discontinuity ? ['#EXT-X-DISCONTINUITY'] : []),
    `#EXT-X-PROGRAM-DATE-TIME:${new Date(atMs).toISOString()}`,
    `#EXTINF:${(durationMs / 1000).toFixed(3)},`,
    name,
  ]
}
