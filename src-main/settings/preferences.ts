import { join } from 'node:path'
import { z } from 'zod'
import { preferences, type Preferences } from '@shared/contracts/studio.ts'
import { DEFAULT_APPEARANCE } from '@shared/domain/appearance.ts'
import type { StudioError } from '@shared/domain/errors.ts'
import { NO_HOTKEY_CHANGES } from '@shared/domain/hotkeys.ts'
import { DEFAULT_SINGLE_QUALITIES } from '@shared/domain/single-presets.ts'
import type { Clock } from '../base/clock.ts'
import { JsonStore } from '../base/json-store.ts'
import { Topic } from '../rpc/topic.ts'

export interface PreferencesOptions {
  dataDir: string
  /** The system's language, e.g. `zh-Hans-CN`: decides the language of the first start. */
  locale: string
  clock: Pick<Clock, 'now' | 'monotonicMs'>
  onFailure: (failure: StudioError) => void
}

/** What the user has set about the studio itself. */
export class PreferencesStore {
  readonly topic: Topic<Preferences>
  readonly #store: JsonStore<Preferences>

  private constructor(store: JsonStore<Preferences>) {
    this.#store = store
    this.topic = new Topic(store.value)
  }

  static async open(options: PreferencesOptions): Promise<PreferencesStore> {
    const { dataDir, locale, clock, onFailure } = options
    const path = join(dataDir, 'preferences.json')
    return new PreferencesStore(
      await JsonStore.open({ path, version: 1, schema: keptPreferences(locale), initial: () => defaultPreferences(locale), clock, onFailure }),
    )
  }

  /** Takes effect at once; resolves when it is saved or the failure was reported. */
  async update(change: Partial<Preferences>): Promise<void> {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const next: Preferences = { ...this.#store.value, ...given }
    this.topic.set(next)
    await this.#store.set(next)
  }

  /** Resolves when nothing is being written any more. */
  settled(): Promise<void> {
    return this.#store.settled()
  }
}

/** A file of an older studio lacks what has come since: that is as on a first start. */
const keptPreferences = (locale: string) =>
  z.preprocess((kept) => (typeof kept === 'object' && kept !== null ? { ...defaultPreferences(locale), ...kept } : kept), preferences)

export function defaultPreferences(locale: string): Preferences {
  return {
    language: /^zh\b/i.test(locale) ? 'zh-CN' : 'en',
    theme: 'dark',
    layout: {},
    failAfterSeconds: 60,
    failedIsFinal: false,
    startMode: 'manual',
    congestion: { enabled: true, floorKbps: 500 },
    singles: DEFAULT_SINGLE_QUALITIES,
    appearance: DEFAULT_APPEARANCE,
    hotkeys: NO_HOTKEY_CHANGES,
  }
}
