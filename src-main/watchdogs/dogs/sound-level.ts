import type { Watchdog } from '../watchdog.ts'

/** Digital silence: nobody pauses so completely. */
const SILENT_MS = 5000
/** A shout is over sooner. */
const CLIPPING_MS = 2000

export const soundSilent: Watchdog = {
  name: 'sound-silent',
  level: 'error',
  look: ({ sources }) =>
    sources
      .filter(({ source, status, heard }) => heard && source.kind === 'microphone' && status.condition === 'active' && (status.vitals?.sound?.silentForMs ?? 0) >= SILENT_MS)
      .map(({ source, status }) => ({ sourceId: source.id, params: { name: source.name }, evidence: status.label })),
  remedy: ({ sourceId }, { restartSource }) => void (sourceId !== null && restartSource(sourceId)),
}

export const soundClipping: Watchdog = {
  name: 'sound-clipping',
  level: 'warning',
  look: ({ sources }) =>
    sources
      .filter(({ source, status, heard }) => heard && source.kind === 'microphone' && status.condition === 'active' && (status.vitals?.sound?.clippingForMs ?? 0) >= CLIPPING_MS)
      .map(({ source, status }) => ({ sourceId: source.id, params: { name: source.name }, evidence: `${status.vitals?.sound?.peakDbfs.toFixed(1)} dBFS, ${status.label}` })),
}
