import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Show } from '@shared/domain/show.ts'
import { sceneOf } from '@shared/domain/show.ts'
import type { showSummary } from '@shared/contracts/shows.ts'
import type { z } from 'zod'
import { useBridge, useClock } from '../base/given.ts'
import { whenSettled } from '../base/settle.ts'
import { abandon, record, redo, settle, startHistory, undo } from '../show-editing/history.ts'
import type { History } from '../show-editing/history.ts'
import { nameOfEdit } from '../show-editing/edit-name.ts'
import { keepDrawings } from '../show-editing/drawing-edits.ts'
import { keepOnAir } from '../show-editing/scene-edits.ts'
import type { Selection } from '../show-editing/selection.ts'
import { alive } from '../show-editing/selection.ts'
import type { ShowEdit } from '../show-editing/show-edits.ts'
import { useNoticesStore } from './notices-store.ts'
import { usePreferencesStore } from './preferences-store.ts'

/** A show is saved once edits have paused for this long, and in a long drag at least this often. */
export const SAVE_QUIET_MS = 500
export const SAVE_AT_MOST_MS = 2000
/** Whether studio mode is on, among what the preferences keep of the window. */
export const STUDIO_MODE = 'studioMode'

/** The show being composed: every edit goes through `edit`, can be taken back, and is saved by itself. */
export const useShowStore = defineStore('show', () => {
  const bridge = useBridge()
  const notices = useNoticesStore()
  const preferences = usePreferencesStore()
  const history = shallowRef<History<Show> | null>(null)
  const firstRun = ref(false)
  const chosen = shallowRef<Selection>([])
  const saving = ref<'saved' | 'waiting' | 'failed'>('saved')
  const summaries = ref<z.output<typeof showSummary>[]>([])

  const show = computed(() => history.value?.present ?? null)
  /** The scene that is being composed without being on air (studio mode); null = what is edited is on air. */
  const previewSceneId = ref<string | null>(null)
  /** The scene that is being edited. */
  const scene = computed(() => (show.value ? sceneOf(show.value, previewSceneId.value ?? undefined) : null))
  const canUndo = computed(() => (history.value?.past.length ?? 0) > 0)
  const canRedo = computed(() => (history.value?.future.length ?? 0) > 0)
  /** What the next undo and redo would take back or do again. */
  const undoName = computed(() => nameOfStep(history.value?.past.at(-1), history.value?.present))
  const redoName = computed(() => nameOfStep(history.value?.present, history.value?.future[0]))
  /** The ids of the scene's items that are selected, the primary one last. */
  const selection = computed<Selection>({ get: () => alive(scene.value, chosen.value), set: (next) => (chosen.value = next) })
  /** The primary one: an item of the scene by its id, or a sound source by its own. Setting it selects it alone. */
  const selectedId = computed<string | null>({ get: () => selection.value.at(-1) ?? chosen.value.at(-1) ?? null, set: (id) => (chosen.value = id === null ? [] : [id]) })
  const selectedItem = computed(() => scene.value?.items.find((each) => each.id === selectedId.value) ?? null)
  /** Back to front. */
  const selectedItems = computed(() => scene.value?.items.filter((each) => selection.value.includes(each.id)) ?? [])
  const selectedSource = computed(() => {
    const id = selectedItem.value?.sourceId ?? selectedId.value
    return show.value?.sources.find((each) => each.id === id) ?? null
  })

  bridge.shows.watch('list', (next) => {
    summaries.value = next
  })

  const saveSoon = whenSettled(useClock(), SAVE_QUIET_MS, SAVE_AT_MOST_MS, () => void save())

  async function save(): Promise<void> {
    const saved = show.value
    if (!saved) return
    try {
      await bridge.shows.save(saved)
      if (show.value === saved) saving.value = 'saved'
    } catch (thrown) {
      saving.value = 'failed'
      notices.tell(thrown)
    }
  }

  function take(next: History<Show>): void {
    if (next.present === history.value?.present) return
    history.value = next
    saving.value = 'waiting'
    saveSoon.touch()
  }

  /** Edits of one gesture share a `gesture` name and are taken back together; `endGesture` closes it. */
  function edit(change: ShowEdit, gesture: string | null = null): void {
    if (history.value) take(record(history.value, change(history.value.present, scene.value?.id), gesture))
  }

  /** For what happens in the show rather than to it, as switching scenes: saved as every edit is, but no undo step. */
  function pass(change: ShowEdit): void {
    if (history.value) take({ ...history.value, present: change(history.value.present, scene.value?.id), mergeKey: null })
  }

  function endGesture(): void {
    if (history.value) history.value = settle(history.value)
  }

  /** Takes back what the gesture has done so far. */
  function abandonGesture(): void {
    if (history.value) take(abandon(history.value))
  }

  /** `keep` decides what of the present survives, e.g. the encoding while live. */
  function undoEdit(keep: (to: Show, from: Show) => Show = (to) => to): void {
    if (history.value) take(keepParts(undo(history.value), keep))
  }

  function redoEdit(keep: (to: Show, from: Show) => Show = (to) => to): void {
    if (history.value) take(keepParts(redo(history.value), keep))
  }

  function keepParts(next: History<Show>, keep: (to: Show, from: Show) => Show): History<Show> {
    const from = history.value?.present
    return from ? { ...next, present: keep(keepDrawings(keepOnAir(next.present, from), from), from) } : next
  }

  function begin(next: Show): void {
    history.value = startHistory(next)
    chosen.value = []
    // A window that comes back in studio mode must not put the next click on air.
    previewSceneId.value = preferences.current.layout[STUDIO_MODE] === true ? sceneOf(next).id : null
    saving.value = 'saved'
  }

  async function load(): Promise<void> {
    const answer = await bridge.shows.current({})
    firstRun.value = answer.firstRun
    begin(answer.show)
  }

  /** Another show takes the place of this one, which is saved first. */
  async function replace(next: () => Promise<Show>): Promise<void> {
    saveSoon.flush()
    const opened = await notices.guard(next)
    if (opened) begin(opened)
  }

  const open = (showId: string) => replace(() => bridge.shows.open({ showId }))
  const create = (name: string) => replace(() => bridge.shows.create({ name }))
  const importText = (text: string) => replace(() => bridge.shows.importText({ text }))

  return {
    show, scene, previewSceneId, firstRun, selection, selectedId, selectedItem, selectedItems, selectedSource, saving, summaries, canUndo, canRedo, undoName, redoName,
    edit, pass, endGesture, abandonGesture, undo: undoEdit, redo: redoEdit, load, open, create, importText, flush: () => saveSoon.flush(),
  }
})

const nameOfStep = (before: Show | undefined, after: Show | undefined) => (before && after ? nameOfEdit(before, after) : null)
