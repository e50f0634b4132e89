import { createHash } from 'node:crypto'
import { readFile, rm, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { isPictureExtension, mimeTypeOf, pictureType } from './picture-type.ts'

/** A picture larger than this is a mistake; a 1920x1080 PNG has about 4 MB. */
export const MAX_ASSET_BYTES = 25 * 1024 * 1024

const ASSET_ID = /^[0-9a-f]{64}\.[a-z0-9]+$/

/** Pictures under the hash of their content, so that the same one is kept once: `<sha-256>.<extension>`. */
export class AssetStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * Keeps a picture and answers its id. What it is is read from its bytes, never from what it claims to be.
   * Throws StudioError `input-invalid`, `disk-full` or `folder-not-writable`.
   */
  async add(base64: string): Promise<string> {
    return (await this.keep(Buffer.from(base64, 'base64'))).assetId
  }

  /** As `add`; `isNew` = it was not there before. With `wantedId`, bytes of another id are refused and not kept. */
  async keep(bytes: Uint8Array, wantedId?: string): Promise<{ assetId: string; isNew: boolean }> {
    if (bytes.length > MAX_ASSET_BYTES) throw new StudioError('input-invalid', `the picture is larger than ${MAX_ASSET_BYTES / 1024 / 1024} MB`)
    const extension = pictureType(bytes)
    if (!extension) throw new StudioError('input-invalid', 'this is not a PNG, JPEG, WebP, GIF or AVIF picture, nor a WebM or MP4 video')
    const id = `${createHash('sha256').update(bytes).digest('hex')}.${extension}`
    if (wantedId !== undefined && wantedId !== id) throw new StudioError('input-invalid', 'the picture is not the one that its name says')
    const path = join(this.#folder, id)
    const known = await stat(path).then((file) => file.size === bytes.length, () => false)
    if (!known) await writeFileAtomic(path, bytes)
    return { assetId: id, isNew: !known }
  }

  async has(assetId: string): Promise<boolean> {
    return ASSET_ID.test(assetId) && stat(join(this.#folder, assetId)).then((file) => file.isFile(), () => false)
  }

  /** For a picture that an import brought before it failed. */
  async remove(assetId: string): Promise<void> {
    if (ASSET_ID.test(assetId)) await rm(join(this.#folder, assetId), { force: true })
  }

  /** null for an unknown id, and for everything that is not an id. */
  async read(assetId: string): Promise<{ bytes: Uint8Array; mimeType: string } | null> {
    const extension = extname(assetId).slice(1)
    if (!ASSET_ID.test(assetId) || !isPictureExtension(extension)) return null
    const bytes = await readFile(join(this.#folder, assetId)).catch(() => null)
    return bytes && { bytes, mimeType: mimeTypeOf(extension) }
  }
}
