import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import { currentScene } from '@shared/domain/show.ts'
import type { Show } from '@shared/domain/show.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import { canHaveSound } from '@shared/domain/source.ts'
import type { DrawingChange } from '../engine/drawing/stroke.ts'
import type { Devices, Engine, EngineView, MeterFrame, ShowOptions, ViewTarget } from '../engine/engine.types.ts'
import type { ProgramStream } from '../engine/whip/program-stream.ts'
import { FakeSoundDesk } from './fake-sound-desk.ts'
import { Topic } from './topic.ts'

const DEVICES: Devices = {
  cameras: [{ deviceId: 'c1', label: 'Integrated Webcam (04f2:b6d9)' }, { deviceId: 'c2', label: 'Capture Card Pro HD60 S+ USB3.1 Gen1 Video Input' }],
  microphones: [{ deviceId: 'm1', label: 'Built-in Microphone' }, { deviceId: 'm2', label: 'USB Podcast Microphone' }],
  speakers: [{ deviceId: 's1', label: 'Built-in Speakers' }, { deviceId: 's2', label: 'USB Headphones' }],
}
const COLOURS = ['#3b6ea5', '#7a4fa3', '#2f8f6b', '#a3632f', '#8f2f4c', '#4c6a2f']

/** An engine without media: plain rectangles for pictures, and everything it would tell open to be set. */
export class FakeEngine implements Engine {
  readonly asked: string[] = []
  readonly sound = new FakeSoundDesk()
  readonly devices = new Topic<Devices>(DEVICES)
  readonly sources = new Topic<readonly SourceStatus[]>([])
  readonly figures = new Topic<ProgramFigures | null>(null)
  show: Show | null = null
  previewSceneId: string | null = null
  /** Every scene that came on air, and how. */
  readonly switched: { sceneId: string; kind: string }[] = []
  readonly views = new Set<ViewTarget>()
  readonly #meters = new Set<(meters: MeterFrame) => void>()
  readonly #canvases = new Set<HTMLCanvasElement>()

  setShow(show: Show, { previewSceneId = null }: ShowOptions = {}): void {
    if (this.show && this.show.currentSceneId !== show.currentSceneId) {
      const { transition } = show.scenes.find((each) => each.id === show.currentSceneId) ?? {}
      this.switched.push({ sceneId: show.currentSceneId, kind: (transition ?? show.transition)?.kind ?? 'fade' })
    }
    this.show = show
    this.previewSceneId = previewSceneId
    for (const each of this.#canvases) this.#draw(each)
  }

  attachPreview(canvas: HTMLCanvasElement): () => void {
    this.#canvases.add(canvas)
    this.#draw(canvas)
    return () => this.#canvases.delete(canvas)
  }

  setPreviewSize(): void {}

  setSafe(safe: boolean): void {
    this.asked.push(`safe ${safe}`)
  }

  draw(sourceId: string, change: DrawingChange): void {
    this.asked.push(`draw ${sourceId} ${JSON.stringify(change)}`)
  }

  async chooseScreen(sourceId: string): Promise<void> {
    this.asked.push(`choose-screen ${sourceId}`)
  }

  async restartSource(sourceId: string): Promise<void> {
    this.asked.push(`restart ${sourceId}`)
  }

  async unlockDevices(): Promise<void> {
    this.asked.push('unlock')
  }

  setPushHeld(sourceId: string | null, held: boolean): void {
    this.asked.push(`push ${sourceId ?? 'all'} ${held ? 'down' : 'up'}`)
  }

  onDevices(handler: (devices: Devices) => void): () => void {
    return this.devices.watch(handler)
  }

  onMeters(handler: (meters: MeterFrame) => void): () => void {
    this.#meters.add(handler)
    return () => this.#meters.delete(handler)
  }

  onSources(handler: (sources: readonly SourceStatus[]) => void): () => void {
    return this.sources.watch(handler)
  }

  onFigures(handler: (figures: ProgramFigures) => void): () => void {
    return this.figures.watch((next) => next && handler(next))
  }

  sizeOf(): { width: number; height: number } {
    return { width: 1280, height: 720 }
  }

  openView(canvas: HTMLCanvasElement, target: ViewTarget): EngineView {
    const context = canvas.getContext('2d')
    const draw = (width: number, height: number): void => {
      canvas.width = width
      canvas.height = height
      if (!context) return
      context.fillStyle = COLOURS[Math.max(0, this.show?.scenes.findIndex((each) => target.kind === 'scene' && each.id === target.sceneId) ?? 0) % COLOURS.length] ?? '#444'
      context.fillRect(0, 0, width, height)
    }
    draw(160, 90)
    this.views.add(target)
    return { setSize: draw, close: () => void this.views.delete(target) }
  }

  openProgramStream(): ProgramStream {
    return { stream: new MediaStream(), async flows() {}, close() {} }
  }

  async close(): Promise<void> {
    this.#canvases.clear()
    this.#meters.clear()
  }

  /** One moment of the meters for every sound source of the show. */
  meter(level: (index: number) => number): void {
    const sounding = this.show?.sources.filter(canHaveSound) ?? []
    const frame = Object.fromEntries([...sounding.map((each) => each.id), 'program'].map((id, index) => [id, { peakDbfs: level(index), rmsDbfs: level(index) - 6 }]))
    for (const each of this.#meters) each(frame)
  }

  #draw(canvas: HTMLCanvasElement): void {
    const context = canvas.getContext('2d')
    if (!context || !this.show) return
    const { encoding } = this.show
    canvas.width = encoding.width
    canvas.height = encoding.height
    context.fillStyle = currentScene(this.show).background
    context.fillRect(0, 0, canvas.width, canvas.height)
    for (const [index, item] of currentScene(this.show).items.entries()) {
      if (!item.visible) continue
      context.save()
      context.globalAlpha = item.opacity
      context.translate(item.x + item.width / 2, item.y + item.height / 2)
      context.rotate((item.rotationDeg * Math.PI) / 180)
      context.fillStyle = COLOURS[index % COLOURS.length] ?? '#444'
      context.fillRect(-item.width / 2, -item.height / 2, item.width, item.height)
      context.restore()
    }
  }
}
