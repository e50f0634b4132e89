import type { Finding } from '@shared/domain/diagnostics.ts'
import { newDestination } from '@shared/domain/destination.ts'
import type { CheckName } from '@shared/texts/checks/checks.en.ts'
import { sourceOfEachKind } from '../show-editing/sample-show.ts'
import { ALL_WELL } from './fake-preflight.ts'
import type { Scenario } from './scenario.types.ts'

/** One of each kind of problem, and of what is no problem. */
const TROUBLE: Readonly<Partial<Record<CheckName, Finding>>> = {
  ...ALL_WELL,
  'show.sources': { status: 'warn', code: 'black', params: { names: 'Integrated Webcam' }, actions: ['go-to-source'], about: 'source-camera' },
  'show.sound': { status: 'fail', code: 'all-muted', params: { names: 'USB Podcast Microphone' }, actions: ['unmute'], about: 'source-microphone' },
  'show.destinations': { status: 'fail', code: 'refused', params: { names: 'Main channel' }, actions: ['go-to-destination'], about: 'main', evidence: 'connection-refused: ECONNREFUSED' },
  'show.disk': { status: 'warn', code: 'little', params: { minutes: 42, freeGb: 1.3 }, actions: ['free-disk'] },
  'show.processor': { status: 'warn', code: 'busy', params: { percent: 81 }, actions: ['go-to-settings'], about: 'encoding' },
  'show.encoder': { status: 'error', code: 'timed-out' },
}

/** *Go live* finds something. Once the microphone is heard, that is found to be mended. */
export const PREFLIGHT_SCENARIO: Scenario = {
  options: {
    show: { ...sourceOfEachKind('sample'), strips: { 'source-microphone': { volumeDb: 0, muted: true } } },
    destinations: [{ ...newDestination({ id: 'main', name: 'Main channel', kind: 'rtmp', address: 'rtmps://main.example.com/live', enabled: true }), hasKey: true, hasPassphrase: false }],
  },
  arrange: (bridge) => {
    const isMuted = () => bridge.saved.at(-1)?.strips['source-microphone']?.muted !== false
    bridge.ahead.find = () => (isMuted() ? TROUBLE : { ...TROUBLE, 'show.sound': ALL_WELL['show.sound']! })
  },
}
