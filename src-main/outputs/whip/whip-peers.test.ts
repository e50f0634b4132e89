import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import { Topic } from '../../rpc/topic.ts'
import { fakeFigures } from './fake-whip-page.ts'
import { type PeerOwner, type PeerWish, type RatesByContent, WhipPeers } from './whip-peers.ts'
import { whipRatesOf } from './whip-rates.ts'

const WISH = { destinationId: 'd', videoCodec: 'h264', degradation: 'balanced', iceServers: [], relayOnly: false } satisfies PeerWish

function setUp() {
  const rates = new Topic<RatesByContent>({ mix: whipRatesOf({ videoKbps: 2500, audioKbps: 128, frameRate: 30 }, { enabled: true, floorKbps: 500 }) })
  let ids = 0
  const peers = new WhipPeers(rates, () => `peer ${++ids}`)
  const told: string[] = []
  const owner = (name: string): PeerOwner => ({
    offer: (sdp) => Promise.resolve({ answerSdp: `answer to ${sdp}`, iceServers: [] }),
    candidate: ({ candidate }) => told.push(`${name} candidate ${candidate}`),
    restart: (sdp) => Promise.resolve(`fragment for ${sdp}`),
    connection: ({ state }) => told.push(`${name} ${state}`),
    report: ({ framesSent }) => told.push(`${name} ${framesSent} frames`),
    failed: ({ reason, evidence }) => told.push(`${name} ${reason} ${evidence}`),
  })
  return { rates, peers, told, owner }
}

describe('the peers that are wanted', () => {
  it('are listed with their rates, for as long as they are wanted', () => {
    const { peers, owner } = setUp()
    const [one, two] = [peers.want(WISH, owner('one')), peers.want({ ...WISH, videoCodec: 'av1' }, owner('two'))]
    expect(peers.peers.value).toEqual([
      { ...WISH, peerId: 'peer 1', content: 'mix', startKbps: 1500, maxKbps: 2500, audioKbps: 128, floor: { kbps: 500, frameRate: 30 }, restart: 0 },
      { ...WISH, videoCodec: 'av1', peerId: 'peer 2', content: 'mix', startKbps: 1500, maxKbps: 2500, audioKbps: 128, floor: { kbps: 500, frameRate: 30 }, restart: 0 },
    ])
    one.close()
    one.close()
    expect(peers.peers.value.map((peer) => peer.peerId)).toEqual(['peer 2'])
    two.close()
    expect(peers.peers.value).toEqual([])
  })

  it('follow the rate, each change told once', () => {
    const { peers, rates, owner } = setUp()
    peers.want(WISH, owner('one'))
    let told = 0
    peers.peers.watch(() => told++)
    rates.set({ ...rates.value })
    expect(told).toBe(1)
    rates.set({ mix: whipRatesOf({ videoKbps: 400, audioKbps: 64, frameRate: 30 }, { enabled: true, floorKbps: 500 }) })
    expect(told).toBe(2)
    expect(peers.peers.value[0]).toMatchObject({ startKbps: 400, maxKbps: 400, audioKbps: 64, floor: { kbps: 400 } })
    expect(whipRatesOf({ videoKbps: 150, audioKbps: 64, frameRate: 30 }, { enabled: true, floorKbps: 500 }).startKbps).toBe(150)
  })

  it('follow what their destination gets, with its rates, and are held to the mix’s where those are not known', () => {
    const rates = new Topic<RatesByContent>({ mix: whipRatesOf({ videoKbps: 2500, audioKbps: 128, frameRate: 30 }, { enabled: true, floorKbps: 500 }), main: whipRatesOf({ videoKbps: 900, audioKbps: 64, frameRate: 30 }, { enabled: true, floorKbps: 500 }) })
    const contents: Record<string, ProgramContent> = { d: 'main', e: 'aux' }
    const peers = new WhipPeers(rates, () => 'p', (id) => contents[id] ?? 'mix')
    for (const destinationId of ['d', 'e']) peers.want({ ...WISH, destinationId }, setUp().owner(''))
    expect(peers.peers.value).toMatchObject([{ content: 'main', maxKbps: 900, audioKbps: 64 }, { content: 'aux', maxKbps: 2500 }])
    contents['d'] = 'mix'
    peers.refresh()
    expect(peers.peers.value[0]).toMatchObject({ content: 'mix', maxKbps: 2500, audioKbps: 128 })
    const { value } = peers.peers
    peers.refresh()
    expect(peers.peers.value).toBe(value)
    rates.set({ ...rates.value, aux: whipRatesOf({ videoKbps: 400, audioKbps: 32, frameRate: 30 }, { enabled: true, floorKbps: 500 }) })
    expect(peers.peers.value[1]).toMatchObject({ maxKbps: 400, audioKbps: 32 })
  })

  it('are asked for a restart one by one', () => {
    const { peers, owner } = setUp()
    peers.want(WISH, owner('one'))
    peers.want(WISH, owner('two')).restart()
    expect(peers.peers.value.map((peer) => peer.restart)).toEqual([0, 1])
  })

  it('take the page’s calls to who wanted them', async () => {
    const { peers, told, owner } = setUp()
    peers.want(WISH, owner('one'))
    peers.want(WISH, owner('two'))
    const page = peers.handlersOf('a')
    expect(await page.offer({ peerId: 'peer 2', sdp: 'x' })).toEqual({ answerSdp: 'answer to x', iceServers: [] })
    expect(await page.restart({ peerId: 'peer 1', sdp: 'y' })).toEqual({ fragment: 'fragment for y' })
    await page.candidate({ peerId: 'peer 1', candidate: 'c', usernameFragment: 'u', password: 'p' })
    await page.connection({ peerId: 'peer 2', state: 'connected', ice: '', dtls: '' })
    await page.report({ peerId: 'peer 2', figures: fakeFigures({ framesSent: 7 }) })
    await page.failure({ peerId: 'peer 1', reason: 'encoder-unavailable', evidence: 'no AV1' })
    expect(told).toEqual(['one candidate c', 'two connected', 'two 7 frames', 'one encoder-unavailable no AV1'])
  })

  it('belong to the page that began with them, and go with it', async () => {
    const { peers, told, owner } = setUp()
    peers.want(WISH, owner('one'))
    const two = peers.want(WISH, owner('two'))
    const [a, b] = [peers.handlersOf('a'), peers.handlersOf('b')]
    await a.offer({ peerId: 'peer 1', sdp: '' })
    await a.offer({ peerId: 'peer 2', sdp: '' })
    expect(() => b.offer({ peerId: 'peer 1', sdp: '' })).toThrow(new StudioError('not-found', 'no such peer'))
    expect(() => a.offer({ peerId: 'peer 1', sdp: '' })).toThrow(StudioError)
    two.close()
    expect(() => a.candidate({ peerId: 'peer 2', candidate: null, usernameFragment: '', password: '' })).toThrow(StudioError)
    peers.pageGone('b')
    expect(told).toEqual([])
    peers.pageGone('a')
    expect(told).toEqual([expect.stringContaining('one page-gone')])
  })
})
