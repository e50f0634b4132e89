/** Whose stream a file holds. */
export interface SingleStream {
  /** As it stands in names: base64 with `/` → `-` and `=` → `.`. */
  user: string
  media: 'main' | 'aux'
}

const SINGLE = /__UserId_s_([^/]+?)__UserId_e_(main|aux)_(?:audio|video)(?![a-z])[^/]*$/

/** Read from the name of a single stream, `…__UserId_s_U__UserId_e_M_X…`. Null for a file of the mixed program. */
export function singleStreamOf(path: string): SingleStream | null {
  const match = SINGLE.exec(path)
  return match?.[1] === undefined ? null : { user: match[1], media: match[2] === 'aux' ? 'aux' : 'main' }
}

/** The name without folder, ending, index and time: what the pieces of one recording have in common. */
export const baseOf = (path: string): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z0-9]+$/i, '').replace(/_(\d{17}|\d{1,5})$/, '')
