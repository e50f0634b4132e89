/** Where segments and the playlist go: a folder, or a web server. */
export interface HlsPlace {
  /** What an earlier run left there as playlist; null when nothing can be read. */
  left(): Promise<string | null>
  /** Puts a file in place as a whole. Rejects with a StudioError; `signal` ends it with its reason. */
  put(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<void>
  /** What nobody needs any more. Never rejects: a server may not allow it. */
  remove(name: string, signal: AbortSignal): Promise<void>
  /** Rises while something is being taken; for telling what is slow from what stands still. */
  readonly takenBytes: number
  /** Of the file under way, what has arrived as far as the system tells, bytes; absent where there is no line, as for a folder. Never rejects. */
  arrivedBytes?(): Promise<number>
  readonly playlistName: string
  close(): void
}
