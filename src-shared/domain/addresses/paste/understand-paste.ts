import { type Clue, isAddress, readClues } from './paste-clues.ts'
import { composePlace } from './paste-place.ts'
import type { NotUnderstood, PastedPlace, PasteResult } from './paste-result.ts'
import { cleanPaste } from './paste-text.ts'

/**
 * Understands what people paste to say where they stream to: an address with or without its key, server and key on two
 * lines or one, with labels in English or Chinese, a WHIP address with its token, a curl command, JSON of an API, SRT
 * addresses with options. Pure. Nothing of the text is in a problem but the scheme's name.
 */
export function understandPaste(pasted: string): PasteResult {
  const cleaned = cleanPaste(pasted)
  if ('problem' in cleaned) return { ok: false, problem: cleaned.problem }
  const folder = readFolder(cleaned.text)
  if (folder) return folder
  const groups = readClues(cleaned.text)
  const addressed = groups.filter((group) => group.some(({ value }) => isAddress(value)))
  let first: NotUnderstood | null = null
  for (const group of addressed) {
    const result = composePlace(withSecretsOf(group, groups))
    if (result.ok) return { ...result, ignored: [...result.ignored, ...moreAddresses(addressed.length - 1)] }
    first ??= result
  }
  return first ?? alone(groups.flat())
}

/** An object with nothing but an address takes its secrets from the others. */
function withSecretsOf(group: readonly Clue[], groups: readonly Clue[][]): Clue[] {
  const hasSecret = group.some(({ role }) => role === 'key' || role === 'token' || role === 'streamId')
  const others = hasSecret ? [] : groups.filter((each) => each !== group && !each.some(({ value }) => isAddress(value))).flat()
  return [...group, ...others.filter(({ role }) => role !== null)]
}

function moreAddresses(count: number): PastedPlace['ignored'] {
  return count > 0 ? [{ what: 'more-addresses', detail: String(count) }] : []
}

function alone(clues: readonly Clue[]): NotUnderstood {
  const secrets = clues.filter(({ role, value }) => (role === null ? looksLikeSecret(value) : ['key', 'token', 'streamId'].includes(role)))
  const [only] = secrets
  return secrets.length === 1 && only ? { ok: false, problem: 'only-secret', secret: only.value } : { ok: false, problem: 'no-address' }
}

const looksLikeSecret = (word: string): boolean => word.length >= 8 && /\d|[-_]/.test(word) && !/^[\w.-]+\.[a-z]{2,}(\/|$)/i.test(word)

function readFolder(text: string): PasteResult | null {
  const path = text.replace(/^["']|["']$/g, '')
  if (text.includes('\n') || !/^(\/[^/\s]|~\/|[a-z]:[\\/]|\\\\[^\\]|file:\/\/)/i.test(path)) return null
  return { ok: true, kind: 'hls', address: path, key: '', passphrase: '', srt: {}, found: ['address'], ignored: [] }
}
