import { readFile, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { writeFileAtomic } from '../../base/atomic-file.ts'
import type { HlsPlace } from './hls-place.ts'

const DEFAULT_NAME = 'index.m3u8'
/** Others are to read it: a web server, as a rule under another user. */
const MODE = 0o644

/** A folder on this computer. Its address is the folder, or the playlist's own path. Failures: `folder-not-writable`, `disk-full`. */
export class HlsFolder implements HlsPlace {
  readonly playlistName: string
  readonly #folder: string
  #takenBytes = 0

  constructor(given: string) {
    const address = given.trim().replace(/^~(?=[\\/])/, homedir())
    if (!isAbsolute(address)) throw new StudioError('address-invalid', 'not an absolute path of a folder')
    const named = /\.m3u8$/i.test(address)
    this.#folder = named ? dirname(address) : address
    this.playlistName = named ? basename(address) : DEFAULT_NAME
  }

  get takenBytes(): number {
    return this.#takenBytes
  }

  left(): Promise<string | null> {
    return readFile(join(this.#folder, this.playlistName), 'utf8').catch(() => null)
  }

  async put(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    await writeFileAtomic(join(this.#folder, name), bytes, { mode: MODE })
    this.#takenBytes += bytes.byteLength
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true }).catch(() => {})
  }

  close(): void {}
}
