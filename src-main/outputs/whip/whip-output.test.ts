import { afterEach, describe, expect, it } from 'vitest'
import { newDestination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures } from '@shared/domain/output.ts'
import { systemClock } from '../../base/clock.ts'
import { Secret } from '../../base/secret.ts'
import { FakeFeed, fakePacket } from '../rtmp/fake-feed.ts'
import { Topic } from '../../rpc/topic.ts'
import { fakeLog } from './fake-log.ts'
import { FakeWhipPage } from './fake-whip-page.ts'
import { FakeWhipServer, type Reply } from './fake-whip-server.ts'
import { ANSWER } from './sdp-sample.ts'
import { WHIP_LIMITS, type WhipLimits } from './whip-limits.ts'
import { whipOutput } from './whip-output.ts'
import { type RatesByContent, WhipPeers } from './whip-peers.ts'
import { whipRatesOf } from './whip-rates.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const RESTARTED: Reply = { status: 200, headers: { ETag: '"second"' }, body: 'a=ice-ufrag:r\r\na=ice-pwd:q\r\n' }

interface Wishes {
  script?: Record<string, Reply[]>
  limits?: Partial<WhipLimits>
  /** false = there is no page. */
  page?: boolean
  /** false = its peers never connect. */
  connects?: boolean
  address?: string
}

async function begin({ script = {}, limits = {}, page: hasPage = true, connects = true, address }: Wishes = {}) {
  const server = await new FakeWhipServer(script).listen()
  const peers = new WhipPeers(new Topic<RatesByContent>({ mix: whipRatesOf({ videoKbps: 2500, audioKbps: 128, frameRate: 30 }, { enabled: true, floorKbps: 500 }) }), () => `peer ${closers.length}`)
  const page = hasPage ? new FakeWhipPage(peers, 'page', connects) : null
  const log = fakeLog()
  const run = whipOutput({ peers, log, limits: { ...WHIP_LIMITS, watchMs: 10, partingMs: 300, ...limits } })
  const stop = new AbortController()
  const feed = new FakeFeed()
  const figures: OutputFigures[] = []
  let connected = 0
  const interruptions: StudioError[] = []
  const destination = newDestination({
    id: 'd', name: '', kind: 'whip', enabled: true, address: address ?? `${server.origin}/whip?secret=q-secret`, whip: { videoCodec: 'vp9', degradation: 'maintain-framerate', iceServers: ['turn:t.example', 'stun:s.example'], iceUser: 'me', relayOnly: true },
  })
  const ended = run({ destination, token: new Secret('t-secret'), turnSecret: new Secret('r-secret') }, {
    feed, signal: stop.signal, clock: systemClock, connected: () => connected++, interrupted: (why) => interruptions.push(why), report: (each) => figures.push(each),
  }).catch((reason: unknown) => reason as StudioError)
  const end = (reason = new StudioError('ended')) => stop.abort(reason)
  closers.push(() => end(), () => ended, () => page?.close(), () => server.close())
  const stages = () => figures.map((each) => each.stage).filter((stage, at, all) => stage !== all[at - 1])
  return { feed, server, peers, page: page as FakeWhipPage, log, ended, end, figures, stages, interruptions, connected: () => connected }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await systemClock.sleep(2)
}

describe('the WHIP output', () => {
  it('has the page make a peer as the destination says, and tells how it goes', async () => {
    const { page, ended, end, figures, stages, connected } = await begin()
    await until(() => figures.at(-1)?.stage === 'sending')
    expect(page.wanted).toMatchObject([{ destinationId: 'd', videoCodec: 'vp9', degradation: 'maintain-framerate', startKbps: 1500, maxKbps: 2500, audioKbps: 128, relayOnly: true }])
    expect(page.wanted[0]?.iceServers).toEqual([{ urls: ['stun:s.example'] }, { urls: ['turn:t.example'], username: 'me', credential: 'r-secret' }])
    const reason = new StudioError('stopped')
    end(reason)
    expect(await ended).toBe(reason)
    expect(stages()).toEqual(['waiting', 'opening', 'handshaking', 'sending', 'closed'])
    expect(connected()).toBe(1)
    expect(figures.at(-1)).toMatchObject({
      bitrateKbps: 1000, bytesAcknowledged: null, rttMs: 12,
      line: { lossPercent: 0.5, retransmits: 3, codec: 'H264 42e01f', width: 1280, height: 720, fps: 30, limitedBy: 'none' },
    })
    expect(page.living.size).toBe(0)
  })

  it('reads its feed, which is how it goes from one content to another, and sends nothing of it', async () => {
    const { feed, stages, end, ended, figures } = await begin()
    await until(() => stages().at(-1) === 'sending')
    for (let ms = 0; ms < 200; ms += 20) feed.push({ type: 'packet', packet: fakePacket('video', ms, 50_000) })
    await until(() => feed.queuedBytes === 0)
    feed.close()
    end(new StudioError('stopped'))
    await ended
    expect(figures.at(-1)?.bytesSent).toBeLessThan(50_000)
    expect(feed.waitingReaders).toBe(0)
  })

  it('restarts ICE when the line breaks, and goes on in the same session', async () => {
    const { server, page, end, ended, stages, connected, interruptions } = await begin({ script: { PATCH: [RESTARTED] } })
    await until(() => stages().at(-1) === 'sending')
    page.arrives = false
    page.say('disconnected')
    await until(() => page.restarts.length === 1)
    expect(server.requests('PATCH')[0]?.headers['if-match']).toBe('*')
    page.arrives = true
    page.say('connected')
    await until(() => stages().at(-1) === 'sending')
    end(new StudioError('stopped'))
    await ended
    expect(stages()).toEqual(['waiting', 'opening', 'handshaking', 'sending', 'handshaking', 'sending', 'closed'])
    expect([connected(), server.requests('POST').length, page.wanted.length]).toEqual([2, 1, 1])
    expect(interruptions).toMatchObject([{ reason: 'connection-lost' }])
  })

  it('is interrupted, not running, while what leaves is not acknowledged, though the connection looks well', async () => {
    const { page, stages, connected, interruptions } = await begin({ script: { PATCH: [RESTARTED] }, limits: { silentMs: 50 } })
    await until(() => stages().at(-1) === 'sending')
    page.arrives = false
    await until(() => interruptions.length === 1)
    expect(interruptions[0]).toMatchObject({ reason: 'stalled' })
    expect(interruptions[0]?.brokenForMs).toBeGreaterThanOrEqual(50)
    expect(connected()).toBe(1)
    page.arrives = true
    await until(() => connected() === 2)
  })

  it('fails when the restart does not bring it back in time, and frees its place at the server', async () => {
    const { server, page, ended, stages } = await begin({ script: { PATCH: [RESTARTED] }, limits: { restoreMs: 100 } })
    await until(() => stages().at(-1) === 'sending')
    page.arrives = false
    page.say('disconnected')
    expect(await ended).toMatchObject({ reason: 'connection-lost' })
    expect(page.restarts).toHaveLength(1)
    expect(server.requests('DELETE')).toHaveLength(1)
  })

  it('fails at once when the line has failed for good and the server does not restart', async () => {
    const { page, ended, stages } = await begin({ script: { PATCH: [{ status: 405 }] }, limits: { restoreMs: 3_600_000 } })
    await until(() => stages().at(-1) === 'sending')
    page.arrives = false
    page.say('failed')
    expect(await ended).toMatchObject({ reason: 'connection-lost' })
    expect(page.restarts).toEqual([null])
  })

  it.each([
    [{ ice: 'checking', dtls: 'new' }, 'ice-failed'],
    [{ ice: 'connected', dtls: 'connecting' }, 'dtls-failed'],
  ])('fails when there is no connection in time: %j', async (states, reason) => {
    const { page, ended, stages, connected, server } = await begin({ connects: false, limits: { connectMs: 100 } })
    await until(() => stages().at(-1) === 'handshaking')
    page.say('connecting', states)
    expect(await ended).toMatchObject({ reason })
    expect(connected()).toBe(0)
    expect(server.requests('DELETE')).toHaveLength(1)
  })

  it('goes with the page, and frees its place at the server', async () => {
    const { peers, server, ended, stages } = await begin()
    await until(() => stages().at(-1) === 'sending')
    peers.pageGone('page')
    expect(await ended).toMatchObject({ reason: 'page-gone' })
    expect(peers.peers.value).toEqual([])
    expect(server.requests('DELETE')).toHaveLength(1)
  })

  it('waits for a page, but not for ever', async () => {
    const { server, ended } = await begin({ page: false, limits: { offerMs: 100 } })
    expect(await ended).toMatchObject({ reason: 'page-gone' })
    expect(server.asked).toEqual([])
  })

  it('fails with what the page says that it cannot do', async () => {
    const { page, ended, stages } = await begin({ connects: false })
    await until(() => stages().at(-1) === 'handshaking')
    void page.calls.failure({ peerId: page.wanted[0]?.peerId ?? '', reason: 'encoder-unavailable', evidence: 'no VP9' })
    expect(await ended).toMatchObject({ reason: 'encoder-unavailable', evidence: 'no VP9' })
  })

  it('fails with the server’s refusal, which the page hears too, and with the time that the server named', async () => {
    const { page, ended } = await begin({ script: { POST: [{ status: 503, headers: { 'Retry-After': '9' }, body: 'full of t-secret and q-secret' }] } })
    const failure = await ended
    expect(failure).toMatchObject({ reason: 'server-busy', retryAfterMs: 9000, evidence: 'HTTP 503: full of *** and ***' })
    await until(() => page.refusals.length === 1)
    expect(page.refusals[0]).toMatchObject({ reason: 'server-busy' })
  })

  it('never says that it runs when the server takes only a part', async () => {
    const { ended, server, connected } = await begin({ script: { POST: [{ status: 201, headers: { Location: '/s' }, body: ANSWER.replace('m=video 9', 'm=video 0') }] } })
    expect(await ended).toMatchObject({ reason: 'offer-rejected' })
    expect(connected()).toBe(0)
    expect(server.requests('DELETE')).toHaveLength(1)
  })

  it('asks the page for a restart when the server’s session is another one', async () => {
    const { page, stages, server } = await begin({ script: { PATCH: [{ status: 412 }, RESTARTED] } })
    await until(() => stages().at(-1) === 'sending')
    page.calls.candidate({ peerId: page.wanted[0]?.peerId ?? '', candidate: 'candidate:1', usernameFragment: 'EsAw', password: '' })
    await until(() => page.restarts.length === 1)
    expect(server.requests('PATCH').map((each) => each.headers['if-match'])).toEqual(['"first"', '*'])
  })

  it('told to stop while the server is asked, it ends the session that comes of it', async () => {
    const { server, ended, end, page } = await begin()
    const release = server.hold()
    await until(() => server.asked.length === 1)
    end(new StudioError('stopped'))
    release()
    expect(await ended).toMatchObject({ reason: 'stopped' })
    expect(server.requests('DELETE')).toHaveLength(1)
    await until(() => page.refusals.length === 1)
  })

  it('warns of plain http to another computer, and takes it', async () => {
    const { log, ended } = await begin({ address: 'http://name.invalid/whip' })
    expect(await ended).toMatchObject({ reason: 'name-not-resolved' })
    expect(log.lines).toEqual([expect.stringContaining('plain http')])
    expect((await begin({ address: 'whip://localhost/' }).then((each) => each.ended)).reason).toBe('address-scheme-unknown')
  })

  it('says no secret in what it logs and reports', async () => {
    const { log, figures, page, ended, stages } = await begin({ script: { PATCH: [{ status: 500, body: 't-secret' }] }, limits: { restoreMs: 50 } })
    await until(() => stages().at(-1) === 'sending')
    page.arrives = false
    page.say('disconnected')
    const failure = await ended
    expect(log.lines.length).toBeGreaterThan(1)
    expect(JSON.stringify([log.lines, figures, failure, failure.message])).not.toMatch(/[tqr]-secret/)
  })
})
