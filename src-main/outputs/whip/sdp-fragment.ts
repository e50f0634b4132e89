/**
 * Fragments of session descriptions for trickle ICE and ICE restarts (`application/trickle-ice-sdpfrag`, RFC 8840 §9) as
 * WHIP uses them: the session's ICE lines, and of the bundle only the first m-section (RFC 9725 §4.3.2).
 */

/** The ICE side of an offer: what its fragments begin with. */
export interface IceDescription {
  /** Lines before the m-line: `a=ice-lite`, `a=ice-options`, `a=ice-pacing`, `a=group:BUNDLE`. */
  sessionLines: readonly string[]
  mediaLine: string
  mid: string | null
  usernameFragment: string
  password: string
  /** `a=candidate:…` lines that the description has already. */
  candidates: readonly string[]
  endOfCandidates: boolean
}

/** Reads the first m-section; null when it has none, or no ICE credentials. */
export function iceDescriptionOf(sdp: string): IceDescription | null {
  const lines = sdp.split(/\r?\n/)
  const firstAt = lines.findIndex((line) => line.startsWith('m='))
  if (firstAt < 0) return null
  const session = lines.slice(0, firstAt)
  const nextAt = lines.findIndex((line, at) => at > firstAt && line.startsWith('m='))
  const media = lines.slice(firstAt + 1, nextAt < 0 ? lines.length : nextAt)
  const valueOf = (name: string) => [...media, ...session].find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3)
  const usernameFragment = valueOf('ice-ufrag')
  const password = valueOf('ice-pwd')
  if (!usernameFragment || !password) return null
  const iceLines = [...session, ...media].filter((line) => /^a=(ice-lite$|ice-options:|ice-pacing:)/.test(line))
  return {
    sessionLines: [...new Set([...iceLines, ...session.filter((line) => line.startsWith('a=group:BUNDLE'))])],
    mediaLine: lines[firstAt] ?? '',
    mid: valueOf('mid') ?? null,
    usernameFragment,
    password,
    candidates: media.filter((line) => line.startsWith('a=candidate:')),
    endOfCandidates: [...media, ...session].includes('a=end-of-candidates'),
  }
}

/** The body of a PATCH. `candidates` as the page has them (`candidate:…`, with or without `a=`). */
export function sdpFragment(ice: IceDescription, candidates: readonly string[], endOfCandidates: boolean): string {
  const lines = [
    ...ice.sessionLines,
    ice.mediaLine,
    ...(ice.mid === null ? [] : [`a=mid:${ice.mid}`]),
    `a=ice-ufrag:${ice.usernameFragment}`,
    `a=ice-pwd:${ice.password}`,
    ...candidates.map(candidateLine),
    ...(endOfCandidates ? ['a=end-of-candidates'] : []),
  ]
  return lines.map((line) => `${line}\r\n`).join('')
}

/** A candidate comes from the page; no line break of it may become a line of ours. */
function candidateLine(candidate: string): string {
  return `a=${candidate.replace(/^a=/, '').replaceAll(/[\r\n]+/g, ' ').trim()}`
}
