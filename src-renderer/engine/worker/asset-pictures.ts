import { assetSourceId, colourSourceId } from '@shared/domain/layouts/laid-out.ts'
import type { Scene } from '@shared/domain/scene.ts'
import type { Watermark } from '@shared/domain/layout.ts'
import type { EngineClock } from '../clock.ts'
import { ColourPicture } from '../pictures/colour-picture.ts'
import { StillPicture } from '../pictures/still-picture.ts'
import type { PictureStore } from './picture-store.ts'

/** What layouts and watermarks show besides the show's sources: colours, and images by their ids. */
export interface Added {
  colours: ReadonlySet<string>
  assetIds: ReadonlySet<string>
}

export function addedBy(scenes: Iterable<Scene>, watermarks: readonly Watermark[] = []): Added {
  const colours = new Set<string>()
  const assetIds = new Set(watermarks.map((each) => each.assetId))
  for (const { layout } of scenes) {
    if (layout?.template !== 'custom') continue
    if (layout.backgroundAssetId) assetIds.add(layout.backgroundAssetId)
    for (const { background, placeholderAssetId } of layout.regions) {
      if (background) colours.add(background)
      if (placeholderAssetId) assetIds.add(placeholderAssetId)
    }
  }
  assetIds.delete('')
  return { colours, assetIds }
}

/** What could not be loaded is tried again no sooner than this: a drag changes the show 60 times a second. */
export const LOAD_AGAIN_MS = 5000

/** Keeps their pictures in the store, loaded before they are needed. An image that cannot be loaded is left out. */
export class AssetPictures {
  readonly #held = new Set<string>()
  readonly #failedMs = new Map<string, number>()

  constructor(
    private readonly store: PictureStore,
    private readonly clock: Pick<EngineClock, 'monotonicMs'>,
    private readonly load: (assetId: string) => Promise<{ bitmap: ImageBitmap; opaque: boolean }>,
  ) {}

  follow({ colours, assetIds }: Added): void {
    const wanted = new Set([...[...colours].map(colourSourceId), ...[...assetIds].map(assetSourceId)])
    for (const id of this.#held) {
      if (wanted.has(id)) continue
      this.#held.delete(id)
      this.store.remove(id)
    }
    for (const colour of colours) if (this.#isNew(colourSourceId(colour))) this.store.set(colourSourceId(colour), new ColourPicture(colour))
    for (const assetId of assetIds) if (this.#isNew(assetSourceId(assetId))) void this.#load(assetId)
  }

  #isNew(id: string): boolean {
    if (this.#held.has(id) || this.clock.monotonicMs() - (this.#failedMs.get(id) ?? -Infinity) < LOAD_AGAIN_MS) return false
    this.#held.add(id)
    return true
  }

  async #load(assetId: string): Promise<void> {
    const id = assetSourceId(assetId)
    try {
      const { bitmap, opaque } = await this.load(assetId)
      if (this.#held.has(id) && !this.store.pictures.has(id)) this.store.set(id, new StillPicture(bitmap, opaque))
      else bitmap.close()
    } catch {
      this.#failedMs.set(id, this.clock.monotonicMs())
      this.#held.delete(id)
    }
  }
}

/** Reads an image from the page's server. `base`: where assets are, ending with a slash. */
export async function loadAsset(base: string, assetId: string): Promise<{ bitmap: ImageBitmap; opaque: boolean }> {
  const response = await fetch(`${base}${encodeURIComponent(assetId)}`)
  if (!response.ok) throw new Error(`the picture cannot be loaded (${response.status})`)
  const blob = await response.blob()
  return { bitmap: await createImageBitmap(blob), opaque: blob.type === 'image/jpeg' }
}
