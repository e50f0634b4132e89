import { StudioError } from '@shared/domain/errors.ts'
import { GROUPS_OF, keyProblem, type Webhook } from '@shared/domain/webhook.ts'

/** An address with its secrets as plain text: only while it is being checked or used. */
export interface PlainWebhook {
  webhook: Webhook
  key: string
  /** Of the URL, with its `?`; may carry a token. */
  query: string
}

const KEY_EVIDENCE = {
  'key-missing': 'a key is needed, so that your back end can check who sent a notice',
  'key-room': 'the key of the room dialect has at most 32 letters and digits',
  'key-characters': 'the key has spaces in it or more than 128 characters',
} as const

/**
 * Checks what was typed and parts the URL from its query. `key` undefined = unchanged; `before` is what is saved.
 * Throws StudioError `address-invalid`, `address-scheme-unknown` or `input-invalid`; the evidence quotes nothing secret.
 */
export function readWebhook(typed: Webhook, key: string | undefined, before: PlainWebhook | null): PlainWebhook {
  const { url, query, hasQuery } = partedUrl(typed.url)
  const kept = before !== null && before.webhook.url === url && !hasQuery
  const next = key?.trim() ?? before?.key ?? ''
  const problem = keyProblem(typed.dialect, next)
  if (problem) throw new StudioError('input-invalid', KEY_EVIDENCE[problem])
  const groups = typed.groups.filter((each) => GROUPS_OF[typed.dialect].includes(each))
  return { webhook: { ...typed, name: typed.name.replace(/\s+/g, ' ').trim(), url, groups }, key: next, query: kept ? before.query : query }
}

function partedUrl(text: string): { url: string; query: string; hasQuery: boolean } {
  const typed = text.trim()
  if (!/^https?:\/\//i.test(typed)) throw new StudioError(typed === '' ? 'address-invalid' : 'address-scheme-unknown', 'the address does not begin with https:// or http://')
  if (!URL.canParse(typed) || /[\p{Cc}\p{Cf}\s]/u.test(typed)) throw new StudioError('address-invalid', 'the address cannot be read')
  const parsed = new URL(typed)
  if (parsed.username !== '' || parsed.password !== '') throw new StudioError('address-invalid', 'a user name or password stands before the host')
  const { search } = parsed
  const hasQuery = typed.includes('?')
  parsed.search = ''
  parsed.hash = ''
  return { url: parsed.href.replace(/\?$/, ''), query: search, hasQuery }
}
