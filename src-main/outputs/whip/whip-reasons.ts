import { type Reason, StudioError } from '@shared/domain/errors.ts'
import { findServiceCode } from '@shared/domain/service-answer.ts'
import { type ServiceCode, serviceRule } from '@shared/domain/service-codes.ts'
import { withoutSecrets } from '../../base/secret.ts'
import { headerOf, type HttpAnswer } from './http-request.ts'
import { retryAfterMs } from './retry-after.ts'

/**
 * The one place where the statuses and words of WHIP servers become reasons. A status is taken by its class where no
 * reason of its own is known for it (RFC 9725 §4.1): any other 4xx as 400, any other 5xx as 500.
 */

const MAX_EVIDENCE = 200

const CLIENT_ERRORS: Readonly<Record<number, Reason>> = {
  401: 'token-rejected',
  403: 'token-rejected',
  404: 'endpoint-not-found',
  405: 'endpoint-not-found',
  408: 'server-busy',
  409: 'already-publishing',
  410: 'endpoint-not-found',
  425: 'server-busy',
  429: 'server-busy',
}

/** Why an offer was not answered with 201. `secrets` are taken out of what is quoted; `nowMs` is wall time. */
export function refusalOf(answer: HttpAnswer, secrets: readonly string[], nowMs: number): StudioError {
  const { status } = answer
  const said = wordsOf(answer)
  const evidence = withoutSecrets([`HTTP ${status}`, said].filter((part) => part !== '').join(': '), secrets).slice(0, MAX_EVIDENCE)
  const afterMs = retryAfterMs(headerOf(answer, 'retry-after'), nowMs)
  const serviceCode = serviceCodeOf(answer, said, secrets) ?? undefined
  const reason = serviceRule(serviceCode)?.reason ?? reasonOf(status, said)
  // Other refusals may name a time as well, but waiting would not change them.
  const again = reason === 'server-busy' || status >= 500 ? { retryAfterMs: afterMs ?? undefined } : {}
  return new StudioError(reason, evidence, { serviceCode, ...again })
}

/** A code of the service's own. Without the secrets: a token may look like one. The status alone is none: a place that is still taken answers 403, too. */
function serviceCodeOf(answer: HttpAnswer, said: string, secrets: readonly string[]): ServiceCode | null {
  const isPage = typeOf(answer) === 'text/html' || answer.body.trimStart().startsWith('<')
  return findServiceCode(withoutSecrets(isPage ? said : `${said}\n${answer.body}`, secrets))
}

function reasonOf(status: number, said: string): Reason {
  // Somebody is there, but it is not a WHIP endpoint: a web page, for one.
  if (status < 400) return 'endpoint-not-found'
  if (status >= 500) return status === 503 ? 'server-busy' : 'server-error'
  const reason = CLIENT_ERRORS[status] ?? 'offer-rejected'
  if (reason !== 'token-rejected') return reason
  // Some servers answer 403 to a place that is taken as well as to a wrong token.
  if (/already.{0,20}(in use|publish|exist)|\bin use\b|is busy/i.test(said)) return 'already-publishing'
  return /expired/i.test(said) ? 'token-expired' : reason
}

/** What the server said about it: a problem (RFC 9457), a challenge (RFC 6750 §3) or a line of plain text. */
function wordsOf(answer: HttpAnswer): string {
  const type = typeOf(answer)
  const challenge = answer.status === 401 ? headerOf(answer, 'www-authenticate') : null
  const [, described = ''] = /error_description="([^"]*)"/i.exec(challenge ?? '') ?? []
  const wanted = challenge && !/^bearer\b/i.test(challenge) ? `the server asks for ${/^[\w-]{1,20}/.exec(challenge)?.[0] ?? 'another'} authentication` : described
  return [wanted, bodyWords(type, answer.body)]
    .map((text) => text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim())
    .filter((text) => text !== '')
    .join('; ')
}

const typeOf = (answer: HttpAnswer): string => headerOf(answer, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''

function bodyWords(type: string, body: string): string {
  if (type === 'text/plain' || (type === '' && !body.startsWith('<'))) return body.split(/\r?\n/, 1)[0] ?? ''
  if (type !== 'application/problem+json' && type !== 'application/json') return ''
  try {
    const problem: unknown = JSON.parse(body)
    if (typeof problem !== 'object' || problem === null) return ''
    const text = (name: string) => (name in problem ? String((problem as Record<string, unknown>)[name]) : '')
    return [text('title'), text('detail') || text('error') || text('message')].filter((part) => part !== '').join(': ')
  } catch {
    return ''
  }
}
