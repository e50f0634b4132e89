import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { Ref } from 'vue'
import { nextFrame, oncePerFrame } from '../base/once-per-frame.ts'
import { useEngine } from '../base/given.ts'
import { beginGesture, followGesture } from '../show-editing/gesture.ts'
import type { GestureStart, Held } from '../show-editing/gesture.ts'
import { contains } from '../geometry/box.ts'
import type { Bounds, Box, Point } from '../geometry/box.ts'
import { cursorOf, gripAt, gripsOf, toCanvas } from '../geometry/grips.ts'
import type { Grip, PreviewFrame } from '../geometry/grips.ts'
import { frameOf } from '../geometry/many.ts'
import { snapLines } from '../geometry/snap.ts'
import type { Guide } from '../geometry/snap.ts'
import { placeItems } from '../show-editing/item-edits.ts'
import { clicked, itemsAt, unitOf, within } from '../show-editing/selection.ts'
import type { Selection } from '../show-editing/selection.ts'
import { useShowStore } from '../stores/show-store.ts'
import { usePlacedScene } from './placed-scene.ts'

/** Screen pixels: within which an edge is pulled to a line, a grip is hit, and a press becomes a drag. */
const SNAP_REACH = 8
const GRIP_REACH = { fine: 8, touch: 18 }
const DRAG_FROM = { fine: 3, touch: 8 }

/** A press from its beginning to its end. */
interface Press {
  pointerId: number
  at: Point
  dragging: boolean
  dragFrom: number
  /** What a drag does: items by a grip, or a rubber band that adds to what was selected. */
  drag: GestureStart | { base: Selection }
  /** What a press without a drag selects. */
  click: () => void
}

/** Selecting, moving, sizing, turning and cropping with the pointer. Edits are written at most once per frame of the display. */
export function usePreviewGestures(frame: Ref<PreviewFrame>, stage: Ref<{ width: number; height: number }>) {
  const shows = useShowStore()
  const engine = useEngine()
  const placed = usePlacedScene()
  const press = shallowRef<Press | null>(null)
  const guides = shallowRef<readonly Guide[]>([])
  const band = shallowRef<Bounds | null>(null)
  const hoverId = ref<string | null>(null)
  const cursor = ref('default')
  /** Where the frame is during a gesture: of several turned items it is not their bounds. */
  const dragged = shallowRef<Box | null>(null)

  const movable = computed(() => placed.selected.value.filter((each) => !each.locked))
  const box = computed(() => dragged.value ?? frameOf(movable.value))
  const grips = computed(() => (box.value ? gripsOf(box.value, frame.value, stage.value) : []))
  const hovered = computed(() => placed.scene.value?.items.find((each) => each.id === hoverId.value && !shows.selection.includes(each.id)) ?? null)

  const follow = oncePerFrame<{ to: Point; held: Held }>(nextFrame, ({ to, held }) => drag(to, held))
  let last: { to: Point; held: Held } | null = null
  onScopeDispose(() => follow.cancel())

  const screenPoint = (event: MouseEvent): Point => {
    const bounds = (event.currentTarget as Element).getBoundingClientRect()
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top }
  }
  const heldOf = (event: MouseEvent | KeyboardEvent): Held => ({ shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey, alt: event.altKey })

  function start(grip: Grip, from: Point): GestureStart | null {
    const canvas = shows.show?.encoding
    if (!canvas) return null
    const moving = new Set(movable.value.map((each) => each.id))
    const others = placed.scene.value?.items.filter((each) => each.visible && !moving.has(each.id)) ?? []
    return beginGesture(grip, from, movable.value, snapLines(canvas, others), (sourceId) => engine.sizeOf(sourceId))
  }

  function onPointerDown(event: PointerEvent): void {
    const scene = placed.scene.value
    if (!scene || press.value || (event.button !== 0 && event.button !== 2)) return
    const at = screenPoint(event)
    const point = toCanvas(at, frame.value)
    const hits = itemsAt(scene, point)
    if (event.button === 2) return selectForMenu(hits[0]?.id)
    const kind = event.pointerType === 'touch' ? 'touch' : 'fine'
    const begin = (gesture: Press['drag'] | null, click: () => void): void => {
      if (!gesture) return
      ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
      press.value = { pointerId: event.pointerId, at, dragging: false, dragFrom: DRAG_FROM[kind], drag: gesture, click }
    }
    const grip = gripAt(grips.value, at, GRIP_REACH[kind])
    if (grip) return begin(start(grip, point), () => {})
    const adds = event.shiftKey || event.ctrlKey || event.metaKey
    const select = (id: string): void => void (shows.selection = clicked(scene, shows.selection, id, adds))
    const below = event.altKey && shows.selectedId !== null ? hits[hits.findIndex((each) => each.id === shows.selectedId) + 1] : undefined
    const hit = below ?? hits[0]
    if (!below && movable.value.some((each) => contains(each, point))) return begin(start({ kind: 'move' }, point), () => hit && select(hit.id))
    if (!hit) return begin({ base: adds ? shows.selection : [] }, () => !adds && (shows.selection = []))
    // The same press may go on as a drag of what it has just selected.
    select(hit.id)
    begin(start({ kind: 'move' }, point), () => {})
  }

  /** A menu is about what is under the pointer, unless that is selected already. */
  function selectForMenu(id: string | undefined): void {
    const scene = placed.scene.value
    if (scene && id !== undefined && !shows.selection.includes(id)) shows.selection = unitOf(scene, id)
  }

  function onPointerMove(event: PointerEvent): void {
    const at = screenPoint(event)
    const current = press.value
    if (!current) return hover(at)
    if (event.pointerId !== current.pointerId) return
    current.dragging ||= Math.hypot(at.x - current.at.x, at.y - current.at.y) >= current.dragFrom
    if (!current.dragging) return
    last = { to: toCanvas(at, frame.value), held: heldOf(event) }
    follow.give(last)
  }

  function drag(to: Point, held: Held): void {
    const current = press.value
    const scene = placed.scene.value
    if (!current || !scene) return
    if ('base' in current.drag) {
      const from = toCanvas(current.at, frame.value)
      band.value = { left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), right: Math.max(from.x, to.x), bottom: Math.max(from.y, to.y) }
      const touched = within(scene, band.value)
      shows.selection = [...current.drag.base.filter((each) => !touched.includes(each)), ...touched]
      return
    }
    const step = followGesture(current.drag, to, held, SNAP_REACH / frame.value.scale)
    guides.value = step.guides
    dragged.value = step.frame
    shows.edit(placeItems(current.drag.items, step.patches), 'drag')
  }

  function onPointerUp(event: PointerEvent): void {
    if (event.pointerId !== press.value?.pointerId) return
    follow.flush()
    if (!press.value.dragging) press.value.click()
    end()
  }

  function end(): void {
    follow.cancel()
    if (press.value?.dragging) shows.endGesture()
    press.value = null
    last = null
    guides.value = []
    band.value = null
    dragged.value = null
  }

  /** Puts everything back to where the press found it. */
  function abandon(): void {
    if (!press.value) return
    if (press.value.dragging && !('base' in press.value.drag)) shows.abandonGesture()
    end()
  }

  /** Shift, Ctrl and Alt count at once, without the pointer being moved; Escape gives the drag up. True when the key was for a drag. */
  function onKey(event: KeyboardEvent): boolean {
    if (!press.value) return false
    if (event.key === 'Escape') abandon()
    else if (last) follow.give((last = { to: last.to, held: heldOf(event) }))
    return true
  }

  function hover(at: Point): void {
    const scene = placed.scene.value
    const grip = gripAt(grips.value, at, GRIP_REACH.fine)
    const point = toCanvas(at, frame.value)
    const hit = scene && !grip ? itemsAt(scene, point)[0] : undefined
    hoverId.value = hit?.id ?? null
    cursor.value = grip ? cursorOf(grip, box.value?.rotationDeg ?? 0) : hit || movable.value.some((each) => contains(each, point)) ? 'move' : 'default'
  }

  /** Into a group: the item alone. */
  function onDoubleClick(event: MouseEvent): void {
    const hit = placed.scene.value && itemsAt(placed.scene.value, toCanvas(screenPoint(event), frame.value))[0]
    if (hit) shows.selectedId = hit.id
  }

  return {
    grips, guides, band, hovered, cursor, box, movable, onKey,
    on: { pointerdown: onPointerDown, pointermove: onPointerMove, pointerup: onPointerUp, pointercancel: abandon, pointerleave: () => (hoverId.value = null), dblclick: onDoubleClick },
  }
}
