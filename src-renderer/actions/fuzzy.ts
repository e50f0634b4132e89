/** Letters without their marks, small, so that "Añadir" is found by "anadir". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** A text that has what was typed in one piece counts at least so much. */
export const WHOLE = 700

/**
 * How well a text answers what was typed; null = not at all, more is better. Every typed letter has to come in its order: in a row counts
 * more than apart, at the beginning of a word more than within, early more than late, a short text more than a long one.
 */
export function matchScore(typed: string, text: string): number | null {
  const wanted = plain(typed).replace(/\s+/g, '')
  const given = plain(text)
  if (wanted === '') return 0
  const whole = given.indexOf(plain(typed).trim())
  if (whole >= 0) return Math.max(WHOLE, 1000 - whole - given.length / 100) + (startsWord(given, whole) ? 200 : 0)
  let at = -1
  let score = 0
  for (const letter of wanted) {
    const next = bestNext(given, letter, at)
    if (next < 0) return null
    score += next === at + 1 ? 12 : startsWord(given, next) ? 10 : 1
    at = next
  }
  return score - given.length / 100
}

/** The very next place, else the next beginning of a word, else the next one at all. */
function bestNext(text: string, letter: string, after: number): number {
  if (text[after + 1] === letter) return after + 1
  const first = text.indexOf(letter, after + 1)
  for (let at = first; at >= 0; at = text.indexOf(letter, at + 1)) if (startsWord(text, at)) return at
  return first
}

const startsWord = (text: string, at: number): boolean => at === 0 || /[\s:(/-]/.test(text[at - 1] ?? '')
