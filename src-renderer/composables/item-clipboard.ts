import { useClock } from '../base/given.ts'
import { COPY_OFFSET, copyItems, newIdsFor, pastedIds, pasteItems, transformOf } from '../show-editing/clipboard.ts'
import type { Copied } from '../show-editing/clipboard.ts'
import { placeItems, removeItems } from '../show-editing/item-edits.ts'
import { removeSource } from '../show-editing/show-edits.ts'
import { useEditingStore } from '../stores/editing-store.ts'
import { useShowStore } from '../stores/show-store.ts'
import type { EditCommand, EditCommandId } from './edit-command.types.ts'
import { usePlacedScene } from './placed-scene.ts'

type ClipboardId = Extract<EditCommandId, 'copy' | 'cut' | 'paste' | 'duplicate' | 'remove' | 'copyTransform' | 'pasteTransform'>

/** Copying, removing and putting back items and how they lie. A copy shows the same source once more. */
export function useItemClipboard(): Record<ClipboardId, Pick<EditCommand, 'enabled' | 'run' | 'icon'>> {
  const shows = useShowStore()
  const editing = useEditingStore()
  const clock = useClock()
  const placed = usePlacedScene()
  const some = () => shows.selectedItems.length > 0
  const chosen = (): Copied | null => (shows.show && shows.scene && some() ? copyItems(shows.show, { ...shows.scene, items: [...placed.selected.value] }, shows.selection) : null)

  function paste(copied: Copied | null): void {
    if (!copied || !shows.scene) return
    const newIds = newIdsFor(copied, clock.newId)
    // What was cut comes back to its place; a copy beside its original must be seen.
    const beside = shows.scene.items.some((each) => copied.items.some((other) => other.id === each.id))
    shows.edit(pasteItems(copied, newIds, beside ? COPY_OFFSET : 0))
    if (!shows.show) return
    const pasted = pastedIds(shows.show, shows.scene.id, newIds)
    if (pasted.length > 0) shows.selection = pasted
  }

  function copy(): void {
    editing.copied = chosen() ?? editing.copied
  }

  function remove(): void {
    if (some()) shows.edit(removeItems(shows.selection))
    else if (shows.selectedSource) shows.edit(removeSource(shows.selectedSource.id))
    shows.selection = []
  }

  function pasteTransform(): void {
    const { transform } = editing
    if (transform) shows.edit(placeItems(placed.selected.value, new Map(placed.selected.value.map((each) => [each.id, transform]))))
  }

  return {
    copy: { icon: 'copy', enabled: some, run: copy },
    cut: {
      enabled: some,
      run: () => {
        copy()
        remove()
      },
    },
    paste: { enabled: () => editing.copied !== null, run: () => paste(editing.copied) },
    duplicate: { enabled: some, run: () => paste(chosen()) },
    remove: { icon: 'trash', enabled: () => shows.selectedSource !== null, run: remove },
    copyTransform: {
      enabled: some,
      run: () => {
        const primary = placed.selected.value.find((each) => each.id === shows.selectedId)
        if (primary) editing.transform = transformOf(primary)
      },
    },
    pasteTransform: { enabled: () => editing.transform !== null && some(), run: pasteTransform },
  }
}
