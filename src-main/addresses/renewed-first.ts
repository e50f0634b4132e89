import { EXPIRY_WARNING_MS } from '@shared/domain/addresses/push-signature.ts'
import { readTokenSource, type TokenSource } from '@shared/domain/addresses/token-source.ts'
import { readTrtcKey } from '@shared/domain/addresses/trtc-address.ts'
import type { Destination } from '@shared/domain/destination.ts'
import { type Reason, StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import type { Secret } from '../base/secret.ts'
import type { OutputRun, RunOutput } from '../outputs/output.ts'
import { expiryOf } from './target-facts.ts'
import { fetchToken, type FetchedToken } from './token-address.ts'

export interface RenewableTarget {
  destination: Destination
  key: Secret
  /** As JSON. */
  tokenSource?: Secret
}

export interface RenewalParts<T extends RenewableTarget> {
  /** The destination as it is kept now: an attempt before may have fetched a token already. Null for one that is gone. */
  latest(destinationId: string): T | null
  /** Keeps the fetched one. Throws for a text that is no key. */
  keep(destinationId: string, key: string): Promise<T>
  /** Told when no token was to be had, but the kept one may still do. */
  onFailure(failure: StudioError): void
  clock: Pick<Clock, 'now' | 'sleep'>
  ask?: typeof fetchToken
}

/** What a server says of a token that it does not (or no longer) take. */
const REFUSALS = new Set<Reason>(['token-rejected', 'token-expired', 'signature-wrong', 'key-rejected'])

/**
 * An output before each attempt of which a fresh token is fetched from the user's token address: when the kept one is over, has less
 * than ten minutes left, or does not say how long it lasts. A kept one that may still do is used when there is no fresh one; when the
 * server refuses it, it is tried once more with a fresh one.
 */
export const renewedFirst =
  <T extends RenewableTarget>(parts: RenewalParts<T>, open: RunOutput<T>): RunOutput<T> =>
  async (target, run) => {
    run.signal.throwIfAborted()
    const stopped = new Promise<never>((_resolve, reject) => run.signal.addEventListener('abort', () => reject(run.signal.reason), { once: true }))
    stopped.catch(() => {})
    const kept = parts.latest(target.destination.id) ?? target
    const first = await Promise.race([renewed(kept, parts), stopped])
    let connected = false
    const watched: OutputRun = { ...run, connected: () => ((connected = true), run.connected()) }
    try {
      return await open(first, watched)
    } catch (thrown) {
      const refused = !connected && !run.signal.aborted && thrown instanceof StudioError && REFUSALS.has(thrown.reason)
      if (!refused || first !== kept || !sourceOf(kept)) throw thrown
      const fresh = await Promise.race([fetched(kept, parts), stopped]).catch(() => {
        run.signal.throwIfAborted()
        throw thrown
      })
      if (fresh.key.reveal() === kept.key.reveal()) throw thrown
      return open(fresh, run)
    }
  }

const sourceOf = ({ tokenSource }: RenewableTarget): TokenSource | null => tokenSource ? readTokenSource(tokenSource.reveal()) : null

async function renewed<T extends RenewableTarget>(target: T, parts: RenewalParts<T>): Promise<T> {
  const { onFailure, clock } = parts
  if (!sourceOf(target)) return target
  const endsAtMs = expiryOf(target)
  if (endsAtMs !== null && endsAtMs - clock.now() > EXPIRY_WARNING_MS) return target
  try {
    return await fetched(target, parts)
  } catch (thrown) {
    const isOver = target.key.isEmpty || (endsAtMs !== null && endsAtMs <= clock.now())
    if (isOver) throw thrown
    onFailure(StudioError.from(thrown))
    return target
  }
}

async function fetched<T extends RenewableTarget>(target: T, { keep, clock, ask = fetchToken }: RenewalParts<T>): Promise<T> {
  const source = sourceOf(target)
  if (!source) return target
  try {
    return await keep(target.destination.id, keyWith(target.key.reveal(), await ask(source, clock)))
  } catch (thrown) {
    const { reason, evidence, retryAfterMs } = StudioError.from(thrown)
    throw new StudioError(reason, `token address: ${evidence}`, { cause: thrown, retryAfterMs })
  }
}

/** The key with what was fetched in its place: of a room's stream key the signature changes, any other is the token. */
function keyWith(key: string, { userSig, privateMapKey, token, streamKey }: FetchedToken): string {
  if (!readTrtcKey(key)) return token || streamKey || privateMapKey || userSig
  if (streamKey !== '') return streamKey
  const signature = userSig || token
  if (!/^[0-9A-Za-z*_-]+$/.test(signature)) throw new StudioError('offer-rejected', 'there is no UserSig in the answer')
  const signed = key.replace(/([?&]usersig=)[^&]*/i, `$1${signature}`)
  return privateMapKey === '' ? signed : signed.replace(/([?&]privatemapkey=)[^&]*/i, `$1${privateMapKey}`)
}
