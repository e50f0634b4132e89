import type { IconName } from './icons.ts'

/** One row of a menu. With `entries` it opens a second menu. */
export interface MenuEntry {
  id: string
  label: string
  kind?: 'line' | 'heading'
  icon?: IconName
  keys?: string
  disabled?: boolean
  run?: () => void
  entries?: readonly MenuEntry[]
}
