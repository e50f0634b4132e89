/**
 * How far FFmpeg is, from its `-progress` lines. `out_time_ms` is in microseconds, whatever its name says, as `out_time_us`
 * is; either may be `N/A` or negative in the beginning.
 */
export class FfmpegProgress {
  #rest = ''
  #doneMs: number | null = null
  #ended = false

  /** Takes what FFmpeg wrote, in pieces of any size; answers the media time done so far in ms, null while it is not known. */
  push(text: string): number | null {
    const lines = (this.#rest + text).split(/\r?\n/)
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#read(line)
    return this.#doneMs
  }

  /** FFmpeg said that it is through. */
  get ended(): boolean {
    return this.#ended
  }

  #read(line: string): void {
    if (line === 'progress=end') this.#ended = true
    const micros = /^out_time_(?:us|ms)=(\d+)$/.exec(line)?.[1]
    if (micros !== undefined) this.#doneMs = Number(micros) / 1000
  }
}
