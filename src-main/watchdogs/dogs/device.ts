import type { Watchdog, WatchedSource } from '../watchdog.ts'

const isDevice = ({ source }: WatchedSource): boolean => source.kind === 'camera' || source.kind === 'microphone'
const AWAY: ReadonlySet<string> = new Set(['ended', 'missing', 'busy'])

/** Opened again as soon as it is listed again, or nobody else holds it. */
export const deviceLost: Watchdog = {
  name: 'device-lost',
  level: 'error',
  mendsItself: true,
  look: ({ sources }) =>
    sources
      .filter((each) => isDevice(each) && AWAY.has(each.status.condition))
      .map(({ source, status }) => ({ sourceId: source.id, params: { name: source.name, device: status.label || source.name }, evidence: status.evidence })),
}

/** Another device stands in. */
export const deviceSwapped: Watchdog = {
  name: 'device-swapped',
  level: 'warning',
  mendsItself: true,
  look: ({ sources }) =>
    sources
      .filter((each) => isDevice(each) && each.status.condition === 'active' && each.status.standIn === true)
      .map(({ source, status }) => ({ sourceId: source.id, params: { name: source.name, device: status.label }, evidence: status.label })),
}
