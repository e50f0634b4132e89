import type { ReducedRate } from '@shared/contracts/engine.ts'
import { channelsOf, type Encoding } from '@shared/domain/encoding.ts'
import { type AudioCoder, type AudioFigures, createAudioCoder } from '../audio/audio-coder.ts'
import type { EngineClock } from '../clock.ts'
import type { SoundFormat } from '../audio/sound-format.ts'
import { DrawingPicture } from '../pictures/drawing-picture.ts'
import { placeholderPicture } from '../pictures/placeholder.ts'
import { ScrollPicture } from '../pictures/scroll-picture.ts'
import { StillPicture } from '../pictures/still-picture.ts'
import { TestPatternPicture } from '../pictures/test-pattern-picture.ts'
import { browserEncoderProbe, makeBrowserEncoder } from '../program/browser-encoder.ts'
import { probeWithout } from '../program/encoder-candidates.ts'
import { HeldVideo } from '../program/held-video.ts'
import { openProgramPort, type ProgramPort } from '../program/program-port.ts'
import { ProgramSender } from '../program/program-sender.ts'
import { VideoCoder } from '../program/video-coder.ts'
import { Composing } from './composing.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { PictureWatch } from '../vitals/picture-watch.ts'
import { PictureStore } from './picture-store.ts'
import { Preview } from './preview.ts'
import { Program } from './program.ts'
import { ProgramTrack } from './program-track.ts'
import { SinglePrograms } from './single-programs.ts'
import { Scenery } from './scenery.ts'
import { Snapshots } from './snapshots.ts'
import { SoundTracks } from './sound-tracks.ts'
import { StingerClips } from './stinger/stinger-clips.ts'
import { Turns } from './turns.ts'
import { Views } from './views.ts'

const FIGURES_MS = 500
/**
 * The first frame waits this long for the sound's header, so that one set of headers opens the program. The sound's coder
 * is warm long before *Go live*; on a page that was just reloaded it takes up to 0.7 s.
 */
const AUDIO_HEADER_WAIT_MS = 1000

/** Everything in the engine worker, wired. */
export class EngineProgram {
  readonly #store: PictureStore
  readonly #preview = new Preview()
  readonly #track = new ProgramTrack()
  readonly #snapshots: Snapshots
  readonly #singles: SinglePrograms
  readonly #composing: Composing
  readonly #scenery: Scenery
  readonly #views: Views
  readonly #coder: VideoCoder
  readonly #program: Program
  readonly #held: HeldVideo
  readonly #sender: ProgramSender
  readonly #tracks: SoundTracks
  readonly #port: ProgramPort
  #audio: AudioCoder | null = null
  #audioFigures: AudioFigures = { audioKbps: 0, driftPpm: 0, audioEncoder: '', encoderReason: '' }
  #hasAudioHeader = false
  #wanted = false
  #encoding: Encoding | null = null
  #frameStep = 1
  #startedMs = 0
  #figuresMs = 0
  #looking = false
  readonly #stopFigures: () => void
  /** A tap that no coder reads yet. */
  #freeTap: MessagePort | null
  #sound: SoundFormat = { bitrateKbps: 0, channels: 2 }

  constructor(
    init: Extract<ToWorker, { type: 'init' }>,
    private readonly clock: EngineClock,
    private readonly tell: (message: FromWorker) => void,
  ) {
    this.#freeTap = init.audio
    this.#store = new PictureStore({
      onSize: (sourceId, width, height) => tell({ type: 'size', sourceId, width, height }),
      onFeedEnded: (sourceId) => tell({ type: 'feed-ended', sourceId }),
    }, new PictureWatch(() => clock.monotonicMs()))
    this.#snapshots = new Snapshots((snapshotId, png) => tell({ type: 'snapshot', snapshotId, png }))
    const turns = new Turns()
    const probe = probeWithout(init.withoutCodecs, browserEncoderProbe)
    this.#composing = new Composing(this.#store, clock, init.forceCompositor, turns)
    this.#scenery = new Scenery(this.#store, clock, this.#composing, new StingerClips(init.assets, clock), init.assets)
    this.#views = new Views(clock, this.#store, turns, this.#scenery)
    this.#singles = new SinglePrograms({ clock, store: this.#store, turns, probe, tell, best: () => this.#composing.best, openSecond: () => this.#scenery.openSecond() })
    this.#sender = new ProgramSender((message) => this.#port.send(message), () => this.#coder.requestKeyFrame())
    this.#tracks = new SoundTracks(this.#sender)
    this.#held = new HeldVideo(clock, {
      onHeader: (header) => this.#sender.setVideoHeader(header),
      onChunk: (chunk, key, timestampUs) => this.#sender.sendVideo(chunk, key, this.#frameUs, timestampUs),
    })
    this.#coder = new VideoCoder(makeBrowserEncoder, probe, clock, {
      onHeader: (header) => this.#held.header(header),
      onChunk: (chunk, key) => this.#held.chunk(chunk, key),
      onFailure: (reason, evidence) => tell({ type: 'failure', reason, evidence }),
    })
    this.#program = new Program(clock, this.#composing, this.#coder, this.#preview, this.#views, this.#track, this.#snapshots, () => this.#mayCode())
    this.#port = openProgramPort(init.transport, clock, {
      onOpen: () => this.#sender.onOpen(),
      onLost: () => this.#sender.onLost(),
      onCommand: (command) => this.#sender.onCommand(command),
    })
    this.#stopFigures = clock.every(FIGURES_MS, () => this.#tellFigures())
  }

  handle(message: Exclude<ToWorker, { type: 'init' }>): void {
    switch (message.type) {
      case 'tap':
        return this.#openAudio(message.audio)
      case 'wish':
        return this.#setWish(message.wanted, message.encoding, message.reduced)
      case 'stage':
        if (!this.#encoding && message.change.designed) this.#setEncoding(message.change.designed)
        return this.#scenery.apply(message.change)
      case 'hold-back':
        this.#held.holdUs = message.pictureUs
        this.#track.holdUs = message.pictureUs
        this.#singles.holdBack(message.pictureUs)
        return
      case 'feed':
        void this.#store.feed(message.sourceId, message.frames)
        return
      case 'still':
        return this.#store.set(message.sourceId, new StillPicture(message.bitmap, message.opaque))
      case 'scroll':
        return this.#store.set(message.sourceId, new ScrollPicture(new StillPicture(message.bitmap, message.opaque), message.way))
      case 'fade':
        return this.#store.fade(message.sourceId, new StillPicture(message.bitmap, message.opaque), message.lengthMs)
      case 'drawing':
        return this.#store.set(message.sourceId, new DrawingPicture(message.width, message.height))
      case 'draw': {
        const drawing = this.#store.pictures.get(message.sourceId)
        return drawing instanceof DrawingPicture ? drawing.change(message.change) : undefined
      }
      case 'pattern':
        return this.#store.set(message.sourceId, new TestPatternPicture())
      case 'away':
        return this.#store.setAway(message.sourceId, placeholderPicture(message.text))
      case 'remove':
        return this.#store.remove(message.sourceId)
      case 'preview':
        return this.#preview.attach(message.canvas)
      case 'preview-size':
        return this.#preview.setSize(message.width, message.height)
      case 'preview-off':
        return this.#preview.detach()
      case 'visible':
        this.#preview.visible = message.visible
        return
      case 'view-open':
      case 'view-size':
      case 'view-visible':
      case 'view-close':
        return this.#views.handle(message)
      case 'snapshot':
        return this.#snapshots.want(message.snapshotId)
      case 'program-track':
        return (message.content === 'mix' ? this.#track : this.#singles.tracks[message.content]).attach(message.frames)
      case 'program-track-off':
        return (message.content === 'mix' ? this.#track : this.#singles.tracks[message.content]).detach()
      case 'single-open':
      case 'single':
      case 'single-close':
        return this.#singles.handle(message)
      case 'track-open':
      case 'track-close':
        return this.#tracks.handle(message)
      case 'close':
        return this.#close()
    }
  }

  get #frameUs(): number {
    return Math.round((1_000_000 * this.#frameStep) / (this.#encoding?.frameRate ?? 30))
  }

  #mayCode(): boolean {
    return this.#hasAudioHeader || this.clock.monotonicMs() - this.#startedMs >= AUDIO_HEADER_WAIT_MS
  }

  #setEncoding(encoding: Encoding): void {
    this.#encoding = encoding
    this.#program.setEncoding(encoding)
    this.#views.frameRate = encoding.frameRate
    // Found out beforehand, so that Go live does not wait for it.
    void this.#coder.prepare(encoding)
    const sound: SoundFormat = { bitrateKbps: encoding.audioKbps, channels: channelsOf(encoding) }
    if (this.#sound.bitrateKbps === sound.bitrateKbps && this.#sound.channels === sound.channels) return
    this.#sound = sound
    this.#audio?.close()
    this.#audio = null
    if (this.#freeTap) this.#openAudio(this.#freeTap)
    else this.tell({ type: 'want-tap' })
  }

  /** `reduced`: what the lines leave of the encoding. Neither another rate nor fewer pictures need another encoder. */
  #setWish(wanted: boolean, asked: Encoding, reduced: ReducedRate | null): void {
    const encoding: Encoding = { ...asked, videoKbps: Math.min(reduced?.videoKbps ?? Infinity, asked.videoKbps) }
    this.#frameStep = reduced?.frameStep ?? 1
    this.#program.setFrameStep(this.#frameStep)
    const before = this.#encoding
    const restart = wanted && this.#wanted && before !== null && !sameFormat(before, encoding)
    if (restart) this.#stopCoding()
    if (!before || !sameFormat(before, encoding)) this.#setEncoding(encoding)
    else this.#coder.setRate(encoding.videoKbps, this.#frameStep)
    this.#encoding = encoding
    if (wanted && (!this.#wanted || restart)) this.#startCoding(encoding)
    else if (!wanted && this.#wanted) this.#stopCoding()
    this.#wanted = wanted
  }

  #startCoding(encoding: Encoding): void {
    this.#startedMs = this.clock.monotonicMs()
    this.#sender.onStart()
    this.#audio?.start()
    void this.#coder.start(encoding)
    this.#program.setCoding(true)
  }

  #stopCoding(): void {
    this.#program.setCoding(false)
    this.#coder.stop()
    this.#held.clear()
    this.#audio?.stop()
  }

  #openAudio(port: MessagePort): void {
    this.#freeTap = null
    this.#audio?.close()
    this.#audio = createAudioCoder({
      port,
      ...this.#sound,
      onHeader: (header) => {
        this.#hasAudioHeader = true
        this.#sender.setAudioHeader(header)
      },
      onPacket: (packet) => this.#sender.sendAudio(packet),
      onFigures: (figures) => {
        this.#audioFigures = figures
      },
    })
    if (this.#wanted) this.#audio.start()
  }

  /** One look at a time: reading a frame may take longer than the wait for the next one. */
  async #look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    await this.#store.look().finally(() => (this.#looking = false))
  }

  #tellFigures(): void {
    const nowMs = this.clock.monotonicMs()
    void this.#look()
    const figures = this.#program.figures(this.#audioFigures, this.#sender.gate.videoDropped)
    this.tell({ type: 'figures', figures, pictures: this.#store.figures(this.#figuresMs === 0 ? 0 : nowMs - this.#figuresMs) })
    this.#figuresMs = nowMs
    this.#scenery.rest()
    this.#views.rest()
  }

  #close(): void {
    this.#stopFigures()
    this.#stopCoding()
    this.#program.close()
    this.#singles.close()
    this.#track.detach()
    this.#audio?.close()
    this.#tracks.close()
    this.#port.close()
    this.#views.close()
    this.#scenery.close()
    this.#store.close()
    this.#composing.close()
    this.tell({ type: 'closed' })
  }
}

const sameFormat = (a: Encoding, b: Encoding): boolean =>
  a.width === b.width && a.height === b.height && a.frameRate === b.frameRate && a.keyFrameSeconds === b.keyFrameSeconds && a.avcProfile === b.avcProfile && a.audioKbps === b.audioKbps && channelsOf(a) === channelsOf(b)
