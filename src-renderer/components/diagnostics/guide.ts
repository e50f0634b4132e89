import type { CheckState, Finding } from '@shared/domain/diagnostics.ts'

/** One step of the guided page: what its button runs, and what can be looked at besides. */
export interface GuideStep {
  /** Names its texts. */
  id: 'connection' | 'camera' | 'microphone' | 'speaker' | 'sync' | 'screen' | 'network' | 'verdict'
  devices: readonly DeviceRole[]
  checks: readonly string[]
  extras: readonly string[]
  /** Without one of these the step tells too little to be good. */
  decides?: readonly string[]
}
export type DeviceRole = 'camera' | 'microphone' | 'speaker'

/** In the order in which each can rely on those before. */
export const GUIDE: readonly GuideStep[] = [
  { id: 'connection', devices: [], checks: ['camera.permission', 'microphone.permission', 'camera.present', 'microphone.present', 'speaker.present', 'network.dns'], extras: [] },
  { id: 'camera', devices: ['camera'], checks: ['camera.picture'], extras: ['camera.modes'] },
  { id: 'microphone', devices: ['microphone'], checks: ['microphone.level', 'microphone.rate', 'microphone.loop'], extras: ['microphone.noise'] },
  { id: 'speaker', devices: ['speaker'], checks: ['speaker.tone'], extras: ['speaker.loopback'] },
  { id: 'sync', devices: ['camera', 'microphone', 'speaker'], checks: ['devices.sync'], extras: [] },
  { id: 'screen', devices: [], checks: ['screen.permission', 'screen.capture'], extras: [] },
  { id: 'network', devices: [], checks: ['network.line', 'network.reach', 'network.dns', 'network.gateway', 'network.wifi', 'network.clock'], extras: ['ingest.push', 'network.channel', 'network.ndt7', 'network.route'], decides: ['network.line', 'network.ndt7', 'ingest.push'] },
  { id: 'verdict', devices: [], checks: [], extras: [] },
]

/** The checks by which a step counts as tried: what an earlier step looks at, too, may have been for that one. */
export const ownChecks = (step: GuideStep): readonly string[] => step.checks.filter((name) => !GUIDE.slice(0, GUIDE.indexOf(step)).some(({ checks }) => checks.includes(name)))

/** How a step or a check stands. `question`: only the user's eyes and ears can tell. */
export type Standing = 'untried' | 'running' | 'question' | 'pass' | 'warn' | 'fail' | 'skipped' | 'error' | 'waiting'

/** What was played or recorded waits for an answer. */
export const isQuestion = ({ status, finding }: CheckState): boolean => status === 'skipped' && (finding?.code === 'played' || finding?.code === 'recorded')

/** `isRunning`: whether the run that the state belongs to goes on; without it what waits is what nobody has tried. */
export function standingOf(state: CheckState, isRunning: boolean): Standing {
  if (state.status === 'pending') return isRunning && state.finding === null ? 'waiting' : 'untried'
  return isQuestion(state) ? 'question' : state.status
}

const WORST_FIRST: readonly Standing[] = ['running', 'waiting', 'fail', 'error', 'question', 'warn', 'pass', 'skipped']

/** The worst of several, what runs before all: a step is as good as its worst check. */
export const worstOf = (standings: readonly Standing[]): Standing => WORST_FIRST.find((each) => standings.includes(each)) ?? 'untried'

/** How a step stands by its checks' states: good only when what decides was measured. */
export function stepStanding({ decides }: Pick<GuideStep, 'decides'>, states: readonly CheckState[], isInRun: (state: CheckState) => boolean): Standing {
  const worst = worstOf(states.map((state) => standingOf(state, isInRun(state))))
  const isDecided = !decides || states.some(({ name, status }) => decides.includes(name) && status !== 'skipped' && status !== 'pending')
  return worst === 'pass' && !isDecided ? 'skipped' : worst
}

/** Yes or no to a check that asks. */
export const answerOf = (heard: boolean): Finding => (heard ? { status: 'pass', code: 'heard' } : { status: 'fail', code: 'not-heard', actions: ['choose-device', 'again'] })

/** What is to be done, most urgent first; a check that could not be carried out comes after what is known to be wrong. */
export const toMend = (states: readonly CheckState[]): CheckState[] =>
  (['fail', 'error', 'warn'] as const).flatMap((status) => states.filter((each) => each.status === status))

export type Verdict = 'running' | 'untried' | 'problems' | 'remarks' | 'incomplete' | 'good'

/** What all that was found together means. `untried`: steps that nobody has looked at. */
export function verdictOf(states: readonly CheckState[], untriedSteps: number): Verdict {
  const tried = states.filter(({ status }) => status !== 'pending')
  if (tried.length === 0) return 'untried'
  if (tried.some(({ status }) => status === 'running')) return 'running'
  if (tried.some(({ status }) => status === 'fail' || status === 'error')) return 'problems'
  if (untriedSteps > 0) return 'incomplete'
  return tried.some(({ status }) => status === 'warn') ? 'remarks' : 'good'
}
