import { hasPicture, type Source, type SourceStatus } from '@shared/domain/source.ts'

/** True once a source of the show gives a picture. `devicesOnly`: a camera or a screen, not a still or the test pattern. */
export function pictureIsOn(statuses: readonly SourceStatus[], sources: readonly Source[], { devicesOnly = false } = {}): boolean {
  const kinds = new Map(sources.map(({ id, kind }) => [id, kind]))
  return statuses.some(({ sourceId, condition }) => {
    const kind = kinds.get(sourceId)
    if (condition !== 'active' || kind === undefined) return false
    return devicesOnly ? kind === 'camera' || kind === 'screen' : hasPicture(kind)
  })
}
