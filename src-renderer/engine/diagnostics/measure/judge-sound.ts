import type { FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { round } from './figures.ts'
import { DIGITAL_SILENCE, noiseFloorDbfs, type SoundFacts } from './sound-facts.ts'

/** webrtc/testrtc: what stays below is not heard. */
export const FAIL_QUIET_DBFS = -60
/** Speech between -36 and -12 dBFS RMS needs no correction; peaks beyond -6 dBFS leave no room for a laugh. */
export const WARN_QUIET_DBFS = -36
const WARN_PEAK_DBFS = -6
/** One or two crackles are an accident. */
const FAIL_CLIPS = 3
/** Speech rises and falls by 10 dB and more from half second to half second; a hum does not. */
const CONSTANT_DB = 0.5
/** Twilio's rule: a signal is called constant after three seconds. */
const CONSTANT_LEVELS = 6
/** The floor of a quiet room with a plain microphone. */
const WARN_NOISE_DBFS = -55
const FAIL_NOISE_DBFS = -45

/** What a microphone's sound is worth while somebody speaks. Pure. */
export function judgeLevel(facts: SoundFacts, muted: boolean): FindingOf<'microphone.level'> {
  const { levelsDbfs, peakDbfs, clips, channelPeaks } = facts
  const dbfs = round(Math.max(-100, ...levelsDbfs), 1)
  const dead = channelPeaks.filter((peak) => peak <= DIGITAL_SILENCE).length
  const params = { dbfs, peakDbfs: round(peakDbfs, 1), clips, channels: channelPeaks.length, dead }
  const found = (status: 'pass' | 'warn' | 'fail', code: FindingOf<'microphone.level'>['code'], actions: FindingOf<'microphone.level'>['actions'] = ['choose-device', 'again']): FindingOf<'microphone.level'> => ({
    status, code, params, value: dbfs, unit: 'dBFS', threshold: { warn: WARN_QUIET_DBFS, fail: FAIL_QUIET_DBFS, worse: 'below' },
    samples: levelsDbfs.map((each) => round(each, 1)), ...(status !== 'pass' && { actions }), data: { ...params, seconds: round(facts.seconds, 1), sampleRate: facts.sampleRate },
  })
  if (muted) return found('fail', 'muted', ['unmute', 'open-privacy-settings', 'again'])
  if (channelPeaks.length === 0 || dead === channelPeaks.length) return found('fail', 'silent', ['unmute', 'choose-device', 'again'])
  if (clips > 0) return found(clips >= FAIL_CLIPS ? 'fail' : 'warn', 'clipping')
  if (dbfs < FAIL_QUIET_DBFS) return found('fail', 'unheard')
  if (isConstant(levelsDbfs)) return found('fail', 'constant')
  if (dbfs < WARN_QUIET_DBFS) return found('warn', 'too-quiet')
  if (dead > 0) return found('warn', 'dead-channel')
  if (peakDbfs > WARN_PEAK_DBFS) return found('warn', 'loud')
  return found('pass', 'good')
}

/** The first level may hold the sound's beginning, and a last one is never half. */
function isConstant(levelsDbfs: readonly number[]): boolean {
  const levels = levelsDbfs.slice(1)
  if (levels.length < CONSTANT_LEVELS - 1) return false
  const mean = levels.reduce((sum, each) => sum + each, 0) / levels.length
  return Math.sqrt(levels.reduce((sum, each) => sum + (each - mean) ** 2, 0) / levels.length) < CONSTANT_DB
}

/** What is heard while nobody speaks. Pure. */
export function judgeNoise({ levelsDbfs, channelPeaks, sampleRate }: SoundFacts): FindingOf<'microphone.noise'> {
  const dbfs = round(noiseFloorDbfs(levelsDbfs), 1)
  const nothing = channelPeaks.every((peak) => peak <= DIGITAL_SILENCE)
  const status = nothing ? 'warn' : dbfs > FAIL_NOISE_DBFS ? 'fail' : dbfs > WARN_NOISE_DBFS ? 'warn' : 'pass'
  return {
    status,
    code: nothing ? 'silent' : ({ pass: 'quiet', warn: 'audible', fail: 'noisy' } as const)[status],
    params: { dbfs }, value: dbfs, unit: 'dBFS', threshold: { warn: WARN_NOISE_DBFS, fail: FAIL_NOISE_DBFS, worse: 'above' },
    samples: levelsDbfs.map((each) => round(each, 1)), ...(status !== 'pass' && { actions: ['choose-device', 'again'] }), data: { sampleRate },
  }
}

/** The program's rate, and the lowest that carries music; hands-free headsets deliver 8 or 16 kHz. */
const PROGRAM_HZ = 48_000
const WIDE_HZ = 44_100

/** Rates in Hz: what the device delivers, and what the page's sound runs at. Pure. */
export function judgeRate({ deviceHz, contextHz }: { deviceHz: number; contextHz: number }): FindingOf<'microphone.rate'> {
  const narrow = deviceHz < WIDE_HZ
  const same = deviceHz === PROGRAM_HZ && contextHz === PROGRAM_HZ
  return {
    status: same ? 'pass' : 'warn',
    code: same ? 'same' : narrow ? 'narrow' : 'differs',
    params: { deviceHz, contextHz, programHz: PROGRAM_HZ }, value: deviceHz, unit: 'Hz',
    ...(narrow && { actions: ['choose-device'] }), data: { deviceHz, contextHz, programHz: PROGRAM_HZ },
  }
}
