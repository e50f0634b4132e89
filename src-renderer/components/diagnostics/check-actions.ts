import { z } from 'zod'
import { capturedDevice } from '@shared/contracts/studio.ts'
import type { CheckAction, CheckState, Finding } from '@shared/domain/diagnostics.ts'
import { encoding } from '@shared/domain/encoding.ts'
import { useBridge } from '../../base/given.ts'
import { changeEncoding } from '../../show-editing/show-edits.ts'
import { useBroadcastStore } from '../../stores/broadcast-store.ts'
import { useDiagnosticsStore } from '../../stores/diagnostics-store.ts'
import { useNavigationStore } from '../../stores/navigation-store.ts'
import { useNoticesStore } from '../../stores/notices-store.ts'
import { useShowStore } from '../../stores/show-store.ts'
import { useWindowStore } from '../../stores/window-store.ts'
import { GUIDE } from './guide.ts'

const recommendation = z.object({ kbps: encoding.shape.videoKbps, width: encoding.shape.width, height: encoding.shape.height, frameRate: encoding.shape.frameRate })

/** What a finding recommends for the show; null = nothing, or nothing that can be set. */
export const recommended = ({ data }: Pick<Finding, 'data'>): z.infer<typeof recommendation> | null => recommendation.safeParse(data?.['recommended']).data ?? null

/** What has a button beside this finding. Where the host cannot open the system's settings, the advice says the way there. */
export const buttonsOf = (finding: Finding, { privacySettings = false }: { privacySettings?: boolean | undefined } = {}): CheckAction[] =>
  (finding.actions ?? []).filter((each) => (each !== 'open-privacy-settings' || privacySettings) && (each !== 'apply-preset' || recommended(finding) !== null))

/** Does what a finding's button promises. */
export function useCheckActions(): (action: CheckAction, state: CheckState) => void {
  const diagnostics = useDiagnosticsStore()
  const broadcast = useBroadcastStore()
  const navigation = useNavigationStore()
  const shows = useShowStore()
  const dialogs = useWindowStore()
  const notices = useNoticesStore()
  const bridge = useBridge()

  function toStudio(about: string | undefined): void {
    navigation.show('studio')
    const item = shows.scene?.items.find(({ sourceId }) => sourceId === about)
    if (item) shows.selectedId = item.id
  }

  /** On air only the rate can change. */
  function apply(finding: Finding): void {
    const [wanted, now] = [recommended(finding), shows.show?.encoding]
    if (!wanted || !now) return
    const { kbps: videoKbps, ...size } = wanted
    shows.edit(changeEncoding({ ...now, ...(!broadcast.status.live && size), videoKbps }))
  }

  return (action, { name, group, finding }) => {
    const device = capturedDevice.safeParse(group).data
    if (action === 'open-privacy-settings' && device) void notices.guard(() => bridge.studio.openPrivacySettings({ device }))
    if (action === 'again') void diagnostics.start([name])
    if (action === 'choose-device') {
      diagnostics.tab = 'guide'
      diagnostics.stepId = GUIDE.find(({ id, checks, extras }) => id !== 'connection' && (checks.includes(name) || extras.includes(name)))?.id ?? (GUIDE.some(({ id }) => id === group) ? group : 'connection')
      // Once the step is there.
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-role="${diagnostics.stepId}"] [role="combobox"]`)?.focus())
    }
    if (action === 'go-to-source' || action === 'unmute' || action === 'go-to-destination') toStudio(finding?.about)
    if (action === 'go-to-settings') dialogs.openSettings()
    if (action === 'free-disk') navigation.show('recordings')
    if (action === 'apply-preset' && finding) apply(finding)
  }
}
