import type { GlobalKeys } from '../host.ts'
import { accelerator } from './accelerator.ts'
import type { ElectronApi } from './electron-api.ts'

/** Electron's global shortcuts. They are told of presses only, never of a key let go. */
export class ElectronKeys implements GlobalKeys {
  readonly #mine = new Set<string>()

  constructor(
    private readonly shortcuts: ElectronApi['globalShortcut'],
    readonly asksUser: boolean,
  ) {}

  register(keys: string, pressed: () => void): boolean {
    const name = accelerator(keys)
    if (name === null) return false
    const given = this.#given(name, pressed)
    if (given) this.#mine.add(name)
    return given
  }

  unregister(keys: string): void {
    const name = accelerator(keys)
    if (name !== null && this.#mine.delete(name)) this.shortcuts.unregister(name)
  }

  async close(): Promise<void> {
    for (const each of this.#mine) this.shortcuts.unregister(each)
    this.#mine.clear()
  }

  /** Electron throws for a combination that it does not understand. */
  #given(name: string, pressed: () => void): boolean {
    try {
      return this.shortcuts.register(name, pressed)
    } catch {
      return false
    }
  }
}
