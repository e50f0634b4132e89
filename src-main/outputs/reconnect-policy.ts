import { REASONS } from '@shared/domain/errors.ts'
import { serviceRule } from '@shared/domain/service-codes.ts'
import type { RetryDelay, RetryQuestion } from '../base/keep-alive.ts'

/** The first retry comes quickly, but not at once: what broke many destinations together should not meet them together. */
const FIRST_MIN_MS = 300
const FIRST_MAX_MS = 700
/** Viewers stay while the break is short: a server that comes back is found within 1.5 s for ten minutes … */
const EAGER_MAX_MS = 1500
const EAGER_FOR_MS = 10 * 60_000
/** … and within 5 s after that. */
const PATIENT_MAX_MS = 5000
/** A session that a server still takes for live is gone by then (nginx-rtmp: 60 s without a ping, 30 s for its answer); a refusal that outlasts it is meant. */
const GHOST_FOR_MS = 3 * 60_000
/** A wait is shortened by up to this part of it, never lengthened. */
const JITTER = 0.25

type Retry = (typeof REASONS)[keyof typeof REASONS]['retry']

/**
 * When an output is tried again after a failed run; null when trying again is of no use. What a service says by a code of its
 * own goes first, and the time that goes with the code is kept also when the network comes back meanwhile.
 */
export function nextDelayMs({ serviceCode, ...question }: Readonly<RetryQuestion>, random: () => number): RetryDelay | null {
  const rule = serviceRule(serviceCode)
  if (rule?.retry === 'no') return null
  const wantedMs = delayMs(question, rule?.retry === 'yes' ? 'yes' : REASONS[question.reason].retry, random)
  if (wantedMs === null) return null
  const atLeastMs = rule?.retryAfterMs ?? 0
  return { delayMs: Math.max(wantedMs, atLeastMs), atLeastMs }
}

function delayMs({ attempt, downForMs, everLive }: Readonly<RetryQuestion>, retry: Retry, random: () => number): number | null {
  if (retry === 'no') return null
  if (retry !== 'yes' && everLive && downForMs > GHOST_FOR_MS) return null
  if (retry === 'recovering' && !everLive) return null
  if (retry === 'twice' && !everLive && attempt > 2) return null
  if (attempt <= 1) return FIRST_MIN_MS + random() * (FIRST_MAX_MS - FIRST_MIN_MS)
  if (downForMs > EAGER_FOR_MS) return PATIENT_MAX_MS * (1 - JITTER * random())
  return Math.min(EAGER_MAX_MS, 500 * 2 ** (attempt - 1)) * (1 - JITTER * random())
}
