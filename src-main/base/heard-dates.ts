import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Clock } from './clock.ts'
import type { HeardDate } from './clock-offset.ts'

/** The part of undici's messages that is read here (Node's `fetch`); headers are pairs of bytes. */
interface FetchMessage {
  request: { origin?: string | URL }
  response?: { headers: readonly Buffer[] }
}

/**
 * Hears the `Date` of every HTTP answer that this process gets (WHIP, uploads, notices, token addresses), from the channels on which
 * Node itself tells of them, so that no client has to know. Nothing else is read of an answer. Returns how to stop.
 * This computer's own servers have its own clock, and a cache's answer is old: neither counts.
 */
export function hearDates(clock: Pick<Clock, 'monotonicMs'>, hear: (heard: HeardDate) => void, counts: (host: string) => boolean = isElsewhere): () => void {
  const sentAtMs = new WeakMap<object, number>()
  const answered = (request: object, host: string, header: (name: string) => string | undefined) => {
    const sent = sentAtMs.get(request)
    const date = header('date')
    if (sent === undefined || date === undefined || !counts(host) || Number(header('age') ?? 0) > 0) return
    hear({ host, dateMs: Date.parse(date), sentAtMs: sent, heardAtMs: clock.monotonicMs() })
  }
  const channels: Record<string, (message: unknown) => void> = {
    'http.client.request.start': (message) => void sentAtMs.set((message as { request: ClientRequest }).request, clock.monotonicMs()),
    'http.client.response.finish': (message) => {
      const { request, response } = message as { request: ClientRequest; response: IncomingMessage }
      answered(request, request.host, (name) => response.headers[name]?.toString())
    },
    'undici:request:create': (message) => void sentAtMs.set((message as FetchMessage).request, clock.monotonicMs()),
    'undici:request:headers': (message) => {
      const { request, response } = message as FetchMessage
      const texts = (response?.headers ?? []).map(String)
      const host = URL.parse(String(request.origin))?.hostname ?? ''
      answered(request, host, (name) => texts[texts.findIndex((text, n) => n % 2 === 0 && text.toLowerCase() === name) + 1 || texts.length])
    },
  }
  for (const [name, listener] of Object.entries(channels)) subscribe(name, listener)
  return () => {
    for (const [name, listener] of Object.entries(channels)) unsubscribe(name, listener)
  }
}

function isElsewhere(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare !== '' && bare !== 'localhost' && bare !== '::1' && !(isIP(bare) === 4 && bare.startsWith('127.'))
}
