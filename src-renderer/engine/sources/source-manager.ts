import { StudioError } from '@shared/domain/errors.ts'
import type { Source, SourceStatus, SourceVitals } from '@shared/domain/source.ts'
import type { PictureFigures } from '../worker/messages.ts'
import { startAnnotation } from './annotation.ts'
import { startCamera } from './camera.ts'
import { DeviceUse } from './device-use.ts'
import { startMicrophone } from './microphone.ts'
import { startNestedScene } from './nested-scene.ts'
import { type ScreenRunner, startScreen } from './screen.ts'
import { canBeHeld, startHeld } from './held.ts'
import type { SourceContext, SourceNews, SourceRunner } from './source-runner.ts'
import { startSlideshow } from './slideshow.ts'
import { startColour, startImage } from './stills.ts'
import { startTestPattern } from './test-pattern.ts'
import { startText } from './text.ts'
import { startWebPage } from './web-page.ts'

interface Running {
  source: Source
  runner: SourceRunner
  status: SourceStatus
}

/** Devices settle for this long after a plug event: several come for one plug. */
const DEVICES_SETTLE_MS = 300

/** One runner per source of the show, however many items use it. */
export class SourceManager {
  #running = new Map<string, Running>()
  readonly #deviceUse = new DeviceUse()
  #holding = false
  #callOffDevices: () => void = () => {}

  constructor(
    /** Without what is the manager's. */
    private readonly parts: Omit<SourceContext, 'tell' | 'deviceUse'>,
    private readonly onChange: () => void,
  ) {}

  /** Starts what is new, stops what is gone, and hands changes to what goes on. */
  setSources(sources: readonly Source[]): void {
    const wanted = new Map(sources.map((source) => [source.id, source]))
    for (const id of this.#running.keys()) if (!wanted.has(id)) this.#stop(id)
    for (const source of sources) {
      const running = this.#running.get(source.id)
      if (running && JSON.stringify(running.source) === JSON.stringify(source)) continue
      if (running?.runner.update(source)) {
        running.source = source
        continue
      }
      if (running) this.#stop(source.id)
      this.#start(source)
    }
  }

  /** Devices, screens and web pages are closed and stay so, until this is called with false. */
  hold(holding: boolean): void {
    if (holding === this.#holding) return
    this.#holding = holding
    for (const running of this.#running.values()) {
      if (!canBeHeld(running.source)) continue
      running.runner.stop()
      running.runner = IDLE
      running.runner = this.#run(running.source)
    }
  }

  statuses(): SourceStatus[] {
    return [...this.#running.values()].map((each) => each.status)
  }

  nameOf(sourceId: string): string {
    return this.#running.get(sourceId)?.source.name ?? ''
  }

  /** Pictures as the worker sees them, and what the devices of sounds give. A placeholder's size is not the source's. */
  setSeen(pictures: Readonly<Record<string, PictureFigures>>, sounds: ReadonlyMap<string, SourceVitals['sound']>): void {
    for (const [id, running] of this.#running) {
      const active = running.status.condition === 'active'
      const { width, height, frameRate, vitals: picture } = (active ? pictures[id] : undefined) ?? { width: 0, height: 0, frameRate: null }
      const sound = active ? sounds.get(id) : undefined
      running.status = { ...running.status, width, height, frameRate, vitals: { ...(picture && { picture }), ...(sound && { sound }) } }
    }
  }

  /** A track ended or its frames did: the runner learns that from the track; this only covers readers that break. */
  async restart(sourceId: string): Promise<void> {
    await this.#of(sourceId).runner.restart()
  }

  async chooseScreen(sourceId: string): Promise<void> {
    const { runner } = this.#of(sourceId)
    if (!isScreen(runner)) throw new StudioError('input-invalid', 'not a screen source')
    await runner.choose()
  }

  /** The system's list of devices has changed. */
  devicesChanged(): void {
    this.#callOffDevices()
    this.#callOffDevices = this.parts.clock.after(DEVICES_SETTLE_MS, () => {
      for (const { runner } of this.#running.values()) runner.onDevices()
    })
  }

  close(): void {
    this.#callOffDevices()
    for (const id of this.#running.keys()) this.#stop(id)
  }

  #start(source: Source): void {
    const status: SourceStatus = {
      sourceId: source.id, condition: 'starting', width: 0, height: 0, frameRate: null, hasAudio: false, label: '', evidence: '',
    }
    // The runner may tell at once, so its place is made first.
    const running: Running = { source, status, runner: IDLE }
    this.#running.set(source.id, running)
    running.runner = this.#run(source)
    this.onChange()
  }

  #run(source: Source): SourceRunner {
    const context: SourceContext = { ...this.parts, deviceUse: this.#deviceUse, tell: (id, news) => this.#tell(id, news) }
    return this.#holding && canBeHeld(source) ? startHeld(source, context) : startRunner(source, context)
  }

  #stop(sourceId: string): void {
    const running = this.#running.get(sourceId)
    this.#running.delete(sourceId)
    running?.runner.stop()
    this.parts.pictures.remove(sourceId)
    this.onChange()
  }

  #tell(sourceId: string, news: SourceNews): void {
    const running = this.#running.get(sourceId)
    if (!running) return
    running.status = {
      ...running.status,
      condition: news.condition,
      hasAudio: news.hasAudio ?? false,
      label: news.label ?? running.status.label,
      evidence: news.evidence ?? '',
      standIn: news.standIn ?? false,
    }
    this.onChange()
  }

  #of(sourceId: string): Running {
    const running = this.#running.get(sourceId)
    if (!running) throw new StudioError('not-found', 'no such source')
    return running
  }
}

const IDLE: SourceRunner = { update: () => false, restart: async () => {}, onDevices() {}, stop() {} }

function startRunner(source: Source, context: SourceContext): SourceRunner {
  switch (source.kind) {
    case 'camera':
      return startCamera(source, context)
    case 'microphone':
      return startMicrophone(source, context)
    case 'screen':
      return startScreen(source, context)
    case 'image':
      return startImage(source, context)
    case 'colour':
      return startColour(source, context)
    case 'text':
    case 'countdown':
      return startText(source, context)
    case 'test-pattern':
      return startTestPattern(source, context)
    case 'slideshow':
      return startSlideshow(source, context)
    case 'annotation':
      return startAnnotation(source, context)
    case 'scene':
      return startNestedScene(source, context)
    case 'web-page':
      return startWebPage(source, context)
  }
}

const isScreen = (runner: SourceRunner): runner is ScreenRunner => 'choose' in runner
