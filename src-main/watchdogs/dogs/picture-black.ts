import type { Watchdog } from '../watchdog.ts'

/** Longer than a cut through black, or a hand before the lens. */
const BLACK_MS = { camera: 5000, screen: 10_000 } as const

export const pictureBlack: Watchdog = {
  name: 'picture-black',
  level: 'warning',
  look: ({ sources }) =>
    sources
      .filter(({ source, status }) => (source.kind === 'camera' || source.kind === 'screen') && status.condition === 'active' && (status.vitals?.picture?.blackForMs ?? 0) >= BLACK_MS[source.kind])
      .map(({ source, status }) => ({ sourceId: source.id, params: { name: source.name }, evidence: status.label })),
}
