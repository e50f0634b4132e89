import type { DiagnosticClock } from '@shared/diagnostics/diagnostic.ts'
import { dbfsOf } from '../../audio/levels.ts'
import { barOf } from './sound-facts.ts'

export type PlayCode = 'chosen-missing' | 'unsupported' | 'blocked' | 'stuck'

/** A speaker that does not play, for a reason that is a finding. */
export class CannotPlay extends Error {
  constructor(readonly code: PlayCode, readonly evidence = '') {
    super(evidence || code)
  }
}

export const SOUND_HZ = 48_000
/** A page that nobody has clicked into keeps its sound waiting for ever. */
const START_LIMIT_MS = 2000
const METER_EVERY_MS = 100
/** Ahead of the sound, so that its start is not missed while the device wakes up. */
const LEAD_SECONDS = 0.15

type Timing = { clock: DiagnosticClock; signal: AbortSignal }

/** Opens a speaker (empty = the system's default). Rejects with CannotPlay. Whoever gets the context closes it. */
export async function openSpeaker(speakerId: string, { clock, signal }: Timing): Promise<AudioContext> {
  const context = new AudioContext({ sampleRate: SOUND_HZ })
  try {
    if (speakerId !== '' && speakerId !== 'default') await sendTo(context, speakerId)
    const waiting = new AbortController()
    await Promise.race([context.resume(), clock.sleep(START_LIMIT_MS, AbortSignal.any([signal, waiting.signal]))]).finally(() => waiting.abort())
    if (context.state !== 'running') throw new CannotPlay(navigator.userActivation?.hasBeenActive === false ? 'blocked' : 'stuck', context.state)
    return context
  } catch (thrown) {
    await context.close()
    throw thrown
  }
}

async function sendTo(context: AudioContext, speakerId: string): Promise<void> {
  if (!('setSinkId' in context)) throw new CannotPlay('unsupported')
  try {
    await (context as AudioContext & { setSinkId(id: string): Promise<void> }).setSinkId(speakerId)
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NotFoundError') throw new CannotPlay('chosen-missing', thrown.message)
    throw new CannotPlay('stuck', thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown))
  }
}

/**
 * Plays samples of `SOUND_HZ` to their end and tells their level on the way (0 to 100 and dBFS of the loudest sample). `onStart` gets when the
 * first of them is handed to the system, ms (monotonic). Rejects with CannotPlay when the device does not take them.
 */
export async function playSound(
  context: AudioContext, samples: Float32Array<ArrayBuffer>, { clock, signal }: Timing,
  { onLevel = () => {}, onStart = () => {} }: { onLevel?: (share: number, level: { level: number; dbfs: number }) => void; onStart?: (atMs: number) => void } = {},
): Promise<void> {
  const buffer = context.createBuffer(1, samples.length, SOUND_HZ)
  buffer.copyToChannel(samples, 0)
  const source = new AudioBufferSourceNode(context, { buffer })
  const meter = new AnalyserNode(context, { fftSize: 8192 })
  source.connect(meter).connect(context.destination)
  const beginsAt = context.currentTime + LEAD_SECONDS
  const beginsMs = clock.monotonicMs() + LEAD_SECONDS * 1000
  const endsAt = beginsAt + buffer.duration
  source.start(beginsAt)
  onStart(beginsMs)
  const heard = new Float32Array(meter.fftSize)
  try {
    for (let [before, stuckMs] = [context.currentTime, 0]; context.currentTime < endsAt; ) {
      await clock.sleep(METER_EVERY_MS, signal)
      stuckMs = context.currentTime > before ? 0 : stuckMs + METER_EVERY_MS
      before = context.currentTime
      if (stuckMs >= START_LIMIT_MS) throw new CannotPlay('stuck', 'its clock stands still')
      meter.getFloatTimeDomainData(heard)
      const dbfs = dbfsOf(heard.reduce((peak, each) => Math.max(peak, Math.abs(each)), 0))
      onLevel(Math.min(1, Math.max(0, 1 - (endsAt - context.currentTime) / buffer.duration)), { level: barOf(dbfs), dbfs: Math.round(dbfs) })
    }
  } finally {
    source.stop()
    source.disconnect()
    meter.disconnect()
  }
}
