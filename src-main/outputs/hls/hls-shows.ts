import { HlsPlaylist, type PlaylistOptions } from './hls-playlist.ts'
import type { HlsPlace } from './hls-place.ts'

/** What the studio left behind longer ago, when it was killed, belongs to another show. Playback addresses survive an hour of silence elsewhere too. */
const RESUMED_WITHIN_MS = 3_600_000

/** The playlists that are not ended yet, by their address: an output that begins anew goes on with its own. */
export class HlsShows {
  readonly #playlists = new Map<string, HlsPlaylist>()

  /** `nowMs`: wall time, for names that no earlier show has used. */
  async playlist(address: string, options: PlaylistOptions, place: HlsPlace, nowMs: number): Promise<HlsPlaylist> {
    const id = idOf(address, options)
    const known = this.#playlists.get(id)
    if (known) return known
    const left = await place.left()
    const resumed = left === null ? null : HlsPlaylist.resume(left, options)
    const playlist = (resumed && nowMs - (resumed.endsAtMs ?? 0) <= RESUMED_WITHIN_MS ? resumed : null) ?? new HlsPlaylist(prefix(place.playlistName, nowMs), options)
    this.#playlists.set(id, playlist)
    return playlist
  }

  /** The show is over: the next one begins a playlist of its own. Returns this one's, if it was not over already. */
  ended(address: string, options: PlaylistOptions): HlsPlaylist | null {
    const id = idOf(address, options)
    const playlist = this.#playlists.get(id) ?? null
    this.#playlists.delete(id)
    return playlist
  }
}

const idOf = (address: string, options: PlaylistOptions): string => JSON.stringify([address, options.listSize, options.segmentSeconds])

/** e.g. `index-20261120T210300-` */
function prefix(playlistName: string, nowMs: number): string {
  const base = playlistName.replace(/\.m3u8$/i, '').replaceAll(/[^\w.-]/g, '_')
  return `${base}-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+Z/g, '')}-`
}
