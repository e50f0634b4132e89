import { z } from 'zod'
import { parseHttpAddress } from '@shared/domain/addresses/http-address.ts'
import type { TokenSource } from '@shared/domain/addresses/token-source.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { fetchJson } from './fetch-json.ts'

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 65_536

/** What a user's own server may answer with, by the names that people give these things; nested one level (`data`) or not. */
const NAMES = {
  userSig: ['userSig', 'usersig', 'user_sig', 'UserSig', 'sig'],
  privateMapKey: ['privateMapKey', 'privatemapkey', 'private_map_key', 'PrivateMapKey'],
  token: ['token', 'accessToken', 'access_token', 'bearer', 'bearerToken'],
  address: ['address', 'url', 'server', 'whipUrl', 'whip_url', 'pushUrl', 'push_url'],
  streamKey: ['streamKey', 'stream_key', 'key'],
} as const
export type FetchedToken = Record<keyof typeof NAMES, string>

/**
 * Asks the user's own token address. GET sends room and user as a query, POST as JSON. https, or http on this computer.
 * Fails with StudioError as `fetchJson` does, `address-invalid`, or `offer-rejected` when there is no token in the answer.
 */
export async function fetchToken({ address, method, bearer, room, userId }: TokenSource, clock: Pick<Clock, 'sleep'>): Promise<FetchedToken> {
  const { whole, isOpen } = parseHttpAddress(address)
  if (isOpen) throw new StudioError('address-invalid', 'tokens are asked for by https')
  const about = Object.fromEntries(Object.entries({ room, userId }).filter(([, value]) => value !== ''))
  const url = new URL(whole)
  if (method === 'GET') for (const [name, value] of Object.entries(about)) url.searchParams.set(name, value)
  const headers: Record<string, string> = bearer === '' ? {} : { authorization: `Bearer ${bearer.trim().replace(/^bearer\s+/i, '')}` }
  const answer = await fetchJson({ address: url.href, method, headers, ...(method === 'POST' ? { body: about } : {}), timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES }, clock)
  const found = readAnswer(answer)
  if (found.userSig === '' && found.privateMapKey === '' && found.token === '' && found.streamKey === '') throw new StudioError('offer-rejected', 'there is no token in the answer')
  return found
}

const record = z.record(z.string(), z.unknown())

function readAnswer(answer: unknown): FetchedToken {
  if (typeof answer === 'string') return { userSig: '', privateMapKey: '', token: answer.slice(0, 20_000), address: '', streamKey: '' }
  const outer = record.safeParse(answer).data ?? {}
  const inner = Object.values(outer).map((each) => record.safeParse(each).data ?? {})
  const valueOf = (names: readonly string[]): string => {
    for (const each of [outer, ...inner]) {
      for (const name of names) {
        const value = Object.hasOwn(each, name) ? each[name] : undefined
        if (typeof value === 'string' && value !== '' && value.length <= 20_000) return value
      }
    }
    return ''
  }
  return { userSig: valueOf(NAMES.userSig), privateMapKey: valueOf(NAMES.privateMapKey), token: valueOf(NAMES.token), address: valueOf(NAMES.address), streamKey: valueOf(NAMES.streamKey) }
}
