import { EXPIRY_WARNING_MS } from '@shared/domain/addresses/push-signature.ts'
import { readTokenSource } from '@shared/domain/addresses/token-source.ts'
import { readTrtcKey } from '@shared/domain/addresses/trtc-address.ts'
import type { Destination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import type { Secret } from '../base/secret.ts'
import type { RunOutput } from '../outputs/output.ts'
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

/**
 * An output before each attempt of which a fresh token is fetched from the user's token address: when the kept one is over, has less
 * than ten minutes left, or does not say how long it lasts. A kept one that may still do is used when there is no fresh one.
 */
export const renewedFirst =
  <T extends RenewableTarget>(parts: RenewalParts<T>, open: RunOutput<T>): RunOutput<T> =>
  async (target, run) => {
    run.signal.throwIfAborted()
    const stopped = new Promise<never>((_resolve, reject) => run.signal.addEventListener('abort', () => reject(run.signal.reason), { once: true }))
    return open(await Promise.race([renewed(parts.latest(target.destination.id) ?? target, parts), stopped]), run)
  }

async function renewed<T extends RenewableTarget>(target: T, { keep, onFailure, clock, ask = fetchToken }: RenewalParts<T>): Promise<T> {
  const { destination, key, tokenSource } = target
  const source = tokenSource && readTokenSource(tokenSource.reveal())
  if (!source) return target
  const endsAtMs = expiryOf(target)
  if (endsAtMs !== null && endsAtMs - clock.now() > EXPIRY_WARNING_MS) return target
  try {
    return await keep(destination.id, keyWith(key.reveal(), await ask(source, clock)))
  } catch (thrown) {
    const { reason, evidence, retryAfterMs } = StudioError.from(thrown)
    const failure = new StudioError(reason, `token address: ${evidence}`, { cause: thrown, retryAfterMs })
    const isOver = key.isEmpty || (endsAtMs !== null && endsAtMs <= clock.now())
    if (isOver) throw failure
    onFailure(failure)
    return target
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
