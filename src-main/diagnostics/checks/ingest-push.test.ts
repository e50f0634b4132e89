import { afterEach, describe, expect, it } from 'vitest'
import { newDestination } from '@shared/domain/destination.ts'
import type { DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { ingestData } from '@shared/domain/ingest-push.ts'
import { Relay } from '../../../e2e/fixtures/relay.ts'
import { systemClock } from '../../base/clock.ts'
import { Scope } from '../../base/scope.ts'
import { Secret } from '../../base/secret.ts'
import type { OutputTarget } from '../../outputs/manager.ts'
import { FakeRtmpServer, type Replies } from '../../outputs/rtmp/fake-rtmp-server.ts'
import { runRtmp } from '../../outputs/rtmp/rtmp-output.ts'
import { ingestPush } from './ingest-push.ts'

const KEY = 's3cret-k3y'
/** A fifth of the usual. */
const TIMES = { settleMs: 400, measureMs: 900, holdMs: 600, togetherMs: 600 }

let scope = new Scope()
afterEach(async () => {
  await scope.close()
  scope = new Scope()
})

const destinationAt = (id: string, port: number, enabled = true): OutputTarget => ({
  destination: newDestination({ id, name: id, kind: 'rtmp', address: `rtmp://127.0.0.1:${port}/live`, enabled }), key: new Secret(KEY), passphrase: new Secret(''),
})

async function serve(replies: Replies = {}): Promise<{ server: FakeRtmpServer; port: number }> {
  const server = scope.own(new FakeRtmpServer({
    publish(peer, usual) {
      peer.acknowledgeEvery = 4096
      usual()
    },
    ...replies,
  }))
  return { server, port: await server.listen() }
}

async function perform(targets: OutputTarget[], options: DiagnosticOptions = {}, signal = new AbortController().signal) {
  const live: { targetKbps?: unknown }[] = []
  const check = ingestPush({
    clock: systemClock, targets: () => targets, times: TIMES, lookUp: async (host) => [{ address: host }], isLive: () => false, encoding: () => ({ ...DEFAULT_ENCODING, videoKbps: 2000 }),
    push: ({ destination: { address, certificateAuthority, verifyCertificate }, key }, run) => runRtmp({ address, key, certificateAuthority, verifyCertificate }, run),
  })
  const finding = await check.perform({ clock: systemClock, signal, options, log: { info() {}, warn() {} }, progress: (_, seen) => void (seen && live.push(seen)) })
  return { finding, live, data: finding.data === undefined ? null : ingestData.parse(finding.data) }
}

describe('pushing to a destination', () => {
  it('finds out what slow lines take, alone and together, and recommends what leaves 30 % free', async () => {
    const { server, port } = await serve()
    const relay = scope.own(await Relay.to(port))
    relay.throttle(3000)
    const { finding, data, live } = await perform([destinationAt('a', relay.port), destinationAt('b', relay.port), destinationAt('off', port, false)])
    for (const one of data!.perDestination) {
      expect(one).toMatchObject({ outcome: 'measured', lineLimited: true, reason: null, testFlag: false })
      // On a busy computer the line is slower than it was told to be, and faster only for as long as it makes up for that.
      expect(one.bestKbps).toBeGreaterThan(2000)
      expect(one.bestKbps).toBeLessThan(3600)
      expect(one.stages.handshakeMs).not.toBe(null)
      expect(one.idleMs).not.toBe(null)
    }
    const { perDestination, recommended, togetherKbps, sharing } = data!
    expect(sharing).toBe(2)
    const bests = perDestination.map(({ bestKbps }) => bestKbps!)
    expect(recommended!.kbps + DEFAULT_ENCODING.audioKbps).toBeLessThanOrEqual((Math.max(togetherKbps ?? 0, ...bests) / 2) * 0.7)
    expect(finding).toMatchObject({ status: 'fail', code: 'narrow', actions: ['apply-preset'], about: recommended!.presetId })
    expect(live[0]).toMatchObject({ destinationId: 'a', targetKbps: 2500 })
    expect(JSON.stringify(finding)).not.toContain(KEY)
    const publishers = server.peers.filter(({ commands }) => commands.includes('publish'))
    expect(publishers.length).toBeGreaterThan(1)
    expect(publishers[0]!.commands).toContain('deleteStream')
    expect(publishers[0]!.media('video').length).toBeGreaterThan(30)
  }, 40_000)

  it('tells that a key is refused, without telling the key', async () => {
    const { port } = await serve({ publish: (peer) => peer.status('error', 'NetStream.Publish.BadName', `no stream ${KEY} here`) })
    const { finding, data } = await perform([destinationAt('d', port)])
    expect(finding).toMatchObject({ status: 'fail', code: 'refused', about: 'd', params: { host: '127.0.0.1' } })
    expect(finding.evidence).toMatch(/^key-rejected: /)
    expect(JSON.stringify(finding)).not.toContain(KEY)
    expect(data!.perDestination[0]).toMatchObject({ outcome: 'failed', reason: 'key-rejected', bestKbps: null })
    expect(data!.recommended).toBe(null)
  })

  it('tells that a server is not there', async () => {
    const { server, port } = await serve()
    await server.close()
    scope = new Scope()
    expect((await perform([destinationAt('d', port)])).finding).toMatchObject({ status: 'fail', code: 'unreachable' })
  })

  it('leaves alone what viewers may see', async () => {
    const open = { ...destinationAt('d', 1), destination: newDestination({ id: 'd', name: 'D', kind: 'rtmp', address: 'rtmp://203.0.113.9/live', enabled: true }) }
    expect((await perform([open])).finding).toMatchObject({ status: 'skipped', code: 'needs-agreement', about: 'd' })
    expect((await perform([])).finding).toMatchObject({ status: 'skipped', code: 'nothing' })
  })

  it('ends soon when it is called off, and leaves no connection', async () => {
    const { server, port } = await serve()
    const calling = new AbortController()
    const performed = perform([destinationAt('d', port)], {}, calling.signal).catch((reason: unknown) => reason)
    const peer = await server.peer(10)
    await peer.until(() => peer.closed || peer.receivedBytes > 0)
    calling.abort(new Error('called off'))
    expect(await performed).toBe(calling.signal.reason)
    while (server.openSockets > 0) await systemClock.sleep(5)
  }, 20_000)
})
