import type { whip, WhipFigures, WhipPeer } from '@shared/contracts/whip.ts'
import type { ProgramWish } from '@shared/contracts/engine.ts'
import type { Client } from '@shared/contracts/service.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { NO_CROP } from '@shared/domain/scene.ts'
import { SHOW_VERSION, type Show } from '@shared/domain/show.ts'
import { pageClock } from '../clock.ts'
import { createEngine } from '../engine.ts'
import { fragmentOf } from './fragment-of.browser-check.ts'
import { browserPeers, followWhipPeers } from './whip-peers.ts'

/**
 * The engine and its WHIP peers in a page, with main's part played here: the far side is another peer connection of the
 * same page, which receives and decodes. Driven by `e2e/whip-page.spec.ts`; not part of the product's build.
 */
const state = { offers: [] as string[], answers: [] as string[], candidates: [] as string[], connections: [] as string[], failures: [] as string[], figures: null as WhipFigures | null, firstAcknowledgedMs: null as number | null, restarts: 0 }
let showPeers: (peers: WhipPeer[]) => void = () => {}
let showWish: (wish: ProgramWish) => void = () => {}
/** What is received is played here; the newest last. */
const players: HTMLVideoElement[] = []
/** The far sides by peer; the newest is the one that is looked at. */
const fars = new Map<string, RTCPeerConnection>()
let newest = ''
const near: RTCPeerConnection[] = []
let offeredAtMs = 0
let refuseWith: StudioError | null = null
let restartAnswers = true

const link: Pick<Client<typeof whip>, 'offer' | 'candidate' | 'restart' | 'connection' | 'report' | 'failure' | 'watch'> = {
  async offer({ peerId, sdp }) {
    state.offers.push(sdp)
    if (refuseWith) throw refuseWith
    const far = new RTCPeerConnection()
    fars.set(peerId, far)
    newest = peerId
    far.ontrack = ({ track }) => void play(track)
    const answerSdp = await answer(far, sdp)
    state.answers.push(answerSdp)
    return { answerSdp, iceServers: [] }
  },
  async restart({ peerId, sdp }) {
    state.restarts++
    state.offers.push(sdp)
    const far = fars.get(peerId)
    if (!restartAnswers || !far) return { fragment: null }
    return { fragment: fragmentOf(await answer(far, sdp)) }
  },
  async candidate({ candidate }) {
    state.candidates.push(String(candidate))
  },
  async connection({ state: connection, ice, dtls }) {
    state.connections.push(`${connection} ${ice} ${dtls}`)
  },
  async report({ figures }) {
    state.figures = figures
    if (figures.packetsAcknowledged > 0) state.firstAcknowledgedMs ??= performance.now() - offeredAtMs
  },
  async failure({ reason, evidence }) {
    state.failures.push(`${reason}: ${evidence}`)
  },
  watch(_topic, onState) {
    showPeers = onState as (peers: WhipPeer[]) => void
    return () => {}
  },
}

async function answer(far: RTCPeerConnection, sdp: string): Promise<string> {
  await far.setRemoteDescription({ type: 'offer', sdp })
  await far.setLocalDescription(await far.createAnswer())
  await new Promise<void>((resolve) => {
    const check = () => far.iceGatheringState === 'complete' && resolve()
    far.addEventListener('icegatheringstatechange', check)
    check()
  })
  return far.localDescription?.sdp ?? ''
}

/** Chromium decodes only what somebody plays. */
async function play(track: MediaStreamTrack): Promise<void> {
  const element = document.createElement('video')
  element.muted = true
  element.srcObject = new MediaStream([track])
  document.body.append(element)
  if (track.kind === 'video') players.push(element)
  await element.play().catch(() => {})
}

function show(width: number, height: number): Show {
  return {
    version: SHOW_VERSION, id: 'check', name: 'Check', encoding: { ...DEFAULT_ENCODING, width, height },
    sources: [{ id: 'pattern', name: 'Test pattern', kind: 'test-pattern' }, { id: 'red', name: 'Red', kind: 'colour', colour: '#e00000' }],
    scenes: [{ id: 'scene', name: 'Scene', background: '#203040', items: [{ id: 'item', sourceId: 'pattern', x: 0, y: 0, width, height, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fill', crop: NO_CROP }] }],
    currentSceneId: 'scene', strips: {},
  } as Show
}

function makeConnection(configuration: RTCConfiguration): RTCPeerConnection {
  const made = browserPeers.makeConnection(configuration)
  near.push(made)
  return made
}

let composed = 0
const engine = createEngine({
  programPort: () => ({ kind: 'port', port: new MessageChannel().port1 }),
  singlePort: async () => ({ kind: 'port', port: new MessageChannel().port1 }),
  onWish: (handler) => ((showWish = handler), () => {}),
  report: (figures) => {
    composed = figures.framesComposed
  },
  failure: (reason, evidence) => state.failures.push(`${reason}: ${evidence}`),
  onSnapshot: () => () => {},
  snapshot: () => {},
})
engine.setShow(show(640, 360))
followWhipPeers({ link, clock: pageClock, openProgram: (content) => engine.openProgramStream(content), ...browserPeers, makeConnection })

const check = {
  state: () => state,
  composed: () => composed,
  /** Wants the red source by itself, or nothing beside the mix. */
  single(wanted: boolean) {
    const encoding = { ...DEFAULT_ENCODING, width: 640, height: 360 }
    const red = { sourceId: 'red', encoding: { ...encoding, width: 320, height: 240, frameRate: 15 as const, videoKbps: 400 } }
    showWish({ wanted: false, encoding, ...(wanted ? { singles: { main: { ...red, soundIds: [] } } } : {}) })
  },
  /** Red, green and blue in the left half of what the far side shows now, 0 to 255. */
  colour(): number[] {
    const [canvas, player] = [new OffscreenCanvas(1, 1), players.at(-1)]
    const context = canvas.getContext('2d')
    if (!context || !player) return []
    context.drawImage(player, player.videoWidth / 4, player.videoHeight / 2, 1, 1, 0, 0, 1, 1)
    return Array.from(context.getImageData(0, 0, 1, 1).data.subarray(0, 3))
  },
  peers(peers: WhipPeer[]) {
    offeredAtMs = performance.now()
    showPeers(peers)
  },
  refuse(reason: 'offer-rejected') {
    refuseWith = new StudioError(reason)
  },
  refuseRestarts() {
    restartAnswers = false
  },
  /** What the far side received, by kind. */
  async received() {
    const far = fars.get(newest)
    const all: Record<string, unknown>[] = far ? [...(await far.getStats()).values()] : []
    const of = (kind: string) => all.find((each) => each['type'] === 'inbound-rtp' && each['kind'] === kind) ?? null
    const codec = (inbound: Record<string, unknown> | null) => all.find((each) => each['id'] === inbound?.['codecId']) ?? null
    return { video: of('video'), audio: of('audio'), videoCodec: codec(of('video')) }
  },
  /** The raw statistics of our own side. */
  sent: async () => [...((await near.at(-1)?.getStats())?.values() ?? [])],
  /** What the senders were really told, by kind. */
  parameters: () => Object.fromEntries((near.at(-1)?.getSenders() ?? []).map((sender) => [sender.track?.kind, sender.getParameters()])),
  close: () => engine.close(),
}
export type WhipCheck = typeof check
Object.assign(window, { check })
