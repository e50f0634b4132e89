import type { Clock } from '../../base/clock.ts'
import { HLS_LIMITS, type HlsLimits } from './hls-limits.ts'
import { openHlsPlace, type HlsSpec } from './hls-output.ts'
import type { HlsShows } from './hls-shows.ts'

/**
 * A show that ended while its output was not running, because it was waiting to try again, left a playlist that viewers
 * wait at for ever: tells them that nothing follows. Tried once, for as long as a farewell may last; never rejects.
 * What has been ended already is left alone.
 */
export async function endHls({ address, options, ...rest }: HlsSpec, shows: HlsShows, clock: Pick<Clock, 'sleep'>, limits: HlsLimits = HLS_LIMITS): Promise<void> {
  const playlist = shows.ended(address, options)
  if (!playlist || playlist.isEmpty) return
  const place = openHlsPlace({ address, options, ...rest })
  const over = new AbortController()
  void clock.sleep(limits.drainMs, over.signal).then(() => over.abort(), () => {})
  try {
    await place.put(place.playlistName, Buffer.from(playlist.text({ ended: true })), over.signal)
  } catch {
    // The server is still not there.
  } finally {
    over.abort()
    place.close()
  }
}
