import { CHECK_GROUPS, type CheckDescription, type CheckGroup, type CheckState, type Finding } from '@shared/domain/diagnostics.ts'
import type { LinePoint } from '@shared/domain/network-line.ts'
import type { WatchEvent } from '@shared/domain/watchdogs.ts'
import { CHECKS_EN } from '@shared/texts/checks/checks.en.ts'
import { newDestination } from '@shared/domain/destination.ts'
import { sourceOfEachKind } from '../show-editing/sample-show.ts'
import type { Scenario } from './scenario.types.ts'

const LONG = '第二实验室的超长名称高清采集卡 — Capture Card Pro HD60 S+ USB3.1 Gen1 Video Input (0fd9:006d), behind the second hub'

const groupOf = (name: string): CheckGroup => CHECK_GROUPS.find((group) => name.startsWith(`${group}.`)) ?? 'camera'
const ALL = (Object.keys(CHECKS_EN).map((name) => ({ name, group: groupOf(name), uses: 'nothing', timeoutMs: 20_000 })) satisfies CheckDescription[]).toSorted((a, b) => CHECK_GROUPS.indexOf(a.group) - CHECK_GROUPS.indexOf(b.group))

const LINE = {
  success: true, errMsg: '', ip: '192.168.1.20', quality: 4, upLostRate: 0.021, downLostRate: 0.001, rtt: 84, availableUpBandwidth: 3120, availableDownBandwidth: 48_200, jitter: 12.4, rttUnderLoad: 412,
  bloatGrade: 'D', udp: true, advice: ['lower-bitrate', 'cable'], safeUpKbps: 2180,
}
const NO_STAGES = { dnsMs: null, tcpMs: null, tlsMs: null, handshakeMs: null, connectMs: null, publishMs: null }
const PUSHED = {
  perDestination: [
    { destinationId: 'main', outcome: 'measured', testFlag: false, reason: null, stages: NO_STAGES, steps: [], bestKbps: 4000, p10Kbps: 3120, meanKbps: 3400, minSecondKbps: 2800, lineLimited: true, ackLagMs: 120, idleMs: 40, loadedMs: 180, bloatGrade: 'B', limitKbps: 6160 },
    { destinationId: 'long', outcome: 'failed', testFlag: false, reason: 'key-rejected', stages: NO_STAGES, steps: [], bestKbps: null, p10Kbps: null, meanKbps: null, minSecondKbps: null, lineLimited: false, ackLagMs: null, idleMs: null, loadedMs: null, bloatGrade: null, limitKbps: null },
  ],
  togetherKbps: 3900, sharing: 2, recommended: { kbps: 1360, width: 960, height: 540, frameRate: 30, presetId: null },
}
const GOOD: Readonly<Record<string, Finding>> = {
  'camera.permission': { status: 'pass', code: 'granted' },
  'microphone.permission': { status: 'pass', code: 'granted' },
  'camera.present': { status: 'pass', code: 'found', params: { count: 2, names: 'Integrated Webcam, Capture Card Pro' } },
  'microphone.present': { status: 'pass', code: 'found', params: { count: 2, names: 'Built-in Microphone, USB Podcast Microphone' } },
  'speaker.present': { status: 'pass', code: 'found', params: { count: 2, names: 'Built-in Speakers, USB Headphones' } },
  'camera.picture': { status: 'pass', code: 'good', params: { width: 1280, height: 720, fps: 30 }, value: 30, unit: 'fps', data: { fps: 29.97, jitterMs: 1.2, luma: 112 } },
  'microphone.level': { status: 'pass', code: 'good', params: { dbfs: -24 }, value: -24, unit: 'dBFS', threshold: { warn: -40, fail: -60, worse: 'below' } },
  'microphone.rate': { status: 'pass', code: 'same', params: { deviceHz: 48_000 } },
  'microphone.loop': { status: 'skipped', code: 'recorded', params: { seconds: 5 } },
  'speaker.tone': { status: 'skipped', code: 'played' },
  'devices.sync': { status: 'pass', code: 'in-sync', params: { byMs: 12 } },
  'screen.permission': { status: 'pass', code: 'granted' },
  'screen.capture': { status: 'pass', code: 'good', params: { width: 1920, height: 1080, fps: 30 } },
  'network.dns': { status: 'pass', code: 'good', params: { ms: 18 } },
}
const BAD: Readonly<Record<string, Finding>> = {
  ...GOOD,
  'camera.picture': { status: 'fail', code: 'denied-by-system', evidence: 'NotAllowedError: Permission denied by system', actions: ['open-privacy-settings', 'again'] },
  'camera.modes': { status: 'error', code: 'failed', evidence: `protocol-error: ${LONG} ${LONG}`, actions: ['again'] },
  'camera.present': { status: 'warn', code: 'show-missing', params: { wanted: LONG, names: `${LONG}, ${LONG}` }, actions: ['choose-device', 'go-to-source'] },
  'microphone.level': { status: 'warn', code: 'too-quiet', params: { dbfs: -52 }, value: -52, unit: 'dBFS', threshold: { warn: -40, fail: -60, worse: 'below' }, samples: [-50, -51, -52], data: { seconds: 8, levels: [-52, -51, -54, -55, -50, -52, -53] }, actions: ['choose-device', 'again'] },
  'microphone.noise': { status: 'warn', code: 'audible', params: { dbfs: -48 } },
  'speaker.tone': { status: 'fail', code: 'not-heard', actions: ['choose-device', 'again'] },
  'screen.capture': { status: 'skipped', code: 'not-chosen', actions: ['again'] },
  'network.line': { status: 'warn', code: 'no-datagrams', params: { rttMs: 84 }, value: 4, data: LINE },
  'ingest.push': { status: 'warn', code: 'tight', params: { kbps: 3120, wantedKbps: 2628, safeKbps: 2180 }, data: PUSHED, actions: ['apply-preset', 'again'] },
  'system.disk': { status: 'fail', code: 'none', params: { freeGb: 0.4 }, actions: ['free-disk'] },
}

const stateOf = (findings: Readonly<Record<string, Finding>>) => ({ name, group }: CheckDescription): CheckState => {
  const finding = findings[name] ?? null
  return { name, group, status: finding?.status ?? 'pending', progress: finding ? 1 : 0, finding, startedAtMs: finding ? 0 : null, durationMs: finding ? 412 : null }
}

/** Five minutes of a line that gets worse and breaks once. */
const points = (nowMs: number): LinePoint[] =>
  Array.from({ length: 300 }, (_, index) => {
    const broken = index > 180 && index < 190
    return { atMs: nowMs - (300 - index) * 1000, rttMs: broken ? null : 40 + index / 6 + Math.sin(index) * 9, jitterMs: broken ? null : 6 + Math.abs(Math.sin(index / 3)) * 8, lossRate: broken ? 1 : index > 150 ? 0.02 : 0, quality: broken ? 6 : index > 150 ? 4 : 2 }
  })

const options = { destinations: [newDestination({ id: 'main', name: 'Main channel', kind: 'rtmp', address: 'rtmp://live.example.com/app', enabled: true }), newDestination({ id: 'long', name: LONG, kind: 'srt', address: 'srt://10.0.0.8:9000', enabled: true })].map((each) => ({ ...each, hasKey: true, hasPassphrase: false })) }

const event = (part: Partial<WatchEvent> & Pick<WatchEvent, 'id' | 'watchdog' | 'params'>): WatchEvent => ({ level: 'warning', sourceId: null, evidence: '', beganAtMs: 0, endedAtMs: null, recovery: 'none', ...part })

export const DIAGNOSTICS_SCENARIOS: Readonly<Record<string, Scenario>> = {
  /** Nothing has been tested; whatever is tested is well. */
  diagnostics: {
    options,
    arrange(bridge) {
      bridge.checked.checks.set(ALL)
      for (const { name } of ALL) bridge.checked.finds.set(name, GOOD[name] ?? { status: 'skipped', code: 'cancelled' })
    },
  },
  'diagnostics-found': {
    options,
    arrange(bridge, _engine, nowMs) {
      bridge.checked.checks.set(ALL)
      bridge.checked.run.set({ runId: 'r', running: false, startedAtMs: 0, checks: ALL.map(stateOf(BAD)) })
      bridge.checked.line.set({ watching: true, to: 'live.example.com:1935', by: 'connections', points: points(nowMs) })
    },
  },
  'diagnostics-running': {
    options,
    arrange(bridge) {
      bridge.checked.checks.set(ALL)
      bridge.checked.run.set({
        runId: 'r', running: true, startedAtMs: 0,
        checks: [
          { name: 'microphone.level', group: 'microphone', status: 'running', progress: 0.4, live: { level: 62, dbfs: -23.4, peakDbfs: -11.2, holdDbfs: -9.8 }, finding: null, startedAtMs: 0, durationMs: null },
          { name: 'microphone.rate', group: 'microphone', status: 'pending', progress: 0, finding: null, startedAtMs: null, durationMs: null },
        ],
      })
    },
  },
  watchdogs: {
    options: { show: sourceOfEachKind('watched'), ...options },
    arrange(bridge, _engine, nowMs) {
      const lasting = [
        event({ id: 'w1', watchdog: 'picture-frozen', sourceId: 'source-camera', params: { name: 'Camera' }, recovery: 'trying', beganAtMs: nowMs - 4000 }),
        event({ id: 'w2', watchdog: 'disk-low', level: 'error', params: { minutes: 7 }, beganAtMs: nowMs - 60_000 }),
        event({ id: 'w3', watchdog: 'device-swapped', level: 'info', sourceId: 'source-microphone', params: { name: LONG, device: LONG }, beganAtMs: nowMs - 90_000, recovery: 'mended' }),
      ]
      const over = [
        event({ id: 'w4', watchdog: 'sound-silent', sourceId: 'source-microphone', params: { name: 'Microphone' }, beganAtMs: nowMs - 800_000, endedAtMs: nowMs - 795_000, recovery: 'mended' }),
        event({ id: 'w5', watchdog: 'network-changed', level: 'info', params: { network: 'wlan0' }, beganAtMs: nowMs - 600_000, endedAtMs: nowMs - 598_000, recovery: 'by-itself' }),
        event({ id: 'w6', watchdog: 'device-lost', level: 'error', sourceId: 'source-camera', params: { name: 'Camera', device: LONG }, beganAtMs: nowMs - 500_000, endedAtMs: nowMs - 400_000, recovery: 'failed' }),
      ]
      bridge.barks.active.set(lasting)
      bridge.barks.history.set([...over, ...lasting])
    },
  },
}
