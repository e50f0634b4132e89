import type { LogLine } from '@shared/contracts/logs.ts'
import type { SafeStartState } from '@shared/contracts/safe-start.ts'
import type { FakeBridge } from './fake-bridge.ts'

const LEVELS = ['info', 'debug', 'info', 'warn', 'info', 'error'] as const
const SAYS = ['the studio is open', 'key frame asked for', 'page connected', 'connecting again', 'output live', 'the line is lost and does not come back, whatever is tried, so that the user is told with a sentence that is long enough to need two lines here']

const linesUntil = (nowMs: number): LogLine[] =>
  Array.from({ length: 300 }, (_each, i): LogLine => ({
    id: `f:${i}`, atMs: nowMs - (300 - i) * 1731, level: LEVELS[i % 6]!, name: i % 2 === 0 ? 'output.rtmp' : 'page', message: SAYS[i % 6]!, more: i % 3 === 0 ? '{"attempt":2,"address":"rtmp://live.example.com/app/***"}' : '',
  }))

const arrange = (state: Partial<SafeStartState>) => (bridge: FakeBridge, _engine: unknown, nowMs: number): void => {
  bridge.safety.lines = linesUntil(nowMs)
  bridge.safety.state.set({ safe: false, suggestSafe: false, uncleanEnd: null, ...state })
}
const end = { version: '1.0.0', startedAtMs: 1_700_000_000_000, liveSinceMs: 1_700_000_300_000, recordingSinceMs: 1_700_000_310_000, destinations: [{ id: 'rehearsal', name: '' }, { id: 'b', name: 'School channel' }] }

/** After a studio that was cut off, after two of them, in a safe start, and with a log. */
export const SAFETY_SCENARIOS = {
  'unclean-end': { options: {}, arrange: arrange({ uncleanEnd: end }) },
  'unclean-twice': { options: {}, arrange: arrange({ safe: true, suggestSafe: true, uncleanEnd: { ...end, liveSinceMs: null, recordingSinceMs: null, destinations: [] } }) },
  'safe-start': { options: {}, arrange: arrange({ safe: true }) },
  logs: { options: {}, arrange: arrange({}) },
}
