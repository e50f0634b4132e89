import { isCounting, paused, reset, started, timeLeftMs } from '@shared/domain/countdown.ts'
import { hasPicture } from '@shared/domain/source.ts'
import type { Source } from '@shared/domain/source.ts'
import { useClock } from '../../base/given.ts'
import { chooseFile, useAddSource } from '../../composables/add-source.ts'
import { changeItems } from '../../show-editing/item-edits.ts'
import { placeable } from '../../show-editing/place-again.ts'
import { changeSource } from '../../show-editing/show-edits.ts'
import { useShowStore } from '../../stores/show-store.ts'
import { useI18n } from 'vue-i18n'
import type { ActionList, StudioAction } from '../action.ts'

const ADDED = ['camera', 'microphone', 'screen', 'image', 'text', 'colour', 'test-pattern', 'slideshow', 'countdown', 'annotation', 'web-page'] as const

/** Adding sources, going to each of them, hiding and showing it, and starting countdowns. */
export const sourceActions: ActionList = () => {
  const { t } = useI18n()
  const shows = useShowStore()
  const clock = useClock()
  const { add, place, addDevice, addScreen, addImage } = useAddSource()

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
    ...(shows.show ? placeable(shows.show, shows.scene?.id) : []).map(({ id, name }): StudioAction => ({
      id: `source:place:${id}`, group: 'sources', titleKey: 'actions.placeSource', titleValues: () => ({ name }), paletteFirst: true, run: () => place(id),
    })),
    ...(shows.show?.sources ?? []).map(({ id, kind, name }): StudioAction => ({
      id: `source:select:${id}`, group: 'sources', titleKey: 'actions.selectSource', titleValues: () => ({ name }), paletteFirst: true,
      enabled: () => !hasPicture(kind) || shows.scene?.items.some((each) => each.sourceId === id) === true,
      run: () => select(id),
    })),
    ...here().map(({ id, name }): StudioAction => ({
      id: `source:show:${id}`, group: 'sources', titleKey: 'actions.showSource', titleValues: () => ({ name }), run: () => toggleVisible(id),
    })),
    ...(shows.show?.sources ?? []).flatMap(countdownActions),
  ]

  /** The sources of the scene that is worked on. */
  function here(): Source[] {
    const ids = new Set(shows.scene?.items.map((each) => each.sourceId))
    return shows.show?.sources.filter(({ id }) => ids.has(id)) ?? []
  }

  function toggleVisible(sourceId: string): void {
    const places = shows.scene?.items.filter((each) => each.sourceId === sourceId) ?? []
    shows.edit(changeItems(places.map(({ id }) => id), { visible: !places.some((each) => each.visible) }))
  }

  function countdownActions(source: Source): StudioAction[] {
    if (source.kind !== 'countdown' || source.mode !== 'duration') return []
    const common = { group: 'sources', titleValues: () => ({ name: source.name }) } as const
    const change = (run: ReturnType<typeof reset>) => shows.edit(changeSource({ ...source, ...run }))
    return [
      {
        ...common, id: `source:countdown:${source.id}`, titleKey: 'actions.countdown', enabled: () => timeLeftMs(source, clock.now()) > 0,
        run: () => change(isCounting(source, clock.now()) ? paused(source, clock.now()) : started(source, clock.now())),
      },
      { ...common, id: `source:countdown-reset:${source.id}`, titleKey: 'actions.countdownReset', run: () => change(reset()) },
    ]
  }

  function select(sourceId: string): void {
    shows.selectedId = shows.scene?.items.findLast((each) => each.sourceId === sourceId)?.id ?? sourceId
    document.querySelector<HTMLElement>(`[data-source="${CSS.escape(sourceId)}"] .name`)?.focus()
  }
}
