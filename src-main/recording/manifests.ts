import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { systemCode, writeFileAtomic } from '../base/atomic-file.ts'
import { makeFolder } from '../base/make-folder.ts'
import { MANIFEST_FOLDER, MANIFEST_VERSION, type ManifestFile, manifestPath, recordingManifest, type RecordingManifest } from './manifest.ts'

/** What a manifest begins with. */
export type ShowRun = Pick<RecordingManifest, 'showRunId' | 'name' | 'startedAtMs'>

/**
 * Reads and changes the manifests of recordings folders. The recorder and the library share one of these, so that neither
 * overwrites what the other has just written: changes of one manifest happen one after the other.
 */
export class Manifests {
  readonly #changes = new Map<string, Promise<unknown>>()

  /** Every manifest of the folder that can be read, newest first. One that cannot is left alone. */
  async list(folder: string): Promise<RecordingManifest[]> {
    const names = await readdir(join(folder, MANIFEST_FOLDER)).catch((error: unknown) => nothingThere<string[]>(error, []))
    const found = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => read(join(folder, MANIFEST_FOLDER, name))))
    return found.filter((each) => each !== null).toSorted((a, b) => b.startedAtMs - a.startedAtMs)
  }

  /**
   * Changes one manifest, making it when it is not there. `change` gets the newest state. Returns what was written.
   * Throws StudioError `folder-not-writable` or `disk-full`.
   */
  update(folder: string, run: ShowRun, change: (files: readonly ManifestFile[]) => ManifestFile[]): Promise<RecordingManifest> {
    const path = manifestPath(folder, run.showRunId)
    const changed = (this.#changes.get(path) ?? Promise.resolve()).then(async () => {
      const before = (await read(path)) ?? { version: MANIFEST_VERSION, ...run, files: [] }
      const after: RecordingManifest = { ...before, files: change(before.files) }
      await makeFolder(join(folder, MANIFEST_FOLDER)).catch((error: unknown) => {
        throw new StudioError('folder-not-writable', `${folder} (${systemCode(error)})`, { cause: error })
      })
      await writeFileAtomic(path, `${JSON.stringify(after, null, 2)}\n`)
      return after
    })
    this.#changes.set(path, changed.catch(() => {}))
    return changed
  }

  /** Resolves when nothing is being written any more. Never rejects. */
  async settled(): Promise<void> {
    await Promise.all(this.#changes.values())
  }
}

/** With `file` in the place of the one with the same path, or at the end. */
export function withFile(files: readonly ManifestFile[], file: ManifestFile): ManifestFile[] {
  const known = files.some(({ path }) => path === file.path)
  return known ? files.map((each) => (each.path === file.path ? file : each)) : [...files, file]
}

async function read(path: string): Promise<RecordingManifest | null> {
  try {
    const parsed = recordingManifest.safeParse(JSON.parse(await readFile(path, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch (error) {
    return nothingThere(error, null)
  }
}

/** A file that is not there, or is no JSON, is nothing; anything else is a failure. */
function nothingThere<T>(error: unknown, instead: T): T {
  if (error instanceof SyntaxError || ['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return instead
  throw error
}
