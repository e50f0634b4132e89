import { computed } from 'vue'
import type { WritableComputedRef } from 'vue'
import type { SceneItem } from '@shared/domain/scene.ts'
import { useEngine } from '../base/given.ts'
import { cropTo } from '../geometry/crop.ts'
import { resizeFromCorner } from '../geometry/resize.ts'
import type { ItemPatch } from '../show-editing/item-patch.ts'
import { changeItems, placeItems } from '../show-editing/item-edits.ts'
import { useEditingStore } from '../stores/editing-store.ts'
import { useShowStore } from '../stores/show-store.ts'
import { usePlacedScene } from './placed-scene.ts'

export const CROP_SIDES = ['left', 'top', 'right', 'bottom'] as const
export type CropSide = (typeof CROP_SIDES)[number]
type NumberModel = WritableComputedRef<number>

/** The figures of what is selected. One in which items differ is NaN; writing it gives all of them the same. */
export function useTransformFields() {
  const shows = useShowStore()
  const editing = useEditingStore()
  const engine = useEngine()
  const { selected } = usePlacedScene()

  const place = (patchOf: (item: SceneItem) => ItemPatch) => shows.edit(placeItems(selected.value, new Map(selected.value.map((each) => [each.id, patchOf(each)]))))

  function number(read: (item: SceneItem) => number, write: (item: SceneItem, value: number) => ItemPatch): NumberModel {
    return computed({
      get: () => common(selected.value.map(read)),
      set: (value) => Number.isFinite(value) && place((item) => write(item, value)),
    })
  }

  const ratio = ({ width, height }: SceneItem): number => width / height
  const sourceSize = (item: SceneItem) => engine.sizeOf(item.sourceId)
  const side = (name: CropSide): 'width' | 'height' => (name === 'left' || name === 'right' ? 'width' : 'height')
  const opposite = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' } as const

  function cropped(item: SceneItem, name: CropSide, pixels: number): ItemPatch {
    const whole = (sourceSize(item) ?? item)[side(name)]
    // A pixel of the source always stays.
    const cut = Math.max(0, Math.min(pixels, whole * (1 - item.crop[opposite[name]]) - 1)) / whole
    return cropTo(item, sourceSize(item), { ...item.crop, [name]: cut })
  }

  return {
    x: number((item) => item.x, (_, x) => ({ x })),
    y: number((item) => item.y, (_, y) => ({ y })),
    width: number((item) => item.width, (item, width) => resizeFromCorner(item, editing.lockRatio ? { width, height: width / ratio(item) } : { width })),
    height: number((item) => item.height, (item, height) => resizeFromCorner(item, editing.lockRatio ? { height, width: height * ratio(item) } : { height })),
    rotation: number((item) => item.rotationDeg, (_, rotationDeg) => ({ rotationDeg })),
    opacity: computed({
      get: () => common(shows.selectedItems.map((each) => each.opacity * 100)),
      set: (percent: number) => Number.isFinite(percent) && shows.edit(changeItems(shows.selection, { opacity: percent / 100 })),
    }),
    crop: Object.fromEntries(
      CROP_SIDES.map((name) => [name, number((item) => item.crop[name] * (sourceSize(item) ?? item)[side(name)], (item, pixels) => cropped(item, name, pixels))]),
    ) as Record<CropSide, NumberModel>,
  }
}

/** The one value that all share, or NaN. Crumbs of arithmetic make no difference. */
export function common(values: readonly number[]): number {
  const [first = Number.NaN] = values
  return values.every((each) => Math.abs(each - first) < 0.01) ? first : Number.NaN
}
