import type { ProgramWish } from '@shared/contracts/engine.ts'
import { channelsOf } from '@shared/domain/encoding.ts'
import { trackSources } from '@shared/domain/mix.ts'
import type { MixedShow, Mixer, SoundGroup } from './audio/mixer.ts'
import type { SoundFormat } from './audio/sound-format.ts'
import type { ToWorker } from './worker/messages.ts'

interface Link {
  format: SoundFormat
  sound: Pick<SoundGroup, 'setSources' | 'close'>
}

/**
 * The sound tracks that are only recorded, as the window has them: each is mixed from the strips that are on it, and coded in the
 * worker. Nothing of a track exists while it is not recorded.
 */
export class TrackLinks {
  readonly #links = new Map<number, Link>()
  #show: MixedShow | null = null

  constructor(
    private readonly mixer: { openGroup(...given: Parameters<Mixer['openGroup']>): Link['sound'] },
    private readonly post: (message: ToWorker, transfer?: Transferable[]) => void,
  ) {}

  follow({ tracks = [], encoding }: Pick<ProgramWish, 'tracks' | 'encoding'>): void {
    const format: SoundFormat = { bitrateKbps: encoding.audioKbps, channels: channelsOf(encoding) }
    for (const [track, link] of this.#links) {
      if (!tracks.includes(track) || link.format.bitrateKbps !== format.bitrateKbps || link.format.channels !== format.channels) this.#close(track)
    }
    for (const track of tracks) if (!this.#links.has(track)) this.#open(track, format)
  }

  /** Who is on which track may have changed. */
  setShow(show: MixedShow): void {
    this.#show = show
    for (const [track, { sound }] of this.#links) sound.setSources(trackSources(show, track))
  }

  close(): void {
    for (const track of this.#links.keys()) this.#close(track)
  }

  #open(track: number, format: SoundFormat): void {
    const tap = new MessageChannel()
    const sound = this.mixer.openGroup(this.#show ? trackSources(this.#show, track) : [], tap.port1)
    this.#links.set(track, { format, sound })
    this.post({ type: 'track-open', track, format, audio: tap.port2 }, [tap.port2])
  }

  #close(track: number): void {
    this.#links.get(track)?.sound.close()
    this.#links.delete(track)
    this.post({ type: 'track-close', track })
  }
}
