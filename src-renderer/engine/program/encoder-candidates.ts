import type { Encoding } from '@shared/domain/encoding.ts'
import { type AvcProfile, avcCodecString, avcLevelIdc } from './avc-level.ts'

export interface EncoderCandidate {
  /** e.g. `h264 main (software)` */
  name: string
  config: VideoEncoderConfig
}

const PROFILES: readonly AvcProfile[] = ['main', 'high', 'baseline']
const PLACES = ['hardware', 'software'] as const

/**
 * Every way to ask for H.264, best first: hardware before software, main profile before the others, a constant
 * bitrate before a variable one. Realtime mode keeps encoders from reordering frames (no B-frames, no look-ahead).
 */
export function encoderCandidates(encoding: Encoding): EncoderCandidate[] {
  const levelIdc = avcLevelIdc(encoding.width, encoding.height, encoding.frameRate, encoding.videoKbps)
  const list: EncoderCandidate[] = []
  for (const place of PLACES) {
    for (const bitrateMode of ['constant', 'variable'] as const) {
      for (const profile of PROFILES) {
        list.push({
          name: `h264 ${profile} (${place}${bitrateMode === 'variable' ? ', variable rate' : ''})`,
          config: {
            codec: avcCodecString(profile, levelIdc),
            width: encoding.width,
            height: encoding.height,
            framerate: encoding.frameRate,
            bitrate: encoding.videoKbps * 1000,
            bitrateMode,
            latencyMode: 'realtime',
            hardwareAcceleration: place === 'hardware' ? 'prefer-hardware' : 'prefer-software',
            avc: { format: 'avc' },
          },
        })
      }
    }
  }
  return list
}

/** Tries candidates for real; the browser's, or a fake. */
export interface EncoderProbe {
  isSupported(config: VideoEncoderConfig): Promise<boolean>
  /** Configures one and codes a single frame; resolves with what went wrong, or null. */
  tryOut(config: VideoEncoderConfig): Promise<string | null>
}

export interface EncoderChoice {
  candidate: EncoderCandidate
  /** Why this one and none before it, e.g. `hardware: not supported`; empty when it is the first. */
  reason: string
}

/** The first candidate that really codes, leaving out the named ones (they failed in use). Null when none does. */
export async function chooseEncoder(
  candidates: readonly EncoderCandidate[],
  probe: EncoderProbe,
  failed: ReadonlyMap<string, string> = new Map(),
): Promise<{ choice: EncoderChoice | null; reason: string }> {
  const refusals = new Map<string, string[]>()
  const refuse = (why: string, name: string) => refusals.set(why, [...(refusals.get(why) ?? []), name])
  for (const candidate of candidates) {
    const earlier = failed.get(candidate.name)
    if (earlier !== undefined) {
      refuse(`failed: ${earlier}`, candidate.name)
      continue
    }
    const supported = await probe.isSupported(candidate.config).catch(() => false)
    const error = supported ? await probe.tryOut(candidate.config) : 'not supported'
    if (error === null) {
      const reason = summarise(refusals, candidates)
      return { choice: { candidate, reason }, reason }
    }
    refuse(error, candidate.name)
  }
  return { choice: null, reason: summarise(refusals, candidates) }
}

function summarise(refusals: ReadonlyMap<string, readonly string[]>, candidates: readonly EncoderCandidate[]): string {
  const parts: string[] = []
  for (const [why, names] of refusals) {
    const places = PLACES.filter((place) => {
      const all = candidates.filter((each) => each.name.includes(place))
      return all.length > 0 && all.every((each) => names.includes(each.name))
    })
    const single = names.filter((name) => !places.some((place) => name.includes(place)))
    parts.push(...places.map((place) => `${place}: ${why}`), ...single.map((name) => `${name}: ${why}`))
  }
  return parts.join('; ')
}
