import type { SingleWish, SingleWishes } from '@shared/contracts/engine.ts'
import { SIDE_CONTENTS, type SideContent } from '@shared/domain/program-content.ts'
import type { Mixer, SoundGroup, SoundTrack } from './audio/mixer.ts'
import type { EngineLink } from './engine.types.ts'
import type { ToWorker } from './worker/messages.ts'

/** A single stream as the window has it: its sound comes from the mixer, its port from main; the rest is in the worker. */
interface Link {
  wish: SingleWish
  /** Null while its port is being opened. */
  sound: SoundGroup | null
}

/** Opens and closes the single streams as main wishes. Nothing of them exists while none is wanted. */
export class SingleLinks {
  readonly #links = new Map<SideContent, Link>()
  readonly #tracks = new Map<SideContent, SoundTrack>()

  constructor(
    private readonly mixer: Pick<Mixer, 'openGroup' | 'openTrack'>,
    private readonly openPort: EngineLink['singlePort'],
    private readonly post: (message: ToWorker, transfer?: Transferable[]) => void,
  ) {}

  follow(wishes: SingleWishes): void {
    for (const content of SIDE_CONTENTS) {
      const wish = wishes[content]
      const link = this.#links.get(content)
      if (!wish) this.#close(content)
      else if (!link) this.#open(content, wish)
      else if (JSON.stringify(link.wish) !== JSON.stringify(wish)) this.#change(content, link, wish)
    }
  }

  /** Its sound as a track, silent while the stream is not wanted; one at a time for each. */
  openTrack(content: SideContent): Pick<SoundTrack, 'track' | 'stop'> {
    const opened = this.mixer.openTrack()
    opened.play(this.#links.get(content)?.sound ?? null)
    this.#tracks.set(content, opened)
    const stop = (): void => {
      if (this.#tracks.get(content) === opened) this.#tracks.delete(content)
      opened.stop()
    }
    return { track: opened.track, stop }
  }

  close(): void {
    for (const content of SIDE_CONTENTS) this.#close(content)
  }

  #open(content: SideContent, wish: SingleWish): void {
    const link: Link = { wish, sound: null }
    this.#links.set(content, link)
    void this.openPort(content).then((transport) => {
      // No longer wanted meanwhile.
      if (this.#links.get(content) !== link) return transport.kind === 'port' ? transport.port.close() : undefined
      const tap = new MessageChannel()
      link.sound = this.mixer.openGroup(link.wish.soundIds, tap.port1)
      this.#tracks.get(content)?.play(link.sound)
      this.post({ type: 'single-open', content, wish: link.wish, transport, audio: tap.port2 }, transport.kind === 'port' ? [tap.port2, transport.port] : [tap.port2])
    })
  }

  #change(content: SideContent, link: Link, wish: SingleWish): void {
    link.wish = wish
    if (!link.sound) return
    link.sound.setSources(wish.soundIds)
    this.post({ type: 'single', content, wish })
  }

  #close(content: SideContent): void {
    const link = this.#links.get(content)
    this.#links.delete(content)
    if (!link?.sound) return
    this.#tracks.get(content)?.play(null)
    link.sound.close()
    this.post({ type: 'single-close', content })
  }
}
