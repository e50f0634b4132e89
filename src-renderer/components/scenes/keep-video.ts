import { useI18n } from 'vue-i18n'
import { StudioError } from '@shared/domain/errors.ts'
import { toBase64 } from '../../base/base64.ts'
import { useBridge } from '../../base/given.ts'
import { useNoticesStore } from '../../stores/notices-store.ts'

/** What main takes as one file. */
const MAX_VIDEO_BYTES = 25 * 1024 * 1024
const VIDEO_TYPES = ['video/webm', 'video/mp4'] as const

/** Keeps a video with the studio. Resolves to nothing when that failed, which the user was told. */
export function useKeepVideo() {
  const { t } = useI18n()
  const bridge = useBridge()
  const notices = useNoticesStore()
  return (file: File): Promise<string | undefined> =>
    notices.guard(async () => {
      const mimeType = VIDEO_TYPES.find((each) => each === file.type)
      if (!mimeType) throw new StudioError('input-invalid', t('scenes.videoTypes'))
      if (file.size > MAX_VIDEO_BYTES) throw new StudioError('input-invalid', t('scenes.videoTooLarge'))
      const { assetId } = await bridge.shows.addAsset({ mimeType, base64: toBase64(new Uint8Array(await file.arrayBuffer())) })
      return assetId
    })
}
