import { defineStore } from 'pinia'
import { computed, reactive, ref, watch } from 'vue'
import type { KeptStroke } from '@shared/domain/kept-stroke.ts'
import type { SceneItem } from '@shared/domain/scene.ts'
import { useEngine } from '../base/given.ts'
import { usePlacedScene } from '../composables/placed-scene.ts'
import { DrawingBoard } from '../engine/drawing/drawing-board.ts'
import { fromKept, toKeep } from '../engine/drawing/kept-strokes.ts'
import type { Stroke, Tool } from '../engine/drawing/stroke.ts'
import { keepStrokes } from '../show-editing/drawing-edits.ts'
import { useShowStore } from './show-store.ts'

export const COLOURS = ['#ff3b30', '#ffcc00', '#34c759', '#0a84ff', '#ffffff', '#000000'] as const
/** Pixels of the canvas. */
export const WIDTHS = [4, 8, 16] as const
export const TOOLS = ['pen', 'highlighter', 'arrow', 'rectangle', 'ellipse', 'laser', 'eraser'] as const satisfies readonly (Tool | 'eraser')[]

/** Drawing over the picture: with what, on which item, and what has been drawn so far, which is kept with the show. Its undo lives as long as the page. */
export const useDrawingStore = defineStore('drawing', () => {
  const engine = useEngine()
  const shows = useShowStore()
  const { scene } = usePlacedScene()
  const active = ref(false)
  const tool = ref<(typeof TOOLS)[number]>('pen')
  const colour = ref<string>(COLOURS[0])
  const widthPx = ref<number>(WIDTHS[1])
  const boards = new Map<string, DrawingBoard>()
  /** What of each board the show has: the strokes on the board, and the same as they are kept. */
  const kept = new Map<string, { strokes: readonly Stroke[]; asKept: string }>()
  const can = reactive({ undo: false, redo: false, clear: false })

  /** The selected annotation, else the front-most one that is seen. */
  const item = computed((): SceneItem | null => {
    const sources = new Set(shows.show?.sources.flatMap(({ id, kind }) => (kind === 'annotation' ? [id] : [])) ?? [])
    const drawable = scene.value?.items.filter((each) => each.visible && sources.has(each.sourceId)) ?? []
    return drawable.find(({ id }) => id === shows.selectedId) ?? drawable.at(-1) ?? null
  })
  const size = computed(() => {
    const source = shows.show?.sources.find(({ id }) => id === item.value?.sourceId)
    return source?.kind === 'annotation' ? { width: source.width, height: source.height } : null
  })

  function board(): DrawingBoard | null {
    const sourceId = item.value?.sourceId
    if (!sourceId) return null
    const known = boards.get(sourceId)
    if (known) return known
    const made = new DrawingBoard((change) => engine.draw(sourceId, change), fromKept(keptOf(sourceId)))
    boards.set(sourceId, made)
    kept.set(sourceId, { strokes: made.strokes, asKept: JSON.stringify(keptOf(sourceId)) })
    return made
  }

  function keptOf(sourceId: string): readonly KeptStroke[] {
    const source = shows.show?.sources.find(({ id }) => id === sourceId)
    return source?.kind === 'annotation' ? (source.strokes ?? []) : []
  }

  /** The show gets what is drawn as soon as the tool is lifted; that is no step of its undo. */
  function keep(sourceId: string, on: DrawingBoard): void {
    if (on.busy || kept.get(sourceId)?.strokes === on.strokes) return
    const strokes = toKeep(on.strokes)
    kept.set(sourceId, { strokes: on.strokes, asKept: JSON.stringify(strokes) })
    shows.pass(keepStrokes(sourceId, strokes))
  }

  // Another show, or an older state of this one, has other drawings on the same sources.
  watch(() => shows.show?.sources, () => {
    for (const [sourceId, on] of boards) {
      const now = keptOf(sourceId)
      const asKept = JSON.stringify(now)
      if (asKept === kept.get(sourceId)?.asKept || !shows.show?.sources.some(({ id }) => id === sourceId)) continue
      on.replace(fromKept(now))
      kept.set(sourceId, { strokes: on.strokes, asKept })
    }
  })

  /** Does something with what is drawn; the buttons follow. */
  function act(what: (board: DrawingBoard) => void): void {
    const on = board()
    if (on) what(on)
    if (on && item.value) keep(item.value.sourceId, on)
    Object.assign(can, { undo: on?.canUndo ?? false, redo: on?.canRedo ?? false, clear: (on?.strokes.length ?? 0) > 0 })
  }

  /** What was drawn before is on the picture again, even if that was made anew meanwhile. */
  function begin(): void {
    active.value = item.value !== null
    act((each) => each.again())
  }

  function end(): void {
    act((each) => each.end())
    active.value = false
  }

  return { active, tool, colour, widthPx, item, size, can, act, begin, end }
})
