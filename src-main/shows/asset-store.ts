import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { isPictureExtension, mimeTypeOf, pictureType } from './picture-type.ts'

/** A picture larger than this is a mistake; a 1920x1080 PNG has about 4 MB. */
export const MAX_ASSET_BYTES = 25 * 1024 * 1024

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
    const bytes = Buffer.from(base64, 'base64')
    if (bytes.length > MAX_ASSET_BYTES) throw new StudioError('input-invalid', `the picture is larger than ${MAX_ASSET_BYTES / 1024 / 1024} MB`)
    const extension = pictureType(bytes)
    if (!extension) throw new StudioError('input-invalid', 'this is not a PNG, JPEG, WebP, GIF or AVIF picture')
    const id = `${createHash('sha256').update(bytes).digest('hex')}.${extension}`
    const path = join(this.#folder, id)
    const known = await stat(path).then((file) => file.size === bytes.length, () => false)
    if (!known) await writeFileAtomic(path, bytes)
    return id
  }

  /** null for an unknown id, and for everything that is not an id. */
  async read(assetId: string): Promise<{ bytes: Uint8Array; mimeType: string } | null> {
    const extension = extname(assetId).slice(1)
    if (!/^[0-9a-f]{64}\.[a-z]+$/.test(assetId) || !isPictureExtension(extension)) return null
    const bytes = await readFile(join(this.#folder, assetId)).catch(() => null)
    return bytes && { bytes, mimeType: mimeTypeOf(extension) }
  }
}
