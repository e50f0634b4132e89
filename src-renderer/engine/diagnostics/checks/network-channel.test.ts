import { describe, expect, it } from 'vitest'
import { countsMessage, packetOf, readChannelMessage } from '@shared/diagnostics/channel-messages.ts'
import type { DiagnosticClock, Performing } from '@shared/diagnostics/diagnostic.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { judgeChannel } from '../measure/judge-channel.ts'
import { measureChannel, type PacketChannel } from '../measure/measure-channel.ts'
import type { CountedPackets } from '../measure/packet-count.ts'
import { networkChannel } from './network-channel.ts'

/** Time that passes when somebody sleeps, and what happens in it. */
class SleptClock implements DiagnosticClock {
  #nowMs = 0
  #due: { atMs: number; run: () => void }[] = []
  now = () => this.#nowMs
  monotonicMs = () => this.#nowMs
  after(ms: number, run: () => void): void {
    this.#due.push({ atMs: this.#nowMs + ms, run })
  }
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const endMs = this.#nowMs + ms
    for (;;) {
      const next = this.#due.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (!next) break
      this.#due = this.#due.filter((each) => each !== next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.run()
    }
    this.#nowMs = endMs
    await Promise.resolve()
  }
}

interface Line {
  rttMs?: number
  up?: (number: number) => boolean
  down?: (number: number) => boolean
  /** What the server says instead of what it counted; null = nothing. */
  says?: { received: number; echoed: number } | null
  echoes?: number
  onTheWay?: (packets: number) => void
}

/** A channel to a server at the other end of such a line. */
async function measured({ rttMs = 40, up = () => false, down = () => false, says, echoes = 1, onTheWay = () => {} }: Line) {
  const clock = new SleptClock()
  let take = (_bytes: Uint8Array): void => {}
  let [received, asked, flying] = [0, 0, 0]
  const back = (bytes: Uint8Array) => clock.after(rttMs, () => take(bytes))
  const channel: PacketChannel = {
    bufferedAmount: 0,
    onBytes: (taking) => void (take = taking),
    send(bytes) {
      const message = readChannelMessage(bytes)
      // The first question gets lost, as it may.
      if (message?.kind === 'ask' && ++asked > 1 && (says !== null || received === 0)) back(countsMessage(says ?? { received, echoed: received }))
      if (message?.kind !== 'packet' || up(message.number)) return
      received++
      onTheWay(++flying)
      clock.after(rttMs, () => flying--)
      for (let i = 0; i < echoes; i++) if (!down(message.number)) back(packetOf(message.number))
    },
  }
  const counted = await measureChannel(channel, { clock, signal: new AbortController().signal, progress() {} })
  return { counted, found: judgeChannel(counted), tookMs: clock.now() }
}
const every = (nth: number) => (number: number) => number % nth === 0

describe('measureChannel', () => {
  it('finds nothing on a good line, and takes no longer than sending does', async () => {
    const { found, tookMs } = await measured({})
    expect(found).toMatchObject({ status: 'pass', code: 'good', value: 0, data: { quality: 1, upLostRate: 0, downLostRate: 0, rtt: 40, jitter: 0, sent: 1100, back: 1100, there: 1100 } })
    expect(tookMs).toBeLessThan(4000)
  })

  it('tells losses of one direction from those of the other', async () => {
    expect((await measured({ up: every(50) })).found).toMatchObject({ status: 'warn', code: 'lossy', data: { upLostRate: 0.02, downLostRate: 0 } })
    expect((await measured({ down: every(50) })).found).toMatchObject({ status: 'warn', code: 'lossy', data: { upLostRate: 0, downLostRate: 0.02 } })
    expect((await measured({ up: every(10), down: every(11) })).found).toMatchObject({ status: 'fail', code: 'very-lossy', data: { upLostRate: 0.1 } })
    expect((await measured({ up: every(200) })).found).toMatchObject({ status: 'pass', code: 'good', data: { upLostRate: expect.closeTo(0.005, 3) } })
  })

  it('waits for what comes late, and tells a slow line', async () => {
    expect((await measured({ rttMs: 250 })).found).toMatchObject({ status: 'warn', code: 'slow', value: 0, data: { rtt: 250, quality: 3 } })
    expect((await measured({ rttMs: 600 })).found).toMatchObject({ status: 'fail', code: 'very-slow', value: 0 })
  })

  it('keeps no more on its way than a socket holds', async () => {
    let most = 0
    const { counted } = await measured({ rttMs: 400, onTheWay: (packets) => (most = Math.max(most, packets)) })
    expect(counted).toMatchObject({ sent: 1100, back: 1100 })
    expect(most).toBe(64)
  })

  it('says what is known when the server does not tell its counts', async () => {
    expect((await measured({ says: null, up: every(50) })).found).toMatchObject({ status: 'warn', code: 'lossy', value: 2, data: { upLostRate: null, downLostRate: null, there: null } })
  })

  it.each<[string, Line]>([
    ['more came than was sent', { says: { received: 1101, echoed: 1100 } }],
    ['more went back than came', { says: { received: 1000, echoed: 1100 } }],
    ['less went back than is here', { says: { received: 1100, echoed: 5 } }],
    ['nothing ever comes back', { down: () => true }],
    ['it repeats itself without end', { echoes: 20 }],
  ])('believes no server when %s', async (_name, line) => {
    const { found } = await measured(line)
    expect(found).toMatchObject({ status: 'error', code: 'server-wrong', evidence: expect.stringMatching(/./) })
  })

  it('counts an echo that comes twice once', async () => {
    expect((await measured({ echoes: 2 })).counted).toMatchObject({ back: 1100, wrong: null } satisfies Partial<CountedPackets>)
  })
})

/** A connection as the browser gives it, as far as it is used. */
class FakeConnection {
  iceGatheringState = 'complete'
  iceConnectionState = 'checking'
  localDescription = { sdp: 'offer' }
  closed = false
  constructor(readonly answers: (sdp: string) => void = () => {}) {}
  createDataChannel = () => ({ readyState: 'connecting' })
  setLocalDescription = async () => {}
  setRemoteDescription = async ({ sdp }: { sdp: string }) => this.answers(sdp)
  close = () => void (this.closed = true)
}

async function run(connection: FakeConnection, exchange: () => Promise<{ sdp: string }>, options: Performing['options'] = { testServer: 'http://there' }, signal = new AbortController().signal) {
  const check = networkChannel({ exchangeOffer: exchange, makeConnection: () => connection as unknown as RTCPeerConnection })
  return check.perform({ log: { info() {}, warn() {} }, clock: new SleptClock(), signal, options, progress() {} })
}
const answer = async () => ({ sdp: 'answer' })

describe('network.channel', () => {
  it('is skipped without a test server', async () => {
    expect(await run(new FakeConnection(), answer, {})).toMatchObject({ status: 'skipped', code: 'no-server' })
  })
  it('tells blocked datagrams from a server that opens no channel, and from one that answers garbage', async () => {
    const blocked = new FakeConnection()
    expect(await run(blocked, answer)).toMatchObject({ status: 'warn', code: 'udp-blocked' })
    expect(blocked.closed).toBe(true)
    const silent = new FakeConnection(() => (silent.iceConnectionState = 'connected'))
    expect(await run(silent, answer)).toMatchObject({ status: 'error', code: 'server-wrong' })
    const garbage = new FakeConnection(() => {
      throw new DOMException('Failed to parse SessionDescription', 'OperationError')
    })
    expect(await run(garbage, answer)).toMatchObject({ status: 'error', code: 'server-wrong', evidence: 'Failed to parse SessionDescription' })
  })
  it.each([
    ['token-rejected', 'error', 'server-refused'],
    ['server-busy', 'error', 'server-busy'],
    ['endpoint-not-found', 'error', 'server-wrong'],
    ['address-invalid', 'error', 'server-address'],
    ['connection-refused', 'fail', 'down'],
  ] as const)('%s is %s %s', async (reason, status, code) => {
    expect(await run(new FakeConnection(), () => Promise.reject(new StudioError(reason)))).toMatchObject({ status, code })
  })
  it('ends when it is called off, and closes', async () => {
    const [ending, connection] = [new AbortController(), new FakeConnection()]
    await expect(run(connection, async () => (ending.abort(new StudioError('stopped')), answer()), undefined, ending.signal)).rejects.toMatchObject({ reason: 'stopped' })
    expect(connection.closed).toBe(true)
  })
})
