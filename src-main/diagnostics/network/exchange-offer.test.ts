import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Clock, systemClock } from '../../base/clock.ts'
import { Scope } from '../../base/scope.ts'
import { PageChecks } from '../page-checks.ts'
import { exchangeOffer } from './exchange-offer.ts'

let scope = new Scope()
afterEach(async () => {
  await scope.close()
  scope = new Scope()
})

/** Twenty times as fast: the limit of ten seconds is over after half of one. */
const hurried: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 20, signal) }

async function exchange(answer: (request: IncomingMessage, response: ServerResponse) => void, signal = new AbortController().signal): Promise<string> {
  const server = createServer(answer)
  scope.add(() => (server.closeAllConnections(), server.close()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return exchangeOffer({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}/?access_token=hush`, sdp: 'offer ü', clock: hurried, signal })
}

describe('exchangeOffer', () => {
  it('takes the offer there and brings the answer back', async () => {
    const sdp = await exchange(async (request, response) => {
      let body = ''
      for await (const text of request.setEncoding('utf8')) body += text as string
      response.end(JSON.stringify({ sdp: `${request.method} ${request.url} ${request.headers.authorization} ${(JSON.parse(body) as { sdp: string }).sdp}` }))
    })
    expect(sdp).toBe('POST /channel Bearer hush offer ü')
  })

  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void, string]>([
    ['a wrong token', (_request, response) => void response.writeHead(403).end(), 'token-rejected'],
    ['a busy server', (_request, response) => void response.writeHead(503).end(), 'server-busy'],
    ['another server', (_request, response) => void response.writeHead(404).end('{}'), 'endpoint-not-found'],
    ['something else', (_request, response) => void response.end('{"sdp":7}'), 'protocol-error'],
    ['a description without end', (_request, response) => void response.end(JSON.stringify({ sdp: 'x'.repeat(20_000) })), 'protocol-error'],
    ['an answer without end', (_request, response) => void setInterval(() => response.write('x'.repeat(50_000)), 5).unref(), 'protocol-error'],
    ['silence', () => {}, 'connect-timeout'],
  ])('%s', async (_name, answer, reason) => {
    await expect(exchange(answer)).rejects.toMatchObject({ reason })
  })
})

describe('PageChecks', () => {
  it('lets a page speak to the server of a check that it carries out, and to no other', async () => {
    const page = new PageChecks(() => 'id')
    page.handlersOf('one').announce({ checks: [{ name: 'network.channel', group: 'network', uses: 'line', timeoutMs: 1000 }] })
    const ending = new AbortController()
    const running = page.checks()[0]!.perform({ log: { info() {}, warn() {} }, clock: systemClock, signal: ending.signal, options: { testServer: 'http://here' }, progress() {} })
    expect(page.runsWith('one', 'http://here')).toBe(ending.signal)
    expect(() => page.runsWith('one', 'http://elsewhere')).toThrow()
    expect(() => page.runsWith('two', 'http://here')).toThrow()
    ending.abort(new Error('over'))
    await expect(running).rejects.toThrow('over')
    expect(() => page.runsWith('one', 'http://here')).toThrow()
  })
})
