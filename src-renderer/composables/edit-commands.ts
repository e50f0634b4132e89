import { useI18n } from 'vue-i18n'
import { placedByLayout } from '@shared/domain/layouts/participants.ts'
import { useClock, useEngine } from '../base/given.ts'
import type { Alignment } from '../geometry/arrange.ts'
import { aligned, centred, distributed, flipped, overCanvas, reset, turned } from '../show-editing/arrange-edits.ts'
import { groupItems, ungroupItems } from '../show-editing/group-edits.ts'
import { changeItems, orderItems, patchItems, placeItems } from '../show-editing/item-edits.ts'
import type { OrderMove, Patches } from '../show-editing/item-edits.ts'
import { freeName } from '../show-editing/new-sources.ts'
import { useEditingStore } from '../stores/editing-store.ts'
import { useShowStore } from '../stores/show-store.ts'
import { EDIT_COMMAND_IDS, EDIT_KEYS } from './edit-command.types.ts'
import type { EditCommand, EditCommandId } from './edit-command.types.ts'
import { useItemClipboard } from './item-clipboard.ts'
import { usePlacedScene } from './placed-scene.ts'

type Doing = Pick<EditCommand, 'enabled' | 'run' | 'icon'>

/** Everything that can be done with what is selected. Called once per place that offers it. */
export function useEditCommands(): ReadonlyMap<EditCommandId, EditCommand> {
  const { t } = useI18n()
  const shows = useShowStore()
  const editing = useEditingStore()
  const engine = useEngine()
  const clock = useClock()
  const clipboard = useItemClipboard()
  const placed = usePlacedScene()

  const canvas = () => shows.show?.encoding ?? { width: 1280, height: 720 }
  const sizeOf = (sourceId: string) => engine.sizeOf(sourceId)
  const some = () => shows.selectedItems.length > 0
  const free = () => shows.selectedItems.some((each) => !each.locked)
  const grouped = () => shows.selectedItems.some((each) => each.groupId !== undefined)
  const place = (patches: Patches) => shows.edit(placeItems(placed.selected.value, patches))

  const geometry = (icon: Doing['icon'], reckon: () => Patches): Doing => ({ ...(icon && { icon }), enabled: free, run: () => place(reckon()) })
  const align = (icon: Doing['icon'], side: Alignment): Doing =>
    geometry(icon, () => aligned(placed.selected.value, canvas(), side, shows.selection.length > 1 ? editing.alignTo : 'canvas'))
  const distribute = (icon: Doing['icon'], axis: 'x' | 'y'): Doing =>
    ({ ...geometry(icon, () => distributed(placed.selected.value, axis)), enabled: () => free() && shows.selectedItems.length > 2 })
  const order = (move: OrderMove): Doing => ({ icon: move, enabled: some, run: () => shows.edit(orderItems(shows.selection, move)) })
  const toggle = (key: 'visible' | 'locked'): Doing => ({
    enabled: some,
    run: () => shows.edit(changeItems(shows.selection, { [key]: !shows.selectedItems.every((each) => each[key]) })),
  })

  function layoutCanTake(): boolean {
    const sources = new Map(shows.show?.sources.map((each) => [each.id, each]))
    return shows.selectedItems.some((each) => {
      const source = sources.get(each.sourceId)
      return shows.scene?.layout !== undefined && source !== undefined && !placedByLayout(each, source, shows.scene.layout)
    })
  }

  function group(): void {
    const name = freeName(t('editing.newGroup'), shows.scene?.groups?.map((each) => each.name) ?? [])
    shows.edit(groupItems(shows.selection, clock.newId(), name))
  }

  function selectAll(): void {
    shows.selection = shows.scene?.items.filter((each) => !each.locked).map((each) => each.id) ?? []
  }

  const doings: Record<EditCommandId, Doing> = {
    ...clipboard,
    selectAll: { enabled: () => (shows.scene?.items.length ?? 0) > 0, run: selectAll },
    selectNone: { enabled: () => shows.selectedId !== null, run: () => (shows.selection = []) },
    editTransform: { icon: 'edit', enabled: some, run: () => document.querySelector<HTMLElement>('[data-transform] input')?.focus() },
    fit: geometry(undefined, () => overCanvas(placed.selected.value, canvas(), 'fit', sizeOf)),
    fill: geometry(undefined, () => overCanvas(placed.selected.value, canvas(), 'fill', sizeOf)),
    stretch: geometry(undefined, () => overCanvas(placed.selected.value, canvas(), 'stretch', sizeOf)),
    centre: geometry(undefined, () => centred(placed.selected.value, canvas(), 'both')),
    centreX: geometry(undefined, () => centred(placed.selected.value, canvas(), 'x')),
    centreY: geometry(undefined, () => centred(placed.selected.value, canvas(), 'y')),
    reset: geometry(undefined, () => reset(placed.selected.value, canvas(), sizeOf)),
    flipX: { icon: 'flip-x', enabled: free, run: () => flip('x') },
    flipY: { icon: 'flip-y', enabled: free, run: () => flip('y') },
    turnRight: geometry('turn-right', () => turned(placed.selected.value, 90)),
    turnLeft: geometry(undefined, () => turned(placed.selected.value, -90)),
    turnOver: geometry(undefined, () => turned(placed.selected.value, 180)),
    alignLeft: align('align-left', 'left'), alignCentre: align('align-centre', 'centre'), alignRight: align('align-right', 'right'),
    alignTop: align('align-top', 'top'), alignMiddle: align('align-middle', 'middle'), alignBottom: align('align-bottom', 'bottom'),
    distributeX: distribute('distribute-x', 'x'), distributeY: distribute('distribute-y', 'y'),
    forward: order('forward'), backward: order('backward'), front: order('front'), back: order('back'),
    group: { icon: 'group', enabled: () => shows.selectedItems.length > 1, run: group },
    ungroup: { enabled: grouped, run: () => shows.edit(ungroupItems(shows.selection)) },
    visibility: { icon: 'eye', ...toggle('visible') },
    lock: { icon: 'lock', ...toggle('locked') },
    intoLayout: { enabled: layoutCanTake, run: () => shows.edit(changeItems(shows.selection, { placedBy: 'layout' })) },
  }

  /** One picture is mirrored wherever it is, and stays in its layout; several change places. */
  function flip(axis: 'x' | 'y'): void {
    const patches = flipped(placed.selected.value, axis)
    if (patches.size > 1) place(patches)
    else shows.edit(patchItems(new Map([...patches].map(([id, { rotationDeg: _same, ...patch }]) => [id, patch]))))
  }

  return new Map(EDIT_COMMAND_IDS.map((id) => [id, { id, ...(EDIT_KEYS[id] && { keys: EDIT_KEYS[id] }), ...doings[id] }]))
}
