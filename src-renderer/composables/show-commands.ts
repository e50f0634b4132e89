import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useBridge } from '../base/given.ts'
import { exportShow, importShow, useFileProgress } from '../components/shows/show-files.ts'
import { useBroadcastStore } from '../stores/broadcast-store.ts'
import { useNoticesStore } from '../stores/notices-store.ts'
import { useShowStore } from '../stores/show-store.ts'
import { chooseFile } from './add-source.ts'
import { saveText } from './save-text.ts'

/** What is done with whole shows. Changing shows while live would change what viewers see, so whoever offers it looks at `live`. */
export function useShowCommands() {
  const { t } = useI18n()
  const bridge = useBridge()
  const shows = useShowStore()
  const broadcast = useBroadcastStore()
  const notices = useNoticesStore()
  const files = useFileProgress()
  const live = computed(() => broadcast.status.live)
  const name = computed(() => shows.show?.name || t('shows.unnamed'))
  const others = computed(() => shows.summaries.filter((each) => each.id !== shows.show?.id).map((each) => ({ id: each.id, name: each.name || t('shows.unnamed') })))

  async function importFile(): Promise<void> {
    const file = await chooseFile('application/json,.json,.jsonl')
    if (!file) return
    shows.flush()
    const showId = await notices.guard(() => files.during('import', (progress) => importShow(bridge.shows, file, progress)))
    if (showId) await shows.open(showId)
  }

  async function exportFile(): Promise<void> {
    const showId = shows.show?.id
    if (!showId) return
    shows.flush()
    const file = await notices.guard(() => files.during('export', (progress) => exportShow(bridge.shows, showId, progress)))
    if (file) saveText(file.fileName, file.parts, 'application/jsonl')
  }

  async function duplicate(): Promise<void> {
    const showId = shows.show?.id
    if (!showId) return
    shows.flush()
    const copy = await notices.guard(() => bridge.shows.duplicate({ showId, name: t('showTools.copyOf', { name: name.value }).slice(0, 200) }))
    if (copy) await shows.open(copy.id)
  }

  /** The next one is opened, or a new one. */
  async function remove(): Promise<void> {
    const showId = shows.show?.id
    if (!showId) return
    // What still waits to be saved would bring it back.
    shows.flush()
    await notices.guard(async () => {
      await bridge.shows.remove({ showId })
      await shows.load()
    })
  }

  return { live, name, others, create: () => shows.create(t('shows.unnamed')), open: (showId: string) => shows.open(showId), importFile, exportFile, duplicate, remove }
}
