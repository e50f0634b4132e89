import { inject, onScopeDispose, provide } from 'vue'
import type { InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import { StudioError } from '@shared/domain/errors.ts'
import { useClock, useEngine } from '../../base/given.ts'
import { useSceneSwitching } from '../../composables/scene-switching.ts'
import type { ViewTarget } from '../../engine/engine.types.ts'
import { useNoticesStore } from '../../stores/notices-store.ts'
import { useShowStore } from '../../stores/show-store.ts'
import { cellAt, openProjector } from './projector.ts'
import type { Display, Projector } from './projector.ts'

export const MULTIVIEW_CELLS = [4, 9, 16, 25] as const

export interface Projectors {
  /** Call from a user's gesture. */
  project(target: ViewTarget, display?: Display | null): void
}

const key: InjectionKey<Projectors> = Symbol('projectors')

export function useProjectors(): Projectors {
  const given = inject(key)
  if (!given) throw new Error('projectors were not provided')
  return given
}

/** Pictures in windows of their own; they close with the studio, and not with whatever opened them. For the outermost component. */
export function provideProjectors(): void {
  const { t } = useI18n()
  const engine = useEngine()
  const clock = useClock()
  const shows = useShowStore()
  const notices = useNoticesStore()
  const switching = useSceneSwitching()
  const open = new Set<Projector>()

  function titleOf(target: ViewTarget): string {
    switch (target.kind) {
      case 'program':
        return t('scenes.program')
      case 'second':
        return t('second.title')
      case 'scene':
        return switching.nameOf(target.sceneId)
      case 'source':
        return shows.show?.sources.find((each) => each.id === target.sourceId)?.name ?? ''
      case 'multiview':
        return t('scenes.multiview', { n: target.cells })
    }
  }

  function shapeOf(target: ViewTarget): number | null {
    if (target.kind === 'multiview') return null
    const canvas = (target.kind === 'second' ? shows.show?.second?.encoding : shows.show?.encoding) ?? null
    const size = target.kind === 'source' ? engine.sizeOf(target.sourceId) : canvas
    return size && size.width / size.height
  }

  function project(target: ViewTarget, display: Display | null = null): void {
    const { kind } = target
    const projector = openProjector(window, clock.newId(), {
      engine, target, display, shape: shapeOf(target), title: `${titleOf(target)} – ${t('app.name')}`, hint: t(kind === 'multiview' ? 'scenes.multiviewHint' : 'scenes.fullScreenHint'),
      ...(kind === 'multiview' && { onClick: (x: number, y: number) => chooseCell(cellAt(x, y, target.cells)) }),
      onClosed: () => projector && open.delete(projector),
    })
    if (projector) open.add(projector)
    else notices.tell(new StudioError('unexpected', t('scenes.windowRefused')))
  }

  function chooseCell(index: number): void {
    const scene = switching.scenes.value[index]
    if (scene) switching.choose(scene.id)
  }

  const closeAll = (): void => {
    for (const each of open) each.close()
  }
  addEventListener('pagehide', closeAll)
  onScopeDispose(() => {
    removeEventListener('pagehide', closeAll)
    closeAll()
  })

  provide(key, { project })
}
