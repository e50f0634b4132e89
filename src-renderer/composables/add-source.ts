import { useI18n } from 'vue-i18n'
import { StudioError } from '@shared/domain/errors.ts'
import { toBase64 } from '../base/base64.ts'
import { useBridge, useClock } from '../base/given.ts'
import { freeName, newItem, newSource } from '../show-editing/new-sources.ts'
import type { NewSource } from '../show-editing/new-sources.ts'
import { placeAgain } from '../show-editing/place-again.ts'
import { addSource } from '../show-editing/show-edits.ts'
import { useEngineStore } from '../stores/engine-store.ts'
import { useNoticesStore } from '../stores/notices-store.ts'
import { useShowStore } from '../stores/show-store.ts'

const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'] as const
type ImageType = (typeof IMAGE_TYPES)[number]
/** 30 MB of picture are 40 MB of base64, which is what main takes. */
const MAX_IMAGE_BYTES = 29_000_000

/** Adds sources to the show, selects them, and does what only a user's gesture may start. */
export function useAddSource() {
  const { t } = useI18n()
  const bridge = useBridge()
  const clock = useClock()
  const shows = useShowStore()
  const engine = useEngineStore()
  const notices = useNoticesStore()

  function add(choice: Omit<NewSource, 'name'> & { name?: string }): string | null {
    if (!shows.show) return null
    const name = freeName(choice.name || t(`sources.kinds.${choice.kind}`), shows.show.sources.map((each) => each.name))
    const source = newSource({ size: { width: shows.show.encoding.width, height: shows.show.encoding.height }, ...choice, name }, clock.newId())
    const item = newItem(source, shows.show.encoding, clock.newId())
    shows.edit(addSource(source, item))
    shows.selectedId = item?.id ?? source.id
    return source.id
  }

  /** A source of another scene, in this one too. */
  function place(sourceId: string): void {
    const itemId = clock.newId()
    shows.edit(placeAgain(sourceId, itemId))
    shows.selectedId = itemId
  }

  /** Cameras and microphones have no names before permission was given once. */
  async function addDevice(kind: 'camera' | 'microphone', deviceId = '', deviceLabel = ''): Promise<void> {
    add({ kind, deviceId, deviceLabel, name: deviceLabel })
    const listed = kind === 'camera' ? engine.devices.cameras : engine.devices.microphones
    if (!listed.some((each) => each.label)) await engine.unlockDevices()
  }

  /** `surface`: what the picker is to offer first. */
  async function addScreen(surface?: NewSource['surface']): Promise<void> {
    const sourceId = add({ kind: 'screen', ...(surface ? { surface, name: t(`sources.kindsOfScreen.${surface}`) } : {}) })
    if (sourceId) await engine.chooseScreen(sourceId)
  }

  async function addImage(file: File): Promise<void> {
    const assetId = await keepImage(file)
    if (assetId) add({ kind: 'image', assetId, name: file.name.replace(/\.[a-z0-9]+$/i, '').slice(0, 200) })
  }

  async function keepImage(file: File): Promise<string | undefined> {
    return notices.guard(async () => {
      if (!isImageType(file.type)) throw new StudioError('input-invalid', t('sources.imageTypes'))
      if (file.size > MAX_IMAGE_BYTES) throw new StudioError('input-invalid', t('sources.imageTooLarge'))
      const { assetId } = await bridge.shows.addAsset({ mimeType: file.type, base64: toBase64(new Uint8Array(await file.arrayBuffer())) })
      return assetId
    })
  }

  return { add, place, addDevice, addScreen, addImage, keepImage }
}

const isImageType = (type: string): type is ImageType => (IMAGE_TYPES as readonly string[]).includes(type)

/** Several files, by the system's file chooser; none when the user gives up. */
export function chooseFiles(accept: string): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.multiple = true
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}

/** Opens the system's file chooser. Resolves to null when the user gives up. */
export function chooseFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
}
