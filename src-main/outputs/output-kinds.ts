import { StudioError } from '@shared/domain/errors.ts'
import type { Secret } from '../base/secret.ts'
import type { OutputKinds, OutputTarget } from './manager.ts'
import type { RunOutput } from './output.ts'
import { runRtmp } from './rtmp/rtmp-output.ts'

/** The built-in server, as far as its destination needs it. */
export interface RehearsalPlaces {
  place(signal: AbortSignal): Promise<{ address: string; key: Secret }>
}

/** How each kind of destination is reached. What servers say passes through `redact` before anybody sees it. */
export function outputKinds(rehearsal: RehearsalPlaces, redact: (text: string) => string): OutputKinds {
  const toRtmp: RunOutput<OutputTarget> = ({ destination, key }, run) =>
    runRtmp({ address: destination.address, key, certificateAuthority: destination.certificateAuthority, verifyCertificate: destination.verifyCertificate }, run)
  const toRehearsal: RunOutput<OutputTarget> = async (_target, run) => {
    const { address, key } = await rehearsal.place(run.signal)
    return runRtmp({ address, key, certificateAuthority: '', verifyCertificate: true }, run)
  }
  return { rtmp: withCleanEvidence(toRtmp, redact), rehearsal: withCleanEvidence(toRehearsal, redact) }
}

function withCleanEvidence(output: RunOutput<OutputTarget>, redact: (text: string) => string): RunOutput<OutputTarget> {
  return (target, run) =>
    output(target, run).catch((failure: unknown) => {
      if (failure instanceof StudioError && failure !== run.signal.reason) throw new StudioError(failure.reason, redact(failure.evidence), { cause: failure })
      throw failure
    })
}
