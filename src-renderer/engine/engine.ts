import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import { capturedSources } from '@shared/domain/mix.ts'
import { isSide, type ProgramContent } from '@shared/domain/program-content.ts'
import type { Show } from '@shared/domain/show.ts'
import { DEFAULT_STRIP } from '@shared/domain/strip.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import { SILENCE_DB } from './audio/levels.ts'
import { createMixer } from './audio/mixer.ts'
import type { SoundDesk } from './audio/sound-desk.ts'
import { holdBackMs } from './audio/strip-levels.ts'
import { type EngineClock, pageClock, pageRandom } from './clock.ts'
import { listDevices, unlockDevices } from './devices.ts'
import type { DrawingChange } from './drawing/stroke.ts'
import type { EngineOptions } from './engine-options.ts'
import type { Devices, Engine, EngineLink, EngineView, MeterFrame, ShowOptions, ViewTarget } from './engine.types.ts'
import { Handlers } from './handlers.ts'
import { listen } from './listen.ts'
import { openView } from './open-view.ts'
import { pictureSink } from './picture-sink.ts'
import { SingleLinks } from './single-links.ts'
import { withoutFilters } from './safe-show.ts'
import { LinkedTextFiles, linkedWebPages, loadImage } from './sources/outside.ts'
import { whenChanged } from './when-changed.ts'
import { SourceManager } from './sources/source-manager.ts'
import { openProgramStream } from './whip/open-program-stream.ts'
import { type ProgramStream, SharedProgramStream } from './whip/program-stream.ts'
import { TrackLinks } from './track-links.ts'
import { SoundWatch } from './vitals/sound-watch.ts'
import { StageChanges } from './stage/stage-change.ts'
import type { FromWorker, ToWorker } from './worker/messages.ts'

/** Starts the page's engine: its worker, its mixer and the program port. Call `setShow` next. */
export function createEngine(link: EngineLink, options: EngineOptions = {}): Engine {
  return new PageEngine(link, options)
}

class PageEngine implements Engine {
  readonly #worker: Worker
  readonly #clock: EngineClock
  readonly #heard = new SoundWatch(() => this.#clock.monotonicMs())
  readonly #mixer: ReturnType<typeof createMixer>
  readonly #sources: SourceManager
  readonly #textFiles: LinkedTextFiles
  readonly #meters = new Handlers<MeterFrame>(false)
  readonly #statuses = new Handlers<readonly SourceStatus[]>(true)
  readonly #figures = new Handlers<ProgramFigures>(true)
  readonly #devices = new Handlers<Devices>(true)
  readonly #streams = new Map<ProgramContent, SharedProgramStream>()
  readonly #singles: SingleLinks
  readonly #tracks: TrackLinks
  readonly #stops: (() => void)[] = []
  readonly #changes = new StageChanges()
  #strips: Show['strips'] = {}
  #views = 0
  #safe = false
  #shown: { show: Show; options: ShowOptions } | null = null
  readonly #whenChanged = whenChanged()
  #sizes = new Map<string, { width: number; height: number }>()
  #statusesQueued = false
  /** Of the program, since the last report. */
  #loudestDbfs = SILENCE_DB

  constructor(
    private readonly link: EngineLink,
    options: EngineOptions,
  ) {
    this.#clock = options.clock ?? pageClock
    this.#worker = new Worker(new URL('./worker/engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' })
    this.#worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.#onMessage(event.data))
    this.#worker.addEventListener('error', (event) => link.failure('encoder-failed', `engine worker: ${event.message}`))
    this.#mixer = createMixer({
      onMeters: (meters: MeterFrame) => {
        this.#loudestDbfs = Math.max(this.#loudestDbfs, meters['program']?.rmsDbfs ?? SILENCE_DB)
        this.#meters.emit(meters)
      },
      onInputs: (levels) => this.#heard.take(levels),
    })
    const tap = new MessageChannel()
    this.#mixer.connectTap(tap.port1)
    const transport = link.programPort()
    const transfer: Transferable[] = transport.kind === 'port' ? [tap.port2, transport.port] : [tap.port2]
    const { forceCompositor = null, withoutCodecs = [] } = options
    this.#post({ type: 'init', transport, audio: tap.port2, forceCompositor, withoutCodecs, assets: new URL('assets/', document.baseURI).href }, transfer)
    this.#textFiles = new LinkedTextFiles(link)
    this.#sources = new SourceManager(
      {
        pictures: pictureSink((message, transferred) => this.#post(message, transferred), (sourceId) => this.#sources.nameOf(sourceId)),
        sound: this.#mixer,
        devices: options.devices ?? navigator.mediaDevices,
        clock: this.#clock,
        random: pageRandom,
        images: { load: loadImage },
        textFiles: this.#textFiles,
        webPages: linkedWebPages(link, navigator.mediaDevices),
        strip: (sourceId) => this.#strips[sourceId] ?? DEFAULT_STRIP,
      },
      () => this.#queueStatuses(),
    )
    if (options.safe) this.setSafe(true)
    this.#singles = new SingleLinks(this.#mixer, (content) => link.singlePort(content), (message, transferred) => this.#post(message, transferred))
    this.#tracks = new TrackLinks(this.#mixer, (message, transferred) => this.#post(message, transferred))
    this.#stops.push(
      link.onWish(({ wanted, encoding, reduced = null, singles = {}, tracks }) => {
        this.#post({ type: 'wish', wanted, encoding, reduced })
        this.#singles.follow(singles)
        this.#tracks.follow({ encoding, ...(tracks && { tracks }) })
      }),
      link.onSnapshot((snapshotId) => this.#post({ type: 'snapshot', snapshotId })),
      listen(document, 'visibilitychange', () => this.#tellVisible()),
      listen(navigator.mediaDevices, 'devicechange', () => {
        this.#sources.devicesChanged()
        this.#refreshDevices()
      }),
      // A context that had to wait for a gesture is let go on by the first one.
      listen(document, 'pointerdown', () => this.#resumeSound()),
    )
    this.#resumeSound()
    this.#tellVisible()
    this.#refreshDevices()
  }

  setSafe(safe: boolean): void {
    this.#safe = safe
    this.#sources.hold(safe)
    if (this.#shown) this.setShow(this.#shown.show, this.#shown.options)
  }

  setShow(given: Show, options: ShowOptions = {}): void {
    const { previewSceneId = null } = options
    this.#shown = { show: given, options }
    const show = this.#safe ? withoutFilters(given) : given
    const change = this.#changes.since(show, previewSceneId)
    const { sources, strips, mixedSourceIds, media } = show
    // Before the scenes: what is new has its strip by now, and a nested scene's picture is made after its source's was removed.
    this.#whenChanged('sound', { sources, strips, mixedSourceIds, media }, (sound) => {
      this.#strips = sound.strips
      this.#mixer.follow(sound)
      this.#tracks.setShow(sound)
      this.#post({ type: 'hold-back', pictureUs: holdBackMs(sound) * 1000 })
      this.#sources.setSources(capturedSources(sound))
    })
    if (change) this.#post({ type: 'stage', change })
  }

  attachPreview(canvas: HTMLCanvasElement): () => void {
    const offscreen = canvas.transferControlToOffscreen()
    this.#post({ type: 'preview', canvas: offscreen }, [offscreen])
    return () => this.#post({ type: 'preview-off' })
  }

  setPreviewSize(width: number, height: number): void {
    this.#post({ type: 'preview-size', width, height })
  }

  openView(canvas: HTMLCanvasElement, target: ViewTarget): EngineView {
    return openView(++this.#views, canvas, target, (message, transfer) => this.#post(message, transfer))
  }

  get sound(): SoundDesk {
    return this.#mixer.desk
  }

  setPushHeld(sourceId: string | null, held: boolean): void {
    this.#mixer.setPushHeld(sourceId, held)
  }

  draw(sourceId: string, change: DrawingChange): void {
    this.#post({ type: 'draw', sourceId, change })
  }

  chooseScreen(sourceId: string): Promise<void> {
    return this.#sources.chooseScreen(sourceId)
  }

  restartSource(sourceId: string): Promise<void> {
    return this.#sources.restart(sourceId)
  }

  async unlockDevices(): Promise<void> {
    await unlockDevices(navigator.mediaDevices)
    this.#refreshDevices()
    this.#sources.devicesChanged()
  }

  onDevices(handler: (devices: Devices) => void): () => void {
    return this.#devices.add(handler)
  }

  onMeters(handler: (meters: MeterFrame) => void): () => void {
    return this.#meters.add(handler)
  }

  onSources(handler: (sources: readonly SourceStatus[]) => void): () => void {
    return this.#statuses.add(handler)
  }

  onFigures(handler: (figures: ProgramFigures) => void): () => void {
    return this.#figures.add(handler)
  }

  sizeOf(sourceId: string): { width: number; height: number } | null {
    return this.#sizes.get(sourceId) ?? null
  }

  openProgramStream(content: ProgramContent): ProgramStream {
    const shared = this.#streams.get(content) ?? new SharedProgramStream(() => this.#openStream(content))
    this.#streams.set(content, shared)
    return shared.acquire()
  }

  async close(): Promise<void> {
    for (const stream of this.#streams.values()) stream.close()
    for (const stop of this.#stops) stop()
    this.#singles.close()
    this.#tracks.close()
    this.#sources.close()
    this.#textFiles.close()
    const closed = new Promise<void>((resolve) => {
      this.#worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
        if (event.data.type === 'closed') resolve()
      })
    })
    this.#post({ type: 'close' })
    await closed
    this.#mixer.close()
    this.#worker.terminate()
  }

  #onMessage(message: FromWorker): void {
    switch (message.type) {
      case 'figures':
        this.#sources.setSeen(message.pictures, this.#heard.report())
        this.#figures.emit(message.figures)
        this.#emitStatuses()
        this.link.report({ ...message.figures, soundDbfs: this.#loudestDbfs }, this.#sources.statuses())
        this.#loudestDbfs = SILENCE_DB
        return
      case 'snapshot':
        return this.link.snapshot(message.snapshotId, message.png)
      case 'size':
        if (message.width > 0) this.#sizes.set(message.sourceId, { width: message.width, height: message.height })
        else this.#sizes.delete(message.sourceId)
        return
      case 'failure':
        return this.link.failure(message.reason, message.evidence, message.content)
      case 'want-tap': {
        const tap = new MessageChannel()
        this.#mixer.connectTap(tap.port1)
        return this.#post({ type: 'tap', audio: tap.port2 }, [tap.port2])
      }
      case 'feed-ended':
      case 'closed':
        return
    }
  }

  #openStream(content: ProgramContent): ProgramStream {
    return openProgramStream({
      handOver: (frames) => this.#post({ type: 'program-track', content, frames }, [frames]),
      takeBack: () => this.#post({ type: 'program-track-off', content }),
      openSound: () => (isSide(content) ? this.#singles.openTrack(content) : this.#mixer.openTrack()),
      clock: this.#clock,
    })
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }

  #tellVisible(): void {
    this.#post({ type: 'visible', visible: document.visibilityState === 'visible' })
  }

  /** Refused where a gesture is needed first, and while the engine is closing. */
  #resumeSound(): void {
    this.#mixer.resume().catch(() => {})
  }

  #refreshDevices(): void {
    listDevices(navigator.mediaDevices).then((devices) => this.#devices.emit(devices), () => {})
  }

  /** Several changes in one turn make one announcement. */
  #queueStatuses(): void {
    if (this.#statusesQueued) return
    this.#statusesQueued = true
    queueMicrotask(() => this.#emitStatuses())
  }

  #emitStatuses(): void {
    this.#statusesQueued = false
    this.#statuses.emit(this.#sources.statuses())
  }
}
