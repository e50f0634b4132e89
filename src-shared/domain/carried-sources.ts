import { isSingle, type ProgramContent } from './program-content.ts'
import { sceneOf, type Show } from './show.ts'
import { singleSounds, singleSource } from './single-source.ts'
import { canHaveSound, hasPicture, type Source } from './source.ts'
import { DEFAULT_STRIP } from './strip.ts'

/** What is seen and heard in one content. */
export interface CarriedSources {
  pictures: Source[]
  sounds: Source[]
}

/** What a destination with this content really gets of the show now: nothing that the scene hides, nothing that is muted. */
export function carriedSources(show: Show, content: ProgramContent): CarriedSources {
  const loud = show.sources.filter((each) => canHaveSound(each) && isLoud(show, each.id))
  if (isSingle(content)) {
    const picture = singleSource(show, content)
    const soundIds = picture ? singleSounds(show, content, picture.id) : []
    return { pictures: picture ? [picture] : [], sounds: loud.filter(({ id }) => soundIds.includes(id)) }
  }
  const shown = shownIds(show, show.currentSceneId, new Set())
  return {
    pictures: show.media === 'sound' ? [] : show.sources.filter(({ id, kind }) => shown.has(id) && kind !== 'scene' && hasPicture(kind)),
    sounds: show.media === 'picture' ? [] : loud.filter(({ id }) => isMixed(show, id)),
  }
}

function isLoud(show: Show, sourceId: string): boolean {
  const { muted, volumeDb } = show.strips[sourceId] ?? DEFAULT_STRIP
  return !muted && volumeDb > -100
}

function isMixed({ strips, mixedSourceIds }: Show, sourceId: string): boolean {
  const { monitor, tracks } = strips[sourceId] ?? DEFAULT_STRIP
  return monitor !== 'monitor-only' && (tracks?.includes(1) ?? true) && (mixedSourceIds?.includes(sourceId) ?? true)
}

/** What a scene shows, with what the scenes inside it show. */
function shownIds(show: Show, sceneId: string, within: ReadonlySet<string>): Set<string> {
  const shown = new Set(sceneOf(show, sceneId).items.filter(({ visible, opacity }) => visible && opacity > 0).map(({ sourceId }) => sourceId))
  for (const each of show.sources) {
    if (each.kind !== 'scene' || !shown.has(each.id) || within.has(each.sceneId)) continue
    for (const id of shownIds(show, each.sceneId, new Set([...within, sceneId]))) shown.add(id)
  }
  return shown
}
