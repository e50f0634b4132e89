import { breakAtLabels, type ClueRole, readLabel, roleOf } from './paste-labels.ts'
import { bare } from './paste-text.ts'

/** One value found in a text; without a role it is a word that stood by itself. */
export interface Clue {
  role: ClueRole | null
  value: string
}

const ADDRESS = /\b(?:rtmps?|srt|https?|whips?|webrtc|rtsp|udp|wss?|rist|hls|ftp):\/\/[^\s"'<>`“”‘’「」『』《》【】|\\，。；、）]+/gi
const ANY_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i
const BEARER = /\bbearer\s+(?!token\b)([\w.~+/:?=&%@,!*-]{4,})/gi
const COMMAND = /^\s*[$>#]?\s*(?:curl|wget|http|ffmpeg|ffplay|gst-launch-1\.0)\b/i
/** Where a key is to be filled in by hand: `…/app/{stream_key}`. */
const PLACEHOLDER = /\/?(?:\{[\w -]+\}|\$\{?\w*key\w*\}?|<[^<>\s]*key[^<>]*>|\[[\w -]*key[\w -]*\]|YOUR[_-]?(?:STREAM[_-]?)?KEY)/gi

/**
 * Reads what is in a text, group by group; the values of one group belong together. A JSON object is a group each, any
 * other text is one.
 */
export function readClues(text: string): Clue[][] {
  const fromJson = readJson(text)
  if (fromJson.length > 0) return fromJson
  return [COMMAND.test(text) ? readCommand(text) : readLines(text)]
}

export const isAddress = (value: string): boolean => ANY_SCHEME.test(value)

/** Of a command line only its addresses and its token matter; the last address is where it sends to. */
function readCommand(text: string): Clue[] {
  return [...tokensIn(text), ...addressesIn(text).toReversed().map((value): Clue => ({ role: null, value }))]
}

function readLines(whole: string): Clue[] {
  const clues = tokensIn(whole)
  const lines = breakAtLabels(whole.replace(BEARER, ' ').replace(PLACEHOLDER, '')).split('\n')
  let waiting: ClueRole | null = null
  for (const line of lines) {
    if (line.trim() === '') continue
    const label = readLabel(line)
    const rest: string = label ? label.value : line
    const role: ClueRole | null = label ? label.role : waiting
    waiting = label && bare(rest) === '' ? label.role : null
    clues.push(...readValues(rest, role))
  }
  return clues
}

/** The addresses of a line, and the word beside them when it is only one. */
function readValues(line: string, role: ClueRole | null): Clue[] {
  const addresses = addressesIn(line)
  const words = bare(addresses.reduce((rest, each) => rest.replace(each, ' '), line)).split(/\s+/).map(bare).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const found = addresses.map((value): Clue => ({ role, value }))
  const [word] = words
  // `300 ms`
  const isAmount = role === 'latency' && words.length === 2
  if (word === undefined || (words.length > 1 && !isAmount)) return found
  return [...found, { role: addresses.length > 0 ? null : role, value: word }]
}

const addressesIn = (text: string): string[] => [...text.matchAll(ADDRESS)].map(([address]) => bare(address.replace(/[.!)\]}]+$/, '')))
const tokensIn = (text: string): Clue[] => [...text.matchAll(BEARER)].map(([, token = '']): Clue => ({ role: 'token', value: token.replace(/[,.]+$/, '') }))

function readJson(text: string): Clue[][] {
  const [from, to] = [text.search(/[{[]/), Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))]
  if (from < 0 || to <= from) return []
  try {
    const groups: Clue[][] = []
    walk(JSON.parse(text.slice(from, to + 1)), null, groups, 0)
    return groups
  } catch {
    return []
  }
}

/** `under`: the role that the name around an object gives its address, e.g. `webRTCPlayback: { url }`. */
function walk(value: unknown, under: ClueRole | null, groups: Clue[][], depth: number): void {
  if (typeof value !== 'object' || value === null || depth > 6) return
  const group: Clue[] = []
  const inner: [unknown, ClueRole | null][] = []
  for (const [name, each] of Object.entries(value)) {
    const role = roleOf(name) ?? (/play(back|er)?|whep|pull|watch/i.test(name) ? 'playback' : null)
    if (typeof each === 'string' && each.trim() !== '') group.push({ role: isAddress(each) && under === 'playback' ? under : role, value: bare(each.replace(/^bearer\s+/i, '')) })
    else if (typeof each === 'number') group.push({ role, value: String(each) })
    else inner.push([each, role === 'playback' ? role : under])
  }
  // Names that say nothing carry nothing but addresses.
  const telling = group.filter((clue) => clue.role !== null || isAddress(clue.value))
  if (telling.length > 0) groups.push(telling)
  for (const [each, role] of inner) walk(each, role, groups, depth + 1)
}
