import type { ProgramWish } from '@shared/contracts/engine.ts'
import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import { DEFAULT_ENCODING, type Encoding } from '@shared/domain/encoding.ts'
import { NO_CROP, type SceneItem } from '@shared/domain/scene.ts'
import { SHOW_VERSION, type Show } from '@shared/domain/show.ts'
import type { Source, SourceStatus } from '@shared/domain/source.ts'
import type { DrawingChange } from './drawing/stroke.ts'
import { createEngine } from './engine.ts'
import type { CheckOptions } from './engine-check.types.ts'
import type { EngineView, ShowOptions, ViewTarget } from './engine.types.ts'

/** The engine alone in a page, driven by `e2e/engine/`. Not part of the product's build. */
export interface Check {
  figures(): ProgramFigures | null
  statuses(): readonly SourceStatus[]
  failures(): string[]
  setWish(wanted: boolean, change?: Partial<Encoding>): void
  /** Changes items of the scene, by source. */
  change(changes: Record<string, Partial<SceneItem>>): void
  setShow(show: Show, options?: ShowOptions): void
  /** Opens a view of this size, in this window or in one of its own; its number. */
  openView(target: ViewTarget, width: number, height: number, popup: boolean): number
  closeView(view: number): void
  /** Draws on an annotation. */
  draw(sourceId: string, change: DrawingChange): void
  /** What a view shows at a point: red, green, blue. */
  viewAt(view: number, x: number, y: number): number[]
  close(): Promise<void>
}

declare global {
  interface Window {
    startCheck(options: CheckOptions): Check
    check: Check
  }
}

window.startCheck = (options) => {
  const encoding = { ...DEFAULT_ENCODING, ...options.encoding }
  let onWish: (wish: ProgramWish) => void = () => {}
  let latest: ProgramFigures | null = null
  let statuses: readonly SourceStatus[] = []
  let wish: ProgramWish = { wanted: false, encoding }
  const failures: string[] = []
  const engine = createEngine(
    {
      programPort: () => ({ kind: 'websocket', url: options.url }),
      singlePort: async (content) => ({ kind: 'websocket', url: `${options.url}&content=${content}` }),
      onWish(handler) {
        onWish = handler
        handler(wish)
        return () => {}
      },
      report(figures, sources) {
        latest = figures
        statuses = sources
      },
      failure: (reason, evidence) => failures.push(`${reason}: ${evidence}`),
      onSnapshot: () => () => {},
      snapshot: () => {},
    },
    { ...(options.compositor && { forceCompositor: options.compositor }), withoutCodecs: options.without ?? [] },
  )
  if (options.preview) showPreview(engine, options.preview)
  let show = options.show ?? showOf(options.sources, encoding)
  const views: { canvas: HTMLCanvasElement; view: EngineView }[] = []
  engine.setShow(show)
  window.check = {
    figures: () => latest,
    statuses: () => statuses,
    failures: () => failures,
    setWish(wanted, change = {}) {
      wish = { wanted, encoding: { ...wish.encoding, ...change } }
      onWish(wish)
    },
    change(changes) {
      const scenes = show.scenes.map((scene) => ({ ...scene, items: scene.items.map((item) => ({ ...item, ...changes[item.sourceId] })) }))
      show = { ...show, scenes }
      engine.setShow(show)
    },
    setShow(next, showOptions) {
      show = next
      engine.setShow(next, showOptions)
    },
    openView(target, width, height, popup) {
      const home = popup ? window.open('', '', `popup,width=${width},height=${height}`)?.document : document
      if (!home) throw new Error('no popup')
      const canvas = home.createElement('canvas')
      home.body.append(canvas)
      const view = engine.openView(canvas, target)
      view.setSize(width, height)
      return views.push({ canvas, view }) - 1
    },
    draw: (sourceId, change) => engine.draw(sourceId, change),
    closeView: (view) => views[view]?.view.close(),
    viewAt: (view, x, y) => pixelOf(views[view]?.canvas, x, y),
    close: () => engine.close(),
  }
  return window.check
}

function pixelOf(canvas: HTMLCanvasElement | undefined, x: number, y: number): number[] {
  const copy = document.createElement('canvas')
  const context = copy.getContext('2d')
  if (!canvas || !context) throw new Error('no such view')
  context.drawImage(canvas, -x, -y)
  return Array.from(context.getImageData(0, 0, 1, 1).data).slice(0, 3)
}

function showPreview(engine: ReturnType<typeof createEngine>, size: { width: number; height: number }): void {
  const canvas = document.createElement('canvas')
  canvas.style.width = `${size.width}px`
  canvas.style.height = `${size.height}px`
  document.body.append(canvas)
  engine.attachPreview(canvas)
  engine.setPreviewSize(size.width, size.height)
}

function showOf(kind: CheckOptions['sources'], encoding: Encoding): Show {
  const { width, height } = encoding
  const whole = { x: 0, y: 0, width, height }
  const corner = { x: width * 0.7, y: height * 0.7, width: width / 4, height: height / 4 }
  const sources: Source[] = []
  const items: SceneItem[] = []
  const add = (source: Source, box: Pick<SceneItem, 'x' | 'y' | 'width' | 'height'>, change: Partial<SceneItem> = {}) => {
    sources.push(source)
    items.push({
      id: `item-${source.id}`, sourceId: source.id, ...box, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fill', crop: NO_CROP, ...change,
    })
  }
  const { frameRate } = encoding
  const camera: Source = { id: 'camera', name: 'Camera', kind: 'camera', deviceId: '', deviceLabel: '', width: 1280, height: 720, frameRate }
  const screen: Source = { id: 'screen', name: 'Screen', kind: 'screen', withAudio: false, frameRate }
  if (kind === 'test-pattern') add({ id: 'pattern', name: 'Test pattern', kind: 'test-pattern' }, whole)
  if (kind === 'turning') {
    add(camera, { x: 400, y: 200, width: 320, height: 180 })
    add({ id: 'colour', name: 'Colour', kind: 'colour', colour: '#ff0000ff' }, { x: 900, y: 300, width: 200, height: 100 }, { fit: 'stretch' })
    // A device that is not there: its placeholder is drawn, turned from the start.
    add({ ...camera, id: 'missing', deviceId: 'none', deviceLabel: 'No such camera' }, { x: 60, y: 480, width: 256, height: 144 }, { rotationDeg: 30 })
  }
  if (kind === 'camera+screen') {
    add(screen, whole)
    add(camera, corner)
  }
  if (kind === 'everything') {
    add({ id: 'pattern', name: 'Test pattern', kind: 'test-pattern' }, whole)
    add(camera, corner, { opacity: 0.7, crop: { left: 0.1, top: 0, right: 0.1, bottom: 0 } })
    add({ id: 'colour', name: 'Colour', kind: 'colour', colour: '#ff880080' }, { x: 21, y: 33, width: 201, height: 101 }, { fit: 'stretch' })
    add(
      {
        id: 'text', name: 'Text', kind: 'text', text: 'Hello\n直播', fontFamily: '', fontSizePx: 64, bold: true,
        colour: '#ffffff', background: '#00000000', align: 'center',
      },
      { x: 300, y: 40, width: 400, height: 200 },
      { fit: 'fit' },
    )
  }
  return {
    version: SHOW_VERSION, id: 'check', name: 'Check', encoding, sources,
    scenes: [{ id: 'scene', name: 'Scene', background: '#203040', items }],
    currentSceneId: 'scene', strips: {},
  }
}
