import type { Encoding } from '@shared/domain/encoding.ts'
import { type AvcProfile, avcCodecString, avcLevelIdc } from './avc-level.ts'

/** VP8 is the last resort: main makes H.264 of it. */
export type VideoCodec = 'h264' | 'vp8'

export interface EncoderCandidate {
  /** e.g. `h264 main (software)` */
  name: string
  codec: VideoCodec
  place: Place
  config: VideoEncoderConfig
}

const PROFILES: readonly AvcProfile[] = ['main', 'high', 'baseline']
/** The others only where nothing codes the one that is asked for: a stream that may be refused is better than none. */
const BASELINE_FIRST: readonly AvcProfile[] = ['baseline', 'main', 'high']
const PLACES = ['hardware', 'software'] as const
type Place = (typeof PLACES)[number]

/**
 * The rate to ask of an encoder, bit/s. VP8 gets about twice as much and half a Mbit/s on top, because it is coded once
 * more: what it loses cannot come back, and between two processes bytes cost nothing.
 */
export const encoderBitrate = (codec: VideoCodec, videoKbps: number): number => (codec === 'vp8' ? videoKbps * 2 + 500 : videoKbps) * 1000

/**
 * Every way to code, best first: H.264 before VP8, hardware before software, a constant bitrate before a variable one,
 * main profile before the others, or baseline where a destination takes no other. Realtime mode keeps encoders from reordering frames (no B-frames, no look-ahead).
 */
export function encoderCandidates(encoding: Encoding): EncoderCandidate[] {
  const levelIdc = avcLevelIdc(encoding.width, encoding.height, encoding.frameRate, encoding.videoKbps)
  const common = { width: encoding.width, height: encoding.height, framerate: encoding.frameRate, latencyMode: 'realtime' } as const
  const at = (place: Place) => ({ hardwareAcceleration: place === 'hardware' ? 'prefer-hardware' : 'prefer-software' }) as const
  const h264 = (place: Place, bitrateMode: 'constant' | 'variable', profile: AvcProfile): EncoderCandidate => ({
    name: `h264 ${profile} (${place}${bitrateMode === 'variable' ? ', variable rate' : ''})`,
    codec: 'h264',
    place,
    config: {
      ...common, ...at(place), bitrateMode, codec: avcCodecString(profile, levelIdc),
      bitrate: encoderBitrate('h264', encoding.videoKbps), avc: { format: 'avc' },
    },
  })
  const vp8 = (place: Place): EncoderCandidate => ({
    name: `vp8 (${place}), transcoded by FFmpeg`,
    codec: 'vp8',
    place,
    config: { ...common, ...at(place), bitrateMode: 'constant', codec: 'vp8', bitrate: encoderBitrate('vp8', encoding.videoKbps) },
  })
  const modes = ['constant', 'variable'] as const
  if (encoding.avcProfile !== 'baseline') return [...PLACES.flatMap((place) => modes.flatMap((mode) => PROFILES.map((profile) => h264(place, mode, profile)))), ...PLACES.map(vp8)]
  return [...BASELINE_FIRST.flatMap((profile) => PLACES.flatMap((place) => modes.map((mode) => h264(place, mode, profile)))), ...PLACES.map(vp8)]
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

/** The probe of a browser that had none of these codecs. For tests of what happens then. */
export const probeWithout = (codecs: readonly string[], probe: EncoderProbe): EncoderProbe => ({
  isSupported: async (config) => !codecs.includes(config.codec.startsWith('avc1') ? 'h264' : config.codec) && (await probe.isSupported(config)),
  tryOut: (config) => probe.tryOut(config),
})

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
      const refused = summarise(refusals, candidates)
      const reason = candidate.codec === 'vp8' ? `no H.264: ${refused}` : refused
      return { choice: { candidate, reason }, reason }
    }
    refuse(error, candidate.name)
  }
  return { choice: null, reason: summarise(refusals, candidates) }
}

/** One part per place where nothing worked for one reason, and one per other candidate. */
function summarise(refusals: ReadonlyMap<string, readonly string[]>, candidates: readonly EncoderCandidate[]): string {
  const parts: string[] = []
  for (const [why, names] of refusals) {
    const told = new Set<string>()
    for (const codec of ['h264', 'vp8'] as const) {
      for (const place of PLACES) {
        const all = candidates.filter((each) => each.codec === codec && each.place === place)
        if (all.length === 0 || !all.every((each) => names.includes(each.name))) continue
        parts.push(`${codec === 'vp8' ? 'vp8 ' : ''}${place}: ${why}`)
        for (const each of all) told.add(each.name)
      }
    }
    parts.push(...names.filter((name) => !told.has(name)).map((name) => `${name}: ${why}`))
  }
  return parts.join('; ')
}
