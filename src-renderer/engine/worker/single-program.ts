import type { SingleWish } from '@shared/contracts/engine.ts'
import { channelsOf, type Encoding } from '@shared/domain/encoding.ts'
import type { SideContent } from '@shared/domain/program-content.ts'
import { type AudioCoder, createAudioCoder } from '../audio/audio-coder.ts'
import type { EngineClock } from '../clock.ts'
import type { CompositorName } from '../compositor/compositor.ts'
import { browserEncoderProbe, makeBrowserEncoder } from '../program/browser-encoder.ts'
import type { EncoderProbe } from '../program/encoder-candidates.ts'
import { HeldVideo } from '../program/held-video.ts'
import { openProgramPort, type PortTransport, type ProgramPort } from '../program/program-port.ts'
import { ProgramSender } from '../program/program-sender.ts'
import { startTicker, type Ticker } from '../program/ticker.ts'
import { VideoCoder } from '../program/video-coder.ts'
import { wholeScene } from '../stage/whole-scene.ts'
import { Composing, type Director } from './composing.ts'
import type { FromWorker } from './messages.ts'
import type { PictureStore } from './picture-store.ts'
import type { ProgramTrack } from './program-track.ts'
import type { Turns } from './turns.ts'

/** As for the mix: one set of headers opens the stream, so its first frame waits this long for the sound's header. */
const AUDIO_HEADER_WAIT_MS = 1000

export interface SingleParts {
  clock: EngineClock
  store: PictureStore
  turns: Turns
  probe?: EncoderProbe
  /** How the mix is composed; null until that is known. */
  best(): CompositorName | null
  /** What is on air, on the second canvas. */
  openSecond(): Director & { close(): void }
  tell(message: FromWorker): void
  /** By how much pictures are held back against the sound, µs. */
  holdUs(): number
}

/**
 * One source by itself or the second canvas, beside the mix: its own size, rate, encoders and port, on the mix's clock and grid of time stamps.
 * It codes from the moment it is made until it is closed.
 */
export class SingleProgram {
  readonly #composing: Composing
  /** Null for a single source. */
  readonly #second: (Director & { close(): void }) | null
  readonly #coder: VideoCoder
  readonly #held: HeldVideo
  readonly #sender: ProgramSender
  readonly #port: ProgramPort
  readonly #audio: AudioCoder
  readonly #startedMs: number
  #hasAudioHeader = false
  #wish: SingleWish | null = null
  #ticker: Ticker | null = null
  #frameStep = 1

  constructor(
    content: SideContent,
    wish: SingleWish,
    transport: PortTransport,
    sound: MessagePort,
    /** For peers, which code for themselves. */
    private readonly track: ProgramTrack,
    private readonly parts: SingleParts,
  ) {
    const { clock, store, turns, tell } = parts
    this.#startedMs = clock.monotonicMs()
    this.#second = content === 'second' ? parts.openSecond() : null
    // What moves by itself in the store is the mix's, unless this shows it too: the mix may rest meanwhile.
    const moving = { pictures: store.pictures, get revision() { return store.revision }, isAway: (id: string) => store.isAway(id), setTime: (atUs: number, frameUs: number) => void (this.#second && store.setTime(atUs, frameUs)) }
    // The planes work everywhere, and measuring again would take the processor from the mix.
    this.#composing = new Composing(moving, clock, (this.#second ? parts.best() : null) ?? 'planes', turns)
    if (this.#second) this.#composing.direct(this.#second)
    this.#sender = new ProgramSender((message) => this.#port.send(message), () => this.#coder.requestKeyFrame())
    this.#held = new HeldVideo(clock, {
      onHeader: (header) => this.#sender.setVideoHeader(header),
      onChunk: (chunk, key, timestampUs) => this.#sender.sendVideo(chunk, key, this.#frameUs(this.#wish?.encoding.frameRate ?? 15), timestampUs),
    })
    this.holdBack(parts.holdUs())
    this.#coder = new VideoCoder(makeBrowserEncoder, parts.probe ?? browserEncoderProbe, clock, {
      onHeader: (header) => this.#held.header(header),
      onChunk: (chunk, key) => this.#held.chunk(chunk, key),
      onFailure: (reason, evidence) => tell({ type: 'failure', reason, evidence, content }),
    })
    this.#port = openProgramPort(transport, clock, {
      onOpen: () => this.#sender.onOpen(),
      onLost: () => this.#sender.onLost(),
      onCommand: (command) => this.#sender.onCommand(command),
    })
    this.#audio = createAudioCoder({
      port: sound,
      bitrateKbps: wish.encoding.audioKbps,
      channels: channelsOf(wish.encoding),
      onHeader: (header) => {
        this.#hasAudioHeader = true
        this.#sender.setAudioHeader(header)
      },
      onPacket: (packet) => this.#sender.sendAudio(packet),
      onFigures: () => {},
    })
    this.#audio.start()
    this.follow(wish)
  }

  /** Another source, or another size or rate: with new headers where a decoder needs them. What the lines leave of it needs neither. */
  follow(wish: SingleWish): void {
    const before = this.#wish
    this.#wish = wish
    if (wish.sourceId !== null) this.#composing.setScene(wholeScene(wish.sourceId, wish.encoding), wish.encoding)
    if (before && JSON.stringify([before.encoding, before.reduced]) === JSON.stringify([wish.encoding, wish.reduced])) return
    if (!before || !sameButRate(before.encoding, wish.encoding)) this.#start(wish.encoding)
    this.#frameStep = wish.reduced?.frameStep ?? 1
    this.#coder.setRate(Math.min(wish.reduced?.videoKbps ?? Infinity, wish.encoding.videoKbps), this.#frameStep)
  }

  /** As for the mix: the sounds of a single stream are held back, too. */
  holdBack(pictureUs: number): void {
    this.#held.holdUs = pictureUs
  }

  close(): void {
    this.#ticker?.stop()
    this.#coder.stop()
    this.#held.clear()
    this.#audio.close()
    this.#port.close()
    this.#composing.close()
    this.#second?.close()
  }

  #start(encoding: Encoding): void {
    this.#ticker?.stop()
    this.#coder.stop()
    this.#held.clear()
    this.#sender.onStart()
    void this.#composing.setCanvas(encoding)
    void this.#coder.start(encoding)
    this.#ticker = startTicker({ clock: this.parts.clock, frameRate: encoding.frameRate, onTick: (timestampUs, index) => this.#tick(timestampUs, index, encoding.frameRate), onDropped: () => {} })
  }

  get #mayCode(): boolean {
    return this.#hasAudioHeader || this.parts.clock.monotonicMs() - this.#startedMs >= AUDIO_HEADER_WAIT_MS
  }

  /** How long a coded picture stands. */
  #frameUs(frameRate: number): number {
    return Math.round((1_000_000 * this.#frameStep) / frameRate)
  }

  async #tick(timestampUs: number, index: number, frameRate: number): Promise<void> {
    const code = index % this.#frameStep === 0 && this.#coder.running && this.#mayCode
    const hand = this.track.wanted
    if (!this.#composing.ready || !(code || hand)) return
    const frame = await this.#composing.compose({ timestampUs, durationUs: code ? this.#frameUs(frameRate) : Math.round(1_000_000 / frameRate) })
    if (!frame) return
    try {
      if (code) this.#coder.encode(frame)
      if (hand) this.track.write(frame)
    } finally {
      frame.close()
    }
  }
}

const sameButRate = (a: Encoding, b: Encoding): boolean =>
  a.width === b.width && a.height === b.height && a.frameRate === b.frameRate && a.keyFrameSeconds === b.keyFrameSeconds && a.avcProfile === b.avcProfile
