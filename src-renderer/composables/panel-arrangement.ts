/** The window's panels. Preview and the buttons for going live have their places; these may be moved and hidden. */
export const PANEL_IDS = ['scenes', 'sources', 'mixer', 'properties', 'destinations'] as const
export type PanelId = (typeof PANEL_IDS)[number]
/** Below the preview, or in the column beside it. */
export type PanelArea = 'bottom' | 'side'

/** Where each panel is, in order; one that is hidden keeps its place. */
export interface Arrangement {
  bottom: readonly PanelId[]
  side: readonly PanelId[]
  hidden: readonly PanelId[]
}

export const USUAL_ARRANGEMENT: Arrangement = { bottom: ['scenes', 'sources', 'mixer', 'properties'], side: ['destinations'], hidden: [] }

/** Whatever was kept, made whole: every panel is in exactly one place, those that have come since where they usually are. */
export function readArrangement(kept: unknown): Arrangement {
  const given = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {}
  const named = (key: string): PanelId[] => {
    const value = given[key]
    return Array.isArray(value) ? PANEL_IDS.filter((id) => value.includes(id)).toSorted((a, b) => value.indexOf(a) - value.indexOf(b)) : []
  }
  const bottom = named('bottom')
  const side = named('side').filter((id) => !bottom.includes(id))
  const missing = (area: PanelArea) => USUAL_ARRANGEMENT[area].filter((id) => !bottom.includes(id) && !side.includes(id))
  return { bottom: [...bottom, ...missing('bottom')], side: [...side, ...missing('side')], hidden: named('hidden') }
}

export const areaOf = (arrangement: Arrangement, id: PanelId): PanelArea => (arrangement.side.includes(id) ? 'side' : 'bottom')

export const shownIn = (arrangement: Arrangement, area: PanelArea): PanelId[] => arrangement[area].filter((id) => !arrangement.hidden.includes(id))

export const withShown = (arrangement: Arrangement, id: PanelId, shown: boolean): Arrangement =>
  ({ ...arrangement, hidden: [...arrangement.hidden.filter((each) => each !== id), ...(shown ? [] : [id])] })

/** Changes places with the next one that is shown (1) or the one before (-1); at the end it stays. */
export function moved(arrangement: Arrangement, id: PanelId, step: 1 | -1): Arrangement {
  const area = areaOf(arrangement, id)
  const shown = shownIn(arrangement, area)
  const other = shown[shown.indexOf(id) + step]
  if (other === undefined || !shown.includes(id)) return arrangement
  return { ...arrangement, [area]: arrangement[area].map((each) => (each === id ? other : each === other ? id : each)) }
}

/** Goes to the end of the other area, and is shown there. */
export function movedTo(arrangement: Arrangement, id: PanelId, area: PanelArea): Arrangement {
  if (areaOf(arrangement, id) === area) return arrangement
  const without = (panels: readonly PanelId[]) => panels.filter((each) => each !== id)
  const next: Arrangement = { ...arrangement, bottom: without(arrangement.bottom), side: without(arrangement.side) }
  return withShown({ ...next, [area]: [...next[area], id] }, id, true)
}
