import type { Show } from '@shared/domain/show.ts'

/** The show as it is without filters of sound: some run code of their own, and none is worth a studio that does not start. */
export function withoutFilters(show: Show): Show {
  const strips = Object.entries(show.strips).map(([sourceId, strip]) => [sourceId, { ...strip, filters: undefined }] as const)
  return { ...show, strips: Object.fromEntries(strips) }
}
