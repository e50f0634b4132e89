import { defineStore } from 'pinia'
import { computed, reactive, ref } from 'vue'
import type { SceneItem } from '@shared/domain/scene.ts'
import { useEngine } from '../base/given.ts'
import { usePlacedScene } from '../composables/placed-scene.ts'
import { DrawingBoard } from '../engine/drawing/drawing-board.ts'
import type { Tool } from '../engine/drawing/stroke.ts'
import { useShowStore } from './show-store.ts'

export const COLOURS = ['#ff3b30', '#ffcc00', '#34c759', '#0a84ff', '#ffffff', '#000000'] as const
/** Pixels of the canvas. */
export const WIDTHS = [4, 8, 16] as const
export const TOOLS = ['pen', 'highlighter', 'arrow', 'rectangle', 'ellipse', 'laser', 'eraser'] as const satisfies readonly (Tool | 'eraser')[]

/** Drawing over the picture: with what, on which item, and what has been drawn so far. Lives as long as the page. */
export const useDrawingStore = defineStore('drawing', () => {
  const engine = useEngine()
  const shows = useShowStore()
  const { scene } = usePlacedScene()
  const active = ref(false)
  const tool = ref<(typeof TOOLS)[number]>('pen')
  const colour = ref<string>(COLOURS[0])
  const widthPx = ref<number>(WIDTHS[1])
  const boards = new Map<string, DrawingBoard>()
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
    const known = boards.get(sourceId) ?? new DrawingBoard((change) => engine.draw(sourceId, change))
    boards.set(sourceId, known)
    return known
  }

  /** Does something with what is drawn; the buttons follow. */
  function act(what: (board: DrawingBoard) => void): void {
    const on = board()
    if (on) what(on)
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
