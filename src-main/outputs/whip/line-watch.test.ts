import { describe, expect, it } from 'vitest'
import { type ConnectionStates, type LineLimits, LineWatch } from './line-watch.ts'

const LIMITS: LineLimits = { connectMs: 10_000, silentMs: 5000, leastSilentMs: 3000, restoreMs: 5000, pageSilentMs: 15_000 }
const UP: ConnectionStates = { state: 'connected', ice: 'connected', dtls: 'connected' }
const AWAY: ConnectionStates = { state: 'disconnected', ice: 'disconnected', dtls: 'connected' }
const FAILED: ConnectionStates = { state: 'failed', ice: 'failed', dtls: 'connected' }

/** A line on which `seconds` pass with a report at each half second. */
class Line {
  nowMs = 0
  readonly watch = new LineWatch(LIMITS, 0)
  #bytes = 0
  #acknowledged = 0

  say(states: ConnectionStates): this {
    this.watch.connection(states, this.nowMs)
    return this
  }

  pass(seconds: number, { sends = true, arrives = true } = {}): this {
    for (const untilMs = this.nowMs + seconds * 1000; this.nowMs < untilMs; ) {
      this.nowMs += 500
      if (sends) this.#bytes += 10_000
      if (sends && arrives) this.#acknowledged += 10
      this.watch.report({ bytesSent: this.#bytes, packetsAcknowledged: this.#acknowledged }, this.nowMs)
    }
    return this
  }

  get state(): string {
    return this.watch.verdict(this.nowMs)?.reason ?? this.watch.line
  }
}

const flowing = () => new Line().say(UP).pass(1)

describe('a line', () => {
  it('flows only when ICE and DTLS are up and something was acknowledged', () => {
    const line = new Line().pass(1)
    expect(line.state).toBe('connecting')
    expect(line.say({ state: 'connecting', ice: 'connected', dtls: 'connecting' }).pass(1).state).toBe('connecting')
    expect(line.say({ ...UP, dtls: 'connecting' }).pass(1).state).toBe('connecting')
    expect(line.say(UP).state).toBe('connecting')
    expect(line.pass(1, { arrives: false }).state).toBe('connecting')
    expect(line.pass(0.5).state).toBe('flowing')
  })

  it.each<[string, ConnectionStates, string]>([
    ['without a way through the network', { state: 'connecting', ice: 'checking', dtls: 'new' }, 'ice-failed'],
    ['without encryption', { state: 'connecting', ice: 'connected', dtls: 'connecting' }, 'dtls-failed'],
    ['with everything but acknowledgements', UP, 'stalled'],
  ])('that does not connect within 10 s fails, %s', (_what, states, reason) => {
    const line = new Line().say(states).pass(9.5, { arrives: false })
    expect(line.state).toBe('connecting')
    expect(line.pass(0.5, { arrives: false }).state).toBe(reason)
  })

  it('fails at once when the page says so', () => {
    expect(new Line().say({ state: 'failed', ice: 'failed', dtls: 'new' }).state).toBe('ice-failed')
    expect(new Line().say({ state: 'failed', ice: 'connected', dtls: 'failed' }).state).toBe('dtls-failed')
    expect(flowing().say({ ...UP, dtls: 'failed' }).state).toBe('dtls-failed')
    expect(flowing().say({ ...UP, dtls: 'closed' }).state).toBe('server-closed')
    expect(flowing().say({ state: 'closed', ice: 'closed', dtls: 'closed' }).state).toBe('server-closed')
  })

  it('that broke has 5 s to come back', () => {
    const line = flowing().say(AWAY)
    expect(line.state).toBe('broken')
    expect(line.pass(4.5, { arrives: false }).state).toBe('broken')
    expect(line.pass(0.5, { arrives: false }).state).toBe('connection-lost')
  })

  it('is back when something is acknowledged on a connection that is up', () => {
    const line = flowing().say(AWAY).pass(3, { arrives: false })
    expect(line.say(UP).state).toBe('broken')
    expect(line.pass(0.5).state).toBe('flowing')
    expect(line.pass(20).state).toBe('flowing')
    expect(line.say(AWAY).pass(4.5, { arrives: false }).state).toBe('broken')
  })

  it('that failed for good is waited for only while a restart may help', () => {
    const line = flowing().say(FAILED)
    expect(line.state).toBe('broken')
    line.watch.cannotRestart()
    expect(line.state).toBe('connection-lost')
    const away = flowing().say(AWAY)
    away.watch.cannotRestart()
    expect(away.state).toBe('broken')
  })

  it('on which nothing arrives any more is broken, whatever its state', () => {
    const line = flowing().pass(4.5, { arrives: false })
    expect(line.state).toBe('flowing')
    expect(line.pass(0.5, { arrives: false }).state).toBe('broken')
    expect(line.pass(5, { arrives: false }).state).toBe('stalled')
  })

  it('of a server that acknowledges often is broken sooner', () => {
    const line = flowing().pass(10).pass(2.5, { arrives: false })
    expect(line.state).toBe('flowing')
    expect(line.pass(0.5, { arrives: false }).state).toBe('broken')
    expect(line.pass(0.5).pass(2.5, { arrives: false }).state).toBe('flowing')
  })

  it('of a server that takes its time is not', () => {
    const line = flowing()
    for (let at = 0; at < 12; at++) line.pass(1.5, { arrives: false }).pass(0.5)
    expect(line.pass(4.5, { arrives: false }).state).toBe('flowing')
    expect(line.pass(0.5, { arrives: false }).state).toBe('broken')
  })

  it('is not judged by what the page has not said', () => {
    const line = flowing().pass(10).pass(0.5, { arrives: false })
    line.nowMs += 10_000
    line.watch.look(line.nowMs)
    expect(line.state).toBe('flowing')
  })

  it('on which nothing is sent is not to blame', () => {
    expect(flowing().pass(60, { sends: false }).state).toBe('flowing')
  })

  it('of a page that reports no more is given up', () => {
    const line = flowing()
    line.nowMs += 14_999
    expect(line.state).toBe('flowing')
    line.nowMs += 1
    expect(line.state).toBe('page-gone')
  })
})
