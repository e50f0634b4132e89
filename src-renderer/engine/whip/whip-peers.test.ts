import { describe, expect, it } from 'vitest'
import type { WhipPeer as Wish } from '@shared/contracts/whip.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { FakeEngineClock } from '../fake-clock.ts'
import { RECORDED_ANSWER, RECORDED_OFFER } from './recorded-sdp-sample.ts'
import type { WhipLink } from './whip-link.ts'
import { followWhipPeers } from './whip-peers.ts'

/** As much of a peer connection as a peer touches; gathering is complete at once. */
class FakeConnection extends EventTarget {
  readonly log: string[] = []
  connectionState = 'new'
  iceConnectionState = 'new'
  iceGatheringState = 'complete'
  signalingState = 'stable'
  stats: { id: string; type: string; timestamp: number; [name: string]: unknown }[] = []
  localDescription: { sdp: string } | null = null
  readonly #senders: FakeSender[] = []
  addTransceiver(track: { kind: string }): { sender: FakeSender; setCodecPreferences(): void } {
    const sender = new FakeSender(track.kind, this.log)
    this.#senders.push(sender)
    return { sender, setCodecPreferences: () => {} }
  }
  getSenders(): FakeSender[] {
    return this.#senders
  }
  async createOffer({ iceRestart = false }: { iceRestart?: boolean } = {}): Promise<{ type: string; sdp: string }> {
    return { type: iceRestart ? 'restarting offer' : 'offer', sdp: RECORDED_OFFER }
  }
  async setLocalDescription({ type, sdp = '' }: { type: string; sdp?: string }): Promise<void> {
    this.log.push(`local ${type}`)
    if (type !== 'rollback') this.localDescription = { sdp }
  }
  async setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
    this.log.push(`remote ${type} ${/a=ice-ufrag:(\S+)/.exec(sdp)?.[1] === 'newu' ? 'restarted' : ''}${/x-google-min-bitrate=\d+/.exec(sdp)?.[0] ?? ''}`.trim())
  }
  constructor(readonly given: RTCConfiguration) {
    super()
  }
  getConfiguration(): RTCConfiguration {
    return this.given
  }
  setConfiguration({ iceServers }: { iceServers: { urls: string[] }[] }): void {
    this.log.push(`servers ${iceServers.flatMap(({ urls }) => urls).join(' ')}`)
  }
  async getStats(): Promise<Map<string, unknown>> {
    return new Map(this.stats.map((each) => [each.id, each]))
  }
  close(): void {
    this.log.push('close')
  }
}

class FakeSender {
  readonly transport = null
  constructor(private readonly kind: string, private readonly log: string[]) {}
  getParameters(): { encodings: { maxBitrate?: number; maxFramerate?: number }[]; degradationPreference?: string } {
    return { encodings: [{}] }
  }
  async replaceTrack({ content }: { content: string }): Promise<void> {
    this.log.push(`${this.kind} of ${content}`)
  }
  async setParameters({ encodings, degradationPreference }: ReturnType<FakeSender['getParameters']>): Promise<void> {
    const fps = encodings[0]?.maxFramerate
    this.log.push([this.kind, encodings[0]?.maxBitrate, degradationPreference, fps && `${fps} fps`].filter(Boolean).join(' '))
  }
}

const wish = (peerId: string, changes: Partial<Wish> = {}): Wish => ({
  peerId, destinationId: 'd', content: 'mix', videoCodec: 'h264', degradation: 'balanced', startKbps: 1000, maxKbps: 2000, audioKbps: 128, floor: { kbps: 500, frameRate: 30 }, restart: 0, iceServers: [], relayOnly: false, ...changes,
})

interface Answers {
  offer?: () => Promise<{ answerSdp: string; iceServers: { urls: string[] }[] }>
  fragment?: string | null
  codecs?: { mimeType: string; sdpFmtpLine: string }[]
  gathering?: 'gathering' | 'complete'
  /** Until there is a picture of it. */
  flows?: (content: string) => Promise<void>
}

function setUp({ flows = async () => {}, gathering = 'complete', offer = async () => ({ answerSdp: RECORDED_ANSWER, iceServers: [] }), fragment = null, codecs }: Answers = {}) {
  const [said, connections, clock]: [string[], FakeConnection[], FakeEngineClock] = [[], [], new FakeEngineClock()]
  let [show, programs]: [(peers: Wish[]) => void, number] = [() => {}, 0]
  const link: WhipLink = {
    offer: ({ peerId }) => (said.push(`offer ${peerId}`), offer()),
    restart: async ({ peerId }) => (said.push(`restart ${peerId}`), { fragment }),
    candidate: async ({ candidate }) => void said.push(`candidate ${candidate}`),
    connection: async () => {},
    report: async () => {},
    failure: async ({ reason }) => void said.push(`failure ${reason}`),
    watch: (_topic, onState) => ((show = onState as typeof show), () => void said.push('unwatch')),
  }
  const stop = followWhipPeers({
    link, clock,
    openProgram(content) {
      programs++
      const tracks = [{ kind: 'audio', content }, { kind: 'video', content }]
      return { stream: { getTracks: () => tracks } as unknown as MediaStream, flows: () => flows(content), close: () => void programs-- }
    },
    makeConnection(configuration) {
      const made = new FakeConnection(configuration)
      made.iceGatheringState = gathering
      connections.push(made)
      return made as unknown as RTCPeerConnection
    },
    capabilities: (kind) => (kind === 'audio' ? [{ mimeType: 'audio/opus' }] : (codecs ?? [{ mimeType: 'video/H264', sdpFmtpLine: 'packetization-mode=1;profile-level-id=42e01f' }])) as RTCRtpCodec[],
  })
  const follow = async (...peers: Wish[]): Promise<void> => {
    show(peers)
    await clock.advance(0)
    await clock.advance(0)
  }
  return { said, connections, clock, stop, follow, programs: () => programs }
}

describe('followWhipPeers', () => {
  it('makes a peer, offers, and applies the answer; closes it when it is no longer wanted', async () => {
    const { said, connections, follow, programs } = setUp()
    await follow(wish('a'))
    expect(connections[0]?.log).toEqual(['video 2000000 balanced', 'audio 128000', 'local offer', 'remote answer'])
    await follow(wish('a'))
    expect(said).toEqual(['offer a'])
    await follow()
    expect(connections[0]?.log.at(-1)).toBe('close')
    expect(programs()).toBe(0)
  })

  it('changes rates on the living peer without another offer', async () => {
    const { said, connections, follow } = setUp()
    await follow(wish('a'))
    await follow(wish('a', { maxKbps: 700, audioKbps: 64 }))
    expect(connections).toHaveLength(1)
    expect(connections[0]?.log.slice(-2)).toEqual(['video 700000 balanced', 'audio 64000'])
    expect(said).toEqual(['offer a'])
  })

  it('codes fewer pictures while the line leaves less for them than the floor', async () => {
    const { connections, clock, follow } = setUp()
    await follow(wish('a'))
    const connection = connections[0] as FakeConnection
    connection.connectionState = 'connected'
    let timestamp = 1000
    const leaves = async (targetBitrate: number) => {
      timestamp += 500
      connection.stats = [
        { id: 'out', type: 'outbound-rtp', kind: 'video', timestamp, bytesSent: timestamp, packetsSent: timestamp, targetBitrate },
        { id: 'in', type: 'remote-inbound-rtp', timestamp, localId: 'out', packetsLost: 0 },
      ]
      await clock.advance(500)
    }
    const rates = () => connection.log.filter((each) => each.startsWith('video 2')).slice(1)
    for (const target of [1_500_000, 400_000, 400_000, 400_000]) await leaves(target)
    expect(rates()).toEqual(['video 2000000 balanced 15 fps'])
    for (const target of [520_000, 520_000, 900_000, 900_000]) await leaves(target)
    expect(rates()).toEqual(['video 2000000 balanced 15 fps', 'video 2000000 balanced'])
  })

  it('goes no lower than the rate that is to stay as it is, from when that is said, without asking the server', async () => {
    const { said, connections, follow } = setUp()
    await follow(wish('a'))
    await follow(wish('a', { floor: null, startKbps: 2000 }))
    expect(connections[0]?.log.slice(-2)).toEqual(['local offer', 'remote answer x-google-min-bitrate=2000'])
    await follow(wish('a', { floor: null, startKbps: 2000, degradation: 'maintain-resolution' }))
    expect(connections[0]?.log.at(-1)).toBe('audio 128000')
    await follow(wish('a'))
    expect(connections[0]?.log.slice(-2)).toEqual(['local offer', 'remote answer'])
    expect(said).toEqual(['offer a'])
  })

  it('goes over to another stream in place, once that has a picture, and then closes the one before', async () => {
    let arrives = (): void => {}
    const { said, connections, follow, programs } = setUp({ flows: () => new Promise((resolve) => (arrives = resolve)) })
    await follow(wish('a'))
    const before = connections[0]?.log.length ?? 0
    const now = () => connections[0]?.log.slice(before)
    await follow(wish('a', { content: 'main', maxKbps: 900 }))
    expect([now(), programs()]).toEqual([[], 2])
    arrives()
    await follow(wish('a', { content: 'main', maxKbps: 900 }))
    expect(now()).toEqual(['audio of main', 'video of main', 'video 900000 balanced', 'audio 128000'])
    expect([said, programs()]).toEqual([['offer a'], 1])
  })

  it('stays with what it sends when the user goes back before the other stream has a picture', async () => {
    let arrives = (): void => {}
    const { connections, follow, programs } = setUp({ flows: (content) => (content === 'mix' ? Promise.resolve() : new Promise((resolve) => (arrives = resolve))) })
    await follow(wish('a'))
    await follow(wish('a', { content: 'main' }))
    await follow(wish('a', { content: 'mix' }))
    arrives()
    await follow(wish('a'))
    expect(connections[0]?.log.filter((each) => each.endsWith('of main'))).toEqual([])
    expect(programs()).toBe(1)
    await follow()
    expect(programs()).toBe(0)
  })

  it('restarts when told to, replacing what the server said of itself', async () => {
    const { said, connections, follow } = setUp({ fragment: 'a=ice-ufrag:newu\r\na=ice-pwd:new\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n' })
    await follow(wish('a'))
    await follow(wish('a', { restart: 1 }))
    await follow(wish('a', { restart: 1 }))
    expect(said).toEqual(['offer a', 'restart a'])
    expect(connections[0]?.log.slice(-2)).toEqual(['local restarting offer', 'remote answer restarted'])
  })

  it('takes its restart back when the server does not restart', async () => {
    const { connections, follow, programs } = setUp({ fragment: null })
    await follow(wish('a'))
    await follow(wish('a', { restart: 1 }))
    expect(connections[0]?.log.at(-1)).toBe('local rollback')
    expect(programs()).toBe(1)
  })

  it('uses ICE servers of the answer by a restart, only if it does not connect without', async () => {
    const { said, connections, clock, follow } = setUp({ offer: async () => ({ answerSdp: RECORDED_ANSWER, iceServers: [{ urls: ['turn:t.example.com'] }] }) })
    await follow(wish('a'), wish('b'))
    expect(connections[0]?.log).toContain('servers turn:t.example.com')
    if (connections[0]) connections[0].iceConnectionState = 'connected'
    await clock.advance(2500)
    expect(said).toEqual(['offer a', 'offer b', 'restart b'])
  })

  it('has the user’s own servers from the beginning, and those of the answer beside them', async () => {
    const { connections, follow } = setUp({ offer: async () => ({ answerSdp: RECORDED_ANSWER, iceServers: [{ urls: ['turn:t.example.com'] }] }) })
    await follow(wish('a', { iceServers: [{ urls: ['turn:own.example.com'], username: 'me', credential: 'hush' }], relayOnly: true }))
    expect(connections[0]?.given).toMatchObject({ iceTransportPolicy: 'relay', iceServers: [{ urls: ['turn:own.example.com'], username: 'me', credential: 'hush' }] })
    expect(connections[0]?.log).toContain('servers turn:own.example.com turn:t.example.com')
  })

  it('that may only relay uses the servers of the answer at once when it has none of its own', async () => {
    const { said, clock, follow } = setUp({ offer: async () => ({ answerSdp: RECORDED_ANSWER, iceServers: [{ urls: ['turn:t.example.com'] }] }) })
    await follow(wish('a', { relayOnly: true }))
    await clock.advance(1)
    expect(said).toEqual(['offer a', 'restart a'])
  })

  it.each([[[{ urls: ['turn:own.example.com'] }], 2000], [[], 200]])('an offer that may only relay waits for a relay, where there is one: %j', async (iceServers, forMs) => {
    const { said, connections, clock, follow } = setUp({ gathering: 'gathering' })
    await follow(wish('a', { iceServers, relayOnly: true }))
    await clock.advance(forMs - 1)
    expect(said).toEqual([])
    await clock.advance(1)
    expect(said).toEqual(['offer a'])
    expect(connections).toHaveLength(1)
  })

  it('closes quietly when the server refused, since main knows, and stays closed', async () => {
    const { said, connections, follow, programs } = setUp({ offer: async () => Promise.reject(new StudioError('token-rejected')) })
    await follow(wish('a'))
    await follow(wish('a'))
    expect(connections.map(({ log }) => log.at(-1))).toEqual(['close'])
    expect(said).toEqual(['offer a'])
    expect(programs()).toBe(0)
  })

  it('says that an answer without a picture is a refusal', async () => {
    const { said, follow, programs } = setUp({ offer: async () => ({ answerSdp: RECORDED_ANSWER.replace(/m=video \d+/, 'm=video 0'), iceServers: [] }) })
    await follow(wish('a'))
    expect(said.at(-1)).toBe('failure offer-rejected')
    expect(programs()).toBe(0)
  })

  it('says that this browser lacks the codec', async () => {
    const { said, follow, programs } = setUp({ codecs: [] })
    await follow(wish('a'))
    expect(said).toEqual(['failure encoder-unavailable'])
    expect(programs()).toBe(0)
  })

  it('closes everything when it is stopped', async () => {
    const { connections, clock, stop, follow, programs } = setUp()
    await follow(wish('a'), wish('b'))
    stop()
    expect(connections.map(({ log }) => log.at(-1))).toEqual(['close', 'close'])
    expect(programs()).toBe(0)
    expect(clock.timers).toBe(0)
  })
})
