import { Layer } from 'konva/lib/Layer.js'
import type { KonvaEventObject } from 'konva/lib/Node.js'
import { Rect } from 'konva/lib/shapes/Rect.js'
import { Transformer } from 'konva/lib/shapes/Transformer.js'
import { Stage } from 'konva/lib/Stage.js'
import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import { hitTest } from '../../engine/draw-list.ts'
import { centreOf, normalDeg } from '../../geometry/box.ts'
import type { Box, Point } from '../../geometry/box.ts'
import { fromCornerBox, MIN_ITEM_PIXELS, toCornerBox } from '../../geometry/resize.ts'
import { snapLines, snapMove, snapResize } from '../../geometry/snap.ts'
import type { Guide, MovingEdges } from '../../geometry/snap.ts'

/** Screen pixels within which an edge is pulled to a line. */
const SNAP_REACH = 8
const QUARTERS = [0, 45, 90, 135, 180, 225, 270, 315]

/** Where the canvas lies in the preview, CSS pixels; `scale` is CSS pixels per canvas pixel. */
export interface PreviewFrame {
  left: number
  top: number
  width: number
  height: number
  scale: number
}

export interface HandlesEvents {
  select(itemId: string | null): void
  /** In canvas pixels; calls of one gesture belong together until `settle`. */
  place(itemId: string, box: Box): void
  settle(): void
}

/** Selecting, moving, resizing and turning items with the pointer, on a transparent layer over the preview. */
export class PreviewHandles {
  readonly #stage: Stage
  readonly #layer = new Layer()
  readonly #target = new Rect({ draggable: true, visible: false, strokeWidth: 1.5, strokeScaleEnabled: false })
  readonly #hover = new Rect({ listening: false, visible: false, strokeWidth: 1, dash: [4, 3] })
  readonly #guides = [new Rect({ listening: false, visible: false }), new Rect({ listening: false, visible: false })]
  readonly #transformer: Transformer
  #frame: PreviewFrame = { left: 0, top: 0, width: 1, height: 1, scale: 1 }
  #scene: Scene | null = null
  #canvas = { width: 1, height: 1 }
  #item: SceneItem | null = null
  #inGesture = false

  constructor(container: HTMLDivElement, private readonly events: HandlesEvents) {
    const colours = getComputedStyle(container)
    const accent = colours.getPropertyValue('--accent').trim() || '#3d7dff'
    this.#stage = new Stage({ container, width: 1, height: 1 })
    this.#transformer = new Transformer({
      nodes: [this.#target], shiftBehavior: 'inverted', flipEnabled: false, ignoreStroke: true, rotationSnaps: QUARTERS, rotationSnapTolerance: 4,
      anchorSize: 10, anchorStroke: accent, anchorFill: '#ffffff', anchorCornerRadius: 2, borderStroke: accent, rotateAnchorOffset: 16,
      boundBoxFunc: (before, next) => this.#boundResize(before, next),
    })
    this.#hover.stroke(accent)
    this.#target.stroke(accent)
    for (const each of this.#guides) each.fill('#ff4fa3')
    this.#layer.add(this.#hover, this.#target, this.#transformer, ...this.#guides)
    this.#stage.add(this.#layer)
    this.#listen()
  }

  setFrame(frame: PreviewFrame, stage: { width: number; height: number }): void {
    this.#frame = frame
    this.#stage.size(stage)
    this.#sync()
  }

  show(scene: Scene, canvas: { width: number; height: number }, item: SceneItem | null): void {
    this.#scene = scene
    this.#canvas = canvas
    this.#item = item
    if (!this.#inGesture) this.#sync()
  }

  destroy(): void {
    this.#stage.destroy()
  }

  #listen(): void {
    this.#stage.on('pointerdown', (event) => this.#pointerDown(event))
    this.#stage.on('pointermove', () => this.#pointerMove())
    this.#stage.on('pointerleave', () => this.#hover.visible(false))
    this.#target.dragBoundFunc((position) => this.#boundDrag(position))
    this.#target.on('dragstart transformstart', () => (this.#inGesture = true))
    this.#target.on('dragmove transform', () => this.#tell())
    this.#target.on('dragend transformend', () => {
      this.#inGesture = false
      this.#showGuides([])
      this.events.settle()
      this.#sync()
    })
  }

  #pointerDown(event: KonvaEventObject<PointerEvent>): void {
    if (event.evt.button !== 0 || event.target === this.#target || event.target.getParent() === this.#transformer) return
    const point = this.#pointer()
    if (!point || !this.#scene) return
    const hit = hitTest(this.#scene, point)
    this.events.select(hit?.id ?? null)
    if (!hit) return
    // The same press may go on as a drag of what it has just selected.
    this.#item = hit
    this.#sync()
    this.#target.startDrag(event)
  }

  #pointerMove(): void {
    const point = this.#pointer()
    const hit = point && this.#scene && !this.#inGesture ? hitTest(this.#scene, point) : null
    this.#hover.visible(hit !== null && hit.id !== this.#item?.id)
    if (hit) this.#put(this.#hover, hit)
    this.#stage.container().style.cursor = hit ? 'move' : 'default'
  }

  #pointer(): Point | null {
    const at = this.#stage.getPointerPosition()
    return at && { x: (at.x - this.#frame.left) / this.#frame.scale, y: (at.y - this.#frame.top) / this.#frame.scale }
  }

  #sync(): void {
    const item = this.#item
    const movable = item !== null && !item.locked && item.visible
    this.#target.visible(item !== null)
    if (item) this.#put(this.#target, item)
    this.#target.draggable(movable)
    this.#target.listening(movable)
    this.#target.dash(movable ? [] : [6, 4])
    this.#transformer.visible(movable)
    this.#transformer.forceUpdate()
    this.#layer.batchDraw()
  }

  #put(node: Rect, box: Box): void {
    const { left, top, scale } = this.#frame
    const centre = centreOf(box)
    const [width, height] = [box.width * scale, box.height * scale]
    node.setAttrs({
      x: left + centre.x * scale, y: top + centre.y * scale, width, height,
      offsetX: width / 2, offsetY: height / 2, scaleX: 1, scaleY: 1, rotation: box.rotationDeg,
    })
  }

  /** The target as it is now, canvas pixels. Its position is its centre, whatever its scale. */
  #box(): Box {
    const { left, top, scale } = this.#frame
    const width = Math.max(MIN_ITEM_PIXELS, (this.#target.width() * this.#target.scaleX()) / scale)
    const height = Math.max(MIN_ITEM_PIXELS, (this.#target.height() * this.#target.scaleY()) / scale)
    const centre = { x: (this.#target.x() - left) / scale, y: (this.#target.y() - top) / scale }
    return { x: centre.x - width / 2, y: centre.y - height / 2, width, height, rotationDeg: normalDeg(this.#target.rotation()) }
  }

  #tell(): void {
    if (this.#item) this.events.place(this.#item.id, rounded(this.#box()))
  }

  #lines() {
    const others = this.#scene?.items.filter((each) => each.visible && each.id !== this.#item?.id) ?? []
    return snapLines(this.#canvas, others)
  }

  /** As in other studios, Ctrl lets an item be placed freely. */
  get #free(): boolean {
    const event = this.#stage.getPointersPositions().length > 0 ? globalThis.event : undefined
    return event instanceof MouseEvent && event.ctrlKey
  }

  #boundDrag(position: Point): Point {
    const { left, top, scale } = this.#frame
    const box = this.#box()
    const wanted = { ...box, x: (position.x - left) / scale - box.width / 2, y: (position.y - top) / scale - box.height / 2 }
    if (this.#free) return position
    const { box: snapped, guides } = snapMove(wanted, this.#lines(), SNAP_REACH / scale)
    this.#showGuides(guides)
    const centre = centreOf(snapped)
    return { x: left + centre.x * scale, y: top + centre.y * scale }
  }

  /** Konva's box: turned top left corner, radians, CSS pixels. */
  #boundResize<B extends { x: number; y: number; width: number; height: number; rotation: number }>(before: B, next: B): B {
    const anchor = this.#transformer.getActiveAnchor()
    const { left, top, scale } = this.#frame
    const least = MIN_ITEM_PIXELS * scale
    if (next.width < least || next.height < least) return before
    if (!anchor || anchor === 'rotater' || this.#free) {
      this.#showGuides([])
      return next
    }
    const box = fromCornerBox({
      corner: { x: (next.x - left) / scale, y: (next.y - top) / scale },
      width: next.width / scale, height: next.height / scale, rotationDeg: cleanDeg((next.rotation * 180) / Math.PI),
    })
    const keepRatio = edgesOf(anchor).horizontal !== null && edgesOf(anchor).vertical !== null && !(globalThis.event instanceof MouseEvent && globalThis.event.shiftKey)
    const { box: snapped, guides } = snapResize(box, edgesOf(anchor), this.#lines(), SNAP_REACH / scale, keepRatio)
    this.#showGuides(guides)
    const { corner, width, height } = toCornerBox(snapped)
    return { ...next, x: left + corner.x * scale, y: top + corner.y * scale, width: width * scale, height: height * scale }
  }

  #showGuides(guides: readonly Guide[]): void {
    const { left, top, width, height, scale } = this.#frame
    for (const [index, node] of this.#guides.entries()) {
      const guide = guides[index]
      node.visible(guide !== undefined)
      if (guide?.axis === 'x') node.setAttrs({ x: left + guide.at * scale - 0.5, y: top, width: 1, height })
      if (guide?.axis === 'y') node.setAttrs({ x: left, y: top + guide.at * scale - 0.5, width, height: 1 })
    }
  }
}

function edgesOf(anchor: string): MovingEdges {
  const horizontal = anchor.endsWith('left') ? 'left' : anchor.endsWith('right') ? 'right' : null
  const vertical = anchor.startsWith('top') ? 'top' : anchor.startsWith('bottom') ? 'bottom' : null
  return { horizontal, vertical }
}

/** Radians and back leave crumbs that would make an upright box look turned. */
const cleanDeg = (deg: number): number => normalDeg(Math.round(deg * 1e6) / 1e6)
const rounded = (box: Box): Box => ({
  x: Math.round(box.x * 10) / 10, y: Math.round(box.y * 10) / 10, width: Math.round(box.width * 10) / 10, height: Math.round(box.height * 10) / 10,
  rotationDeg: Math.round(box.rotationDeg * 10) / 10,
})
