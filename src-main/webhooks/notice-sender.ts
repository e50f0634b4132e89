import type { NoticeDialect } from '@shared/domain/webhook.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { withoutSecrets } from '../base/secret.ts'
import { signedClassic } from './classic-body.ts'
import { postOnce } from './http-post.ts'
import { ANSWER_WITHIN_MS } from './schedule.ts'
import { roomSign } from './sign.ts'
import type { WebhookTarget } from './webhook-addresses.ts'

export interface SendResult {
  status: number | null
  tookMs: number
  /** The beginning of the answer, or what went wrong; without secrets. */
  answer: string
  /** Why it does not count as delivered; null when it does. */
  failure: StudioError | null
  /** The receiver's clock less this computer's, ms, ± 1 s. */
  clockOffsetMs: number | null
}

const MAX_ANSWER = 300

export interface NoticeSenderParts {
  clock: Pick<Clock, 'now' | 'monotonicMs' | 'sleep'>
  /** By the receivers' clocks, as far as they are known: it is they who judge until when a signature holds. */
  serverNow(): number
  redact: (text: string) => string
  certificateAuthority?: string
}

/** Signs one notice at the moment it leaves, posts it, and says what came back. */
export class NoticeSender {
  constructor(private readonly parts: NoticeSenderParts) {}

  /** `body`: as composed. Rejects only with `signal.reason`. */
  async send({ webhook, key, query }: WebhookTarget, body: string, signal: AbortSignal): Promise<SendResult> {
    const { clock, certificateAuthority } = this.parts
    const sinceMs = clock.monotonicMs()
    const secrets = [key.reveal(), query.reveal()]
    const tookMs = () => Math.round(clock.monotonicMs() - sinceMs)
    try {
      const { bytes, headers } = signed(webhook.dialect, body, key.reveal(), webhook.applicationId, this.parts.serverNow())
      const post = { url: webhook.url + query.reveal(), headers, body: bytes, withinMs: ANSWER_WITHIN_MS, ...(certificateAuthority === undefined ? {} : { certificateAuthority }) }
      const answer = await postOnce(post, clock, signal)
      const clockOffsetMs = answer.dateMs === null ? null : Math.round(answer.dateMs - clock.now())
      return { status: answer.status, tookMs: tookMs(), answer: this.#plain(answer.text, secrets), failure: refusal(answer.status), clockOffsetMs }
    } catch (thrown) {
      if (signal.aborted) throw signal.reason
      const failure = StudioError.from(thrown)
      const evidence = this.#plain(failure.evidence, secrets)
      return { status: null, tookMs: tookMs(), answer: evidence, failure: new StudioError(failure.reason, evidence), clockOffsetMs: null }
    }
  }

  #plain(text: string, secrets: readonly string[]): string {
    return this.parts.redact(withoutSecrets(text, secrets)).slice(0, MAX_ANSWER)
  }
}

function signed(dialect: NoticeDialect, body: string, key: string, applicationId: string, nowMs: number): { bytes: Buffer; headers: Record<string, string> } {
  if (dialect === 'classic') return { bytes: Buffer.from(signedClassic(JSON.parse(body) as object, key, nowMs), 'utf8'), headers: {} }
  const bytes = Buffer.from(body, 'utf8')
  return { bytes, headers: { Sign: roomSign(key, bytes), SdkAppId: applicationId || '0' } }
}

function refusal(status: number): StudioError | null {
  if (status === 200) return null
  return status >= 300 && status < 400 ? new StudioError('redirect-refused', `status ${status}, which is not followed`) : new StudioError('notice-refused', `status ${status}`)
}
