import type { DestinationKind } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Secret } from '../base/secret.ts'
import type { OutputTarget } from './manager.ts'
import type { RunOutput } from './output.ts'
import { runRtmp } from './rtmp/rtmp-output.ts'

/** The built-in server, as far as its destination needs it. */
export interface RehearsalPlaces {
  place(signal: AbortSignal): Promise<{ address: string; key: Secret }>
}

export interface OpenOutputParts {
  rehearsal: RehearsalPlaces
  redact: (text: string) => string
}

/** How each kind of destination is reached. What servers say passes through `redact` before anybody sees it. */
export function openOutput(parts: OpenOutputParts): RunOutput<OutputTarget> {
  const kinds: Readonly<Record<DestinationKind, RunOutput<OutputTarget>>> = {
    rtmp: ({ destination, key }, run) =>
      runRtmp({ address: destination.address, key, certificateAuthority: destination.certificateAuthority, verifyCertificate: destination.verifyCertificate }, run),
    rehearsal: async (_target, run) => {
      const { address, key } = await parts.rehearsal.place(run.signal)
      return runRtmp({ address, key, certificateAuthority: '', verifyCertificate: true }, run)
    },
    whip: () => Promise.reject(new StudioError('unexpected', 'not built yet')),
    srt: () => Promise.reject(new StudioError('unexpected', 'not built yet')),
    hls: () => Promise.reject(new StudioError('unexpected', 'not built yet')),
  }
  return (target, run) =>
    kinds[target.destination.kind](target, run).catch((failure: unknown) => {
      if (failure instanceof StudioError && failure !== run.signal.reason) throw new StudioError(failure.reason, parts.redact(failure.evidence), { cause: failure, serviceCode: failure.serviceCode, retryAfterMs: failure.retryAfterMs })
      throw failure
    })
}
