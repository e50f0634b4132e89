import type { DestinationKind } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import type { Secret } from '../base/secret.ts'
import type { OutputTarget } from './manager.ts'
import type { RunOutput } from './output.ts'
import { HLS_LIMITS } from './hls/hls-limits.ts'
import { endHls } from './hls/hls-ending.ts'
import { hlsOutput, type HlsSpec } from './hls/hls-output.ts'
import type { HlsShows } from './hls/hls-shows.ts'
import { runRtmp } from './rtmp/rtmp-output.ts'
import { runSrt } from './srt/srt-output.ts'
import type { WhipSpec } from './whip/whip-output.ts'

/** The built-in server, as far as its destination needs it. */
export interface RehearsalPlaces {
  place(signal: AbortSignal): Promise<{ address: string; key: Secret }>
}

export interface OpenOutputParts {
  rehearsal: RehearsalPlaces
  whip: RunOutput<WhipSpec>
  /** null = there is no FFmpeg. */
  ffmpegPath(): Promise<string | null>
  redact: (text: string) => string
  /** Playlists that are not ended yet. */
  hlsShows: HlsShows
}

/** How each kind of destination is reached. What servers say passes through `redact` before anybody sees it. */
export function openOutput(parts: OpenOutputParts): RunOutput<OutputTarget> {
  const runHls = hlsOutput(HLS_LIMITS, parts.hlsShows)
  const kinds: Readonly<Record<DestinationKind, RunOutput<OutputTarget>>> = {
    rtmp: ({ destination, key }, run) =>
      runRtmp({ address: destination.address, key, certificateAuthority: destination.certificateAuthority, verifyCertificate: destination.verifyCertificate }, run),
    rehearsal: async (_target, run) => {
      const { address, key } = await parts.rehearsal.place(run.signal)
      return runRtmp({ address, key, certificateAuthority: '', verifyCertificate: true }, run)
    },
    whip: ({ destination, key, passphrase }, run) => parts.whip({ destination, token: key, turnSecret: passphrase }, run),
    srt: ({ destination: { address, srt }, key, passphrase }, run) => runSrt({ address, options: srt, streamId: key, passphrase, ffmpegPath: parts.ffmpegPath }, run),
    hls: (target, run) => runHls(hlsSpec(target), run),
  }
  return (target, run) =>
    kinds[target.destination.kind](target, run).catch((failure: unknown) => {
      if (failure instanceof StudioError && failure !== run.signal.reason) throw new StudioError(failure.reason, parts.redact(failure.evidence), { cause: failure, serviceCode: failure.serviceCode, retryAfterMs: failure.retryAfterMs, brokenForMs: failure.brokenForMs })
      throw failure
    })
}

/** What is left to be done for a destination that was stopped while it was not running. Never rejects. */
export async function afterStop(target: OutputTarget, hlsShows: HlsShows, clock: Pick<Clock, 'sleep'>): Promise<void> {
  if (target.destination.kind === 'hls') await endHls(hlsSpec(target), hlsShows, clock)
}

const hlsSpec = ({ destination: { address, hls, certificateAuthority, verifyCertificate }, key }: OutputTarget): HlsSpec => ({ address, options: hls, token: key, certificateAuthority, verifyCertificate })
