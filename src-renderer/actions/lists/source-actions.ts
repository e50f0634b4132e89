import { hasPicture } from '@shared/domain/source.ts'
import { chooseFile, useAddSource } from '../../composables/add-source.ts'
import { useShowStore } from '../../stores/show-store.ts'
import { useI18n } from 'vue-i18n'
import type { ActionList, StudioAction } from '../action.ts'

const ADDED = ['camera', 'microphone', 'screen', 'image', 'text', 'colour', 'test-pattern', 'slideshow', 'countdown', 'annotation', 'web-page'] as const

/** Adding sources, and going to each of them. */
export const sourceActions: ActionList = () => {
  const { t } = useI18n()
  const shows = useShowStore()
  const { add, addDevice, addScreen, addImage } = useAddSource()

  async function addKind(kind: (typeof ADDED)[number]): Promise<void> {
    if (kind === 'camera' || kind === 'microphone') return addDevice(kind)
    if (kind === 'screen') return addScreen()
    if (kind === 'text') return void add({ kind, text: t('sources.newText') })
    if (kind !== 'image') return void add({ kind })
    const file = await chooseFile('image/png,image/jpeg,image/webp,image/gif,image/avif')
    if (file) await addImage(file)
  }

  const adding = ADDED.map((kind): StudioAction => ({
    id: `source:add:${kind}`, group: 'sources', titleKey: 'actions.addSource', titleValues: (say) => ({ kind: say(`sources.kinds.${kind}`) }), run: () => void addKind(kind),
  }))
  return () => [
    ...adding,
    ...(shows.show?.sources ?? []).map(({ id, kind, name }): StudioAction => ({
      id: `source:select:${id}`, group: 'sources', titleKey: 'actions.selectSource', titleValues: () => ({ name }), paletteFirst: true,
      enabled: () => !hasPicture(kind) || shows.scene?.items.some((each) => each.sourceId === id) === true,
      run: () => select(id),
    })),
  ]

  function select(sourceId: string): void {
    shows.selectedId = shows.scene?.items.findLast((each) => each.sourceId === sourceId)?.id ?? sourceId
    document.querySelector<HTMLElement>(`[data-source="${CSS.escape(sourceId)}"] .name`)?.focus()
  }
}
