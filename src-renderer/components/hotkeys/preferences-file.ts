import { z } from 'zod'
import { preferences } from '@shared/contracts/studio.ts'
import type { Preferences } from '@shared/contracts/studio.ts'

const file = z.object({ castwright: z.literal('settings'), version: z.literal(1), preferences: preferences.partial() })

/** The settings without what belongs to this display. */
export function preferencesFileText({ layout: _display, ...kept }: Preferences): string {
  return `${JSON.stringify({ castwright: 'settings', version: 1, preferences: kept }, null, 2)}\n`
}

/** What is in the file; null when it is something else. Settings that it does not name stay as they are. */
export function readPreferencesFile(text: string): Partial<Preferences> | null {
  try {
    const { layout: _display, ...kept } = file.parse(JSON.parse(text)).preferences
    return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined))
  } catch {
    return null
  }
}
