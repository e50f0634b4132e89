import { rm, writeFile } from 'node:fs/promises'
import type { Clock } from '../../base/clock.ts'
import type { StudioWindow } from '../host.ts'

/** Well before the address in the file becomes too old to be taken. */
const RENEW_EVERY_MS = 30_000

export interface AddressFileOptions {
  path: string
  newAddress(): string
  onPageCount(handler: (count: number) => void): void
  /** Drops every page that is connected. */
  dropPages(): void
  clock: Clock
}

/**
 * A studio without a browser of its own (`CASTWRIGHT_BROWSER=none`): a one-time address waits in a file
 * that only this user may read, for a browser that somebody else steers. A new one follows whenever a
 * page comes or goes.
 */
export async function openAddressFile(options: AddressFileOptions): Promise<StudioWindow> {
  let writing = Promise.resolve()
  const renew = (): Promise<void> => {
    writing = writing.catch(() => {}).then(() => writeFile(options.path, `${options.newAddress()}\n`, { mode: 0o600 }))
    return writing
  }
  const renewQuietly = (): void => void renew().catch(() => {})
  let closed = false
  await rm(options.path, { force: true })
  await renew()
  const stop = options.clock.every(RENEW_EVERY_MS, renewQuietly)
  options.onPageCount(() => {
    if (!closed) renewQuietly()
  })
  return {
    async reload() {
      await renew()
      options.dropPages()
    },
    focus() {},
    onGone() {},
    onClosed() {},
    async close() {
      closed = true
      stop()
      await writing.catch(() => {})
      await rm(options.path, { force: true })
    },
    processIds: () => Promise.resolve({}),
  }
}
