import { newDestination } from '@shared/domain/destination.ts'
import type { BroadcastFigures } from '@shared/contracts/broadcast.ts'
import type { DestinationView } from '@shared/domain/destination.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { Reason } from '@shared/domain/errors.ts'
import type { OutputState, OutputStatus } from '@shared/domain/output.ts'
import type { Show } from '@shared/domain/show.ts'
import type { SourceCondition, SourceStatus } from '@shared/domain/source.ts'
import { newItem, newSource } from '../show-editing/new-sources.ts'
import { emptyShow, sourceOfEachKind } from '../show-editing/sample-show.ts'
import type { Scenario } from './scenario.types.ts'
import { RECORDING_SCENARIOS } from './recording-scenarios.ts'
import { RECORDINGS_SCENARIOS } from './recordings-scenario.ts'
import type { FakeBridge } from './fake-bridge.ts'
import { CONGESTION_SCENARIO } from './congestion-scenario.ts'
import { DIAGNOSTICS_SCENARIOS } from './diagnostics-scenario.ts'
import { LAYOUTS_SCENARIOS } from './layouts-scenario.ts'
import { MIXER_SCENARIO } from './mixer-scenario.ts'
import { NOTICES_SCENARIO } from './notices-scenario.ts'
import { PREFLIGHT_SCENARIO } from './preflight-scenario.ts'
import { SAFETY_SCENARIOS } from './safety-scenario.ts'
import { SCENES_SCENARIOS } from './scenes-scenario.ts'
import { SECOND_SCENARIOS } from './second-scenario.ts'
import { SOURCES_SCENARIOS } from './sources-scenario.ts'
import { SINGLES_SCENARIO } from './singles-scenario.ts'

const LONG = 'A very long name that somebody pasted from a calendar entry: Quarterly all-hands, Building 7, second floor — 第二季度全员大会（现场与线上同步）'
const REHEARSAL: DestinationView = { ...newDestination({ id: 'rehearsal', name: 'Rehearsal', kind: 'rehearsal', address: '', enabled: true }), hasKey: false, hasPassphrase: false }

const rtmp = (id: string, name: string, part: Partial<DestinationView> = {}): DestinationView => ({
  ...newDestination({ id, name, kind: 'rtmp', address: `rtmps://${id}.example.com/live`, enabled: true }), hasKey: true, hasPassphrase: false, ...part,
})

function composed(name = 'Physics, Tuesday'): Show {
  const show = sourceOfEachKind('sample')
  show.name = name
  for (const item of show.scenes[0]?.items ?? []) {
    if (item.id === 'item-screen') Object.assign(item, { x: 40, y: 40, width: 800, height: 450 })
    if (item.id === 'item-camera') Object.assign(item, { x: 900, y: 380, width: 340, height: 191, rotationDeg: 0 })
    if (item.id === 'item-image') Object.assign(item, { x: 920, y: 60, width: 300, height: 220, rotationDeg: 12 })
    if (item.id === 'item-colour') Object.assign(item, { x: 0, y: 560, width: 1280, height: 160, visible: false })
    if (item.id === 'item-text') Object.assign(item, { locked: true })
  }
  const names: Record<string, string> = { 'test-pattern': 'Test pattern', camera: 'Integrated Webcam', screen: 'Slides', image: 'School logo', colour: 'Lower third', text: 'Title', microphone: 'USB Podcast Microphone' }
  show.sources = show.sources.map((each) => ({ ...each, name: names[each.kind] ?? each.name }))
  return show
}

function crowded(): Show {
  const show = emptyShow('crowded', LONG)
  for (let index = 0; index < 30; index++) {
    const kind = (['camera', 'screen', 'image', 'text', 'microphone'] as const)[index % 5] ?? 'text'
    const source = newSource({ kind, name: index % 3 === 0 ? `${index + 1} ${LONG}` : `${kind} ${index + 1}` }, `s${index}`)
    const item = newItem(source, show.encoding, `i${index}`)
    show.sources.push(source)
    if (item) show.scenes[0]?.items.push({ ...item, x: (index % 6) * 200, y: Math.floor(index / 6) * 130, width: 190, height: 120 })
  }
  return show
}

function sources(show: Show, conditions: Partial<Record<string, SourceCondition>> = {}): SourceStatus[] {
  return show.sources.map((each) => ({
    sourceId: each.id, condition: conditions[each.id] ?? 'active', width: 1280, height: 720, frameRate: each.kind === 'camera' ? 29.8 : null,
    hasAudio: each.kind === 'microphone', label: each.name, evidence: conditions[each.id] ? 'NotReadableError: Could not start video source' : '',
  }))
}

interface Fate {
  state: OutputState
  reason?: Reason
  evidence?: string
  nextInMs?: number
  /** The server asked for this wait. */
  held?: boolean
  final?: boolean
  gaps?: number
}

function output(destinationId: string, fate: Fate, nowMs: number): OutputStatus {
  const failure = fate.reason ? { reason: fate.reason, evidence: fate.evidence ?? 'NetStream.Publish.BadName', atMs: nowMs - 4000, ...(fate.held ? { notBeforeMs: nowMs + (fate.nextInMs ?? 0) } : {}) } : null
  const gaps = Array.from({ length: fate.gaps ?? 0 }, (_, index) => ({ reason: 'connection-lost' as const, atMs: nowMs - 600_000 + index * 90_000, downMs: 5200 + index * 900, recoverMs: 340 }))
  return {
    destinationId, state: fate.state, changedAtMs: nowMs - 4000, attempt: 3, nextAttemptAtMs: fate.nextInMs === undefined ? null : nowMs + fate.nextInMs, failure,
    final: fate.final ?? false, connects: 2, firstMediaMs: 840, gaps,
  }
}

function figures(ids: readonly string[], atMs: number, dropped = 0): BroadcastFigures {
  const wave = Math.sin(atMs / 9000) * 180
  const each = {
    stage: 'sending' as const, bitrateKbps: 2480 + wave, bytesSent: 48_000_000, bytesAcknowledged: 47_800_000, queueMs: 24 + Math.abs(wave) / 4, framesSent: 5400, framesDropped: dropped,
    rttMs: 31, totalBytesSent: 148_000_000, totalFramesSent: 16_200, totalFramesDropped: dropped,
  }
  return {
    atMs, cpuPercent: { total: 57.4, byProcess: { renderer: 41, main: 16.4 } }, rssMiB: 412,
    program: {
      framesComposed: 16_300, framesEncoded: 16_200, framesDropped: 0, fps: 29.97, videoKbps: 2490, audioKbps: 128, driftPpm: 3, compositor: '2d', videoEncoder: 'avc1.42401f software',
      audioEncoder: 'aac wasm', encoderReason: 'hardware: not supported', encodeMs: 8, composeMs: 5,
    },
    outputs: Object.fromEntries(ids.map((id) => [id, each])),
  }
}

/** Ten minutes of a show in which the line to the second destination became slow two minutes ago, and shows before it. */
function measure(bridge: FakeBridge, ids: readonly string[], nowMs: number): void {
  bridge.samples = Array.from({ length: 600 }, (_, index) => {
    const slow = index > 480
    const wave = Math.sin(index / 40)
    return {
      atMs: nowMs - (599 - index) * 1000, live: true,
      program: {
        capturedFps: 30 - (index % 7 === 0 ? 1 : 0), composedFps: 30, encodedFps: 30, targetFps: 30, framesDropped: 0, videoKbps: Math.round(2450 + wave * 150), targetKbps: 2500, audioKbps: 128,
        composeMs: 9 + wave, encodeMs: 13 + wave * 2, keyFrameAgeMs: (index * 1000) % 2000, cpuPercent: 42 + wave * 5, heldBack: null,
      },
      outputs: Object.fromEntries(
        ids.map((id, at) => [id, {
          content: 'mix' as const, state: 'running' as const, reason: null, sentFps: at === 1 && slow ? 17 : 30, sentKbps: at === 1 && slow ? 1450 : Math.round(2570 + wave * 150), queueMs: at === 1 && slow ? 820 + wave * 200 : 18,
          acknowledgedKbps: null, framesDropped: at === 1 && slow && index % 3 === 0 ? 12 : 0, rttMs: at === 1 && slow ? 140 : 24, lossPercent: null, retransmits: null,
        }]),
      ),
    }
  })
  const sample = bridge.samples.at(-1)
  const second = ids[1]
  if (sample) bridge.measured.set({ sample, bottlenecks: second ? [{ stage: 'line', destinationId: second, seen: 1450, wanted: 2570, unit: 'kbps', severity: 'bad' }] : [] })
  bridge.past.set([0, 1, 2].map((back) => ({
    id: `past-${back}`, name: back === 1 ? LONG : 'Physics, Tuesday', startedAtMs: nowMs - back * 86_400_000 - 3_723_000, endedAtMs: back === 0 ? null : nowMs - back * 86_400_000, framesComposed: 111_000, framesDropped: 0,
    destinations: ids.map((id, at) => ({
      destinationId: id, name: at === 1 ? 'Main channel' : id, kind: 'rtmp', connects: 1 + at, bytesSent: 1_150_000_000, framesSent: 110_900, framesDropped: at * 1420,
      gaps: at === 1 ? [{ reason: 'connection-lost' as const, atMs: nowMs - 900_000, downMs: 4210, recoverMs: 340 }] : [],
    })),
  })))
}

function onAir(fates: Readonly<Record<string, Fate>>, dropped = 0): NonNullable<Scenario['arrange']> {
  return (bridge, engine, nowMs) => {
    const outputs = Object.entries(fates).map(([id, fate]) => output(id, fate, nowMs))
    bridge.status.set({ live: true, liveSinceMs: nowMs - 3_723_000, ending: false, encoding: DEFAULT_ENCODING, programFailure: null, outputs })
    measure(bridge, Object.keys(fates), nowMs)
    for (let back = 240; back >= 0; back--) bridge.figures.set(figures(Object.keys(fates), nowMs - back * 500, dropped))
    engine.figures.set(bridge.figures.state.program)
  }
}

const TROUBLE: Readonly<Record<string, Fate>> = {
  rehearsal: { state: 'running', gaps: 2, reason: 'connection-lost', evidence: 'ECONNRESET' },
  main: { state: 'recovering', reason: 'connection-lost', evidence: 'read ECONNRESET', nextInMs: 1400, gaps: 1 },
  key: { state: 'failed', reason: 'key-rejected', final: true },
  name: { state: 'failed', reason: 'name-not-resolved', nextInMs: 14_000, evidence: 'getaddrinfo ENOTFOUND' },
  wait: { state: 'connecting', reason: 'server-busy', evidence: 'HTTP 503: full', nextInMs: 138_000, held: true },
}
const TROUBLED: DestinationView[] = [
  REHEARSAL, rtmp('main', 'Main channel'), rtmp('key', 'School channel'), rtmp('name', LONG), rtmp('wait', 'Backup', { verifyCertificate: false }),
  rtmp('off', 'Second language', { enabled: false }), rtmp('seven', 'Overflow room'), rtmp('eight', '', { address: 'rtmp://10.0.0.8:1936/app/instance' }),
]

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'first-run': { options: { firstRun: true } },
  empty: { options: { destinations: [] } },
  ready: { options: { show: composed(), destinations: [REHEARSAL, rtmp('main', 'Main channel')] }, arrange: (_bridge, engine) => engine.sources.set(sources(composed())) },
  live: {
    options: { show: composed(), destinations: [REHEARSAL, rtmp('main', 'Main channel')] },
    arrange: (bridge, engine, nowMs) => {
      engine.sources.set(sources(composed()))
      onAir({ rehearsal: { state: 'running' }, main: { state: 'running', gaps: 1 } })(bridge, engine, nowMs)
    },
  },
  trouble: {
    options: {
      show: composed(LONG), destinations: TROUBLED,
      notices: [
        { id: 'n1', level: 'warning', reason: 'settings-broken', evidence: 'settings.json was moved to settings.broken-2026-11-20.json', atMs: 0 },
        { id: 'n2', level: 'error', reason: 'disk-full', evidence: 'ENOSPC', atMs: 0 },
      ],
    },
    arrange: (bridge, engine, nowMs) => {
      engine.sources.set(sources(composed(), { 'source-camera': 'busy', 'source-screen': 'ended', 'source-microphone': 'denied', 'source-image': 'starting' }))
      onAir(TROUBLE, 420)(bridge, engine, nowMs)
    },
  },
  crowded: {
    options: { show: crowded(), destinations: TROUBLED },
    arrange: (bridge, engine, nowMs) => {
      engine.sources.set(sources(crowded()))
      onAir(TROUBLE)(bridge, engine, nowMs)
    },
  },
  mixer: MIXER_SCENARIO,
  notices: NOTICES_SCENARIO,
  singles: SINGLES_SCENARIO,
  preflight: PREFLIGHT_SCENARIO,
  congestion: CONGESTION_SCENARIO,
  ...RECORDING_SCENARIOS,
  ...RECORDINGS_SCENARIOS,
  ...LAYOUTS_SCENARIOS,
  ...SOURCES_SCENARIOS,
  ...SECOND_SCENARIOS,
  ...SCENES_SCENARIOS,
  ...SAFETY_SCENARIOS,
  ...DIAGNOSTICS_SCENARIOS,
  portrait: { options: { show: { ...composed('Portrait'), encoding: { ...DEFAULT_ENCODING, width: 720, height: 1280 } } } },
}
