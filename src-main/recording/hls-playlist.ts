import type { DiskFile } from './disk.ts'

/** What stands before the first segment. */
export interface PlaylistHead {
  /** Wall time of the first frame, ms since 1970. */
  startedAtMs: number
  size: { width: number; height: number } | null
  targetSeconds: number
}

const TARGET_DIGITS = 5
const END = '#EXT-X-ENDLIST\n'

/**
 * A media playlist (RFC 8216) that is whole at any moment: its last lines, the segment being written and the end mark, are
 * overwritten in place. Numbers have a fixed width, so that it never becomes shorter. Writes happen one after the other.
 */
export class HlsPlaylist {
  readonly #file: DiskFile
  readonly #targetAt: number
  #targetSeconds: number
  /** Everything before this stays as it is. */
  #fixedBytes: number
  #last: { name: string; broken: boolean; seconds: number } | null = null
  #writing: Promise<void>
  #sizeBytes = 0

  constructor(file: DiskFile, { startedAtMs, size, targetSeconds }: PlaylistHead) {
    this.#file = file
    this.#targetSeconds = targetSeconds
    const before = '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:'
    const picture = size ? `#EXT-X-TRTC-VIDEO-METADATA:WIDTH:${size.width} HEIGHT:${size.height}\n` : ''
    const head = `${before}${padded(targetSeconds)}\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-TRTC-START-REC-TIME:${Math.round(startedAtMs)}\n${picture}`
    this.#targetAt = before.length
    this.#fixedBytes = head.length
    this.#writing = this.#write(0, `${head}${END}`)
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** The segment is listed when it has a length, see `grown`. `broken`: what comes does not go on from what was. */
  begin(name: string, broken: boolean): void {
    // Written already, with the length that it had when it was last told; from now on it stays.
    if (this.#last && this.#last.seconds > 0) this.#fixedBytes += Buffer.byteLength(entry(this.#last))
    this.#last = { name, broken, seconds: 0 }
  }

  /** How long the segment being written is now. */
  grown(seconds: number): void {
    if (!this.#last || seconds <= 0) return
    this.#last.seconds = seconds
    this.#write(this.#fixedBytes, `${entry(this.#last)}${END}`)
    if (Math.round(seconds) <= this.#targetSeconds) return
    this.#targetSeconds = Math.round(seconds)
    this.#write(this.#targetAt, padded(this.#targetSeconds))
  }

  async sync(): Promise<void> {
    await this.#writing
    await this.#file.sync()
  }

  /** Rejects with the system's error when any of the writes failed. */
  async close(): Promise<void> {
    await this.sync().finally(() => this.#file.close())
  }

  #write(at: number, text: string): Promise<void> {
    const bytes = Buffer.from(text)
    this.#sizeBytes = Math.max(this.#sizeBytes, at + bytes.length)
    const writing = (this.#writing ?? Promise.resolve()).then(() => this.#file.write([bytes], at))
    // Told by `close`; until then nobody may be waiting for it.
    writing.catch(() => {})
    this.#writing = writing
    return writing
  }
}

const padded = (seconds: number): string => String(seconds).padStart(TARGET_DIGITS, '0')

const entry = ({ name, broken, seconds }: { name: string; broken: boolean; seconds: number }): string =>
  `${broken ? '#EXT-X-DISCONTINUITY\n' : ''}#EXTINF:${seconds.toFixed(6).padStart(12, '0')},\n${name}\n`
