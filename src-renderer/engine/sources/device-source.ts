import type { Source, SourceOf } from '@shared/domain/source.ts'
import { type DeviceName, realDevice } from './device-use.ts'
import { mediaFailure } from './media-failure.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

/** Another program lets go of a device without any event: while it is busy it is tried again this often. */
const BUSY_RETRY_MS = 5000
/** A plug that has come loose is in again by then. */
const STAND_IN_AFTER_MS = 2000

type DeviceSource = SourceOf<'camera'> | SourceOf<'microphone'>

/** What differs between a camera and a microphone. */
export interface DeviceKind<S extends DeviceSource> {
  deviceKind: 'videoinput' | 'audioinput'
  constraints(source: S, deviceId: string): MediaStreamConstraints
  /** Whether the device must be opened anew for this change. */
  sameCapture(before: S, after: S): boolean
  /** Hands the stream on. */
  use(source: S, stream: MediaStream, context: SourceContext): void
  /** Takes it back. */
  drop(source: S, context: SourceContext): void
}

/**
 * A camera or microphone: opened by id, or by label when the id has changed (ids are new after clearing site data, and
 * on another port for some drivers). When it ends, another device takes its place after a while, unless the source says
 * otherwise; its own is opened again as soon as it is listed again.
 */
export function startDevice<S extends DeviceSource>(initial: S, kind: DeviceKind<S>, context: SourceContext): SourceRunner {
  const { deviceUse } = context
  const sourceId = initial.id
  let source = initial
  let stream: MediaStream | null = null
  let run = 0
  /** The device that the user's choice led to; null until it was open. */
  let own: DeviceName | null = null
  let standing = false
  let callOffTimer: (() => void) | null = null

  const home = (): { deviceId: string; deviceLabel: string } => (own && source.standIn !== false ? { deviceId: own.deviceId, deviceLabel: own.label } : source)
  const findHome = (): Promise<string> => findDevice(home(), kind.deviceKind, context, (device) => deviceUse.isTaken(sourceId, kind.deviceKind, device))
  const later = (delayMs: number, act: () => void): void => {
    callOffTimer?.()
    callOffTimer = context.clock.after(delayMs, () => {
      callOffTimer = null
      act()
    })
  }

  const release = (): void => {
    run++
    standing = false
    callOffTimer?.()
    callOffTimer = null
    stopTracks(stream)
    stream = null
    deviceUse.closed(sourceId)
  }

  /** Opens a device; null when something else was wanted meanwhile. */
  const take = async (deviceId: string): Promise<MediaStream | null> => {
    const mine = run
    const opened = await context.devices.getUserMedia(kind.constraints(source, deviceId))
    if (mine === run) return opened
    stopTracks(opened)
    return null
  }

  const use = (opened: MediaStream, isStandIn: boolean): void => {
    release()
    const mine = run
    stream = opened
    standing = isStandIn
    const track = opened.getTracks()[0]
    const label = track?.label ?? ''
    track?.addEventListener('ended', () => {
      if (mine === run) lose({ condition: 'ended', evidence: 'the device went away' })
    })
    remember({ deviceId: track?.getSettings?.().deviceId ?? '', label }, isStandIn)
    kind.use(source, opened, context)
    context.tell(sourceId, { condition: 'active', label, hasAudio: kind.deviceKind === 'audioinput', standIn: isStandIn })
  }

  /** The default is another device tomorrow: which one it is now is what counts. */
  const remember = (device: DeviceName, isStandIn: boolean): void => {
    const mine = run
    const keep = (known: DeviceName): void => {
      if (mine !== run) return
      if (!isStandIn) own = known
      deviceUse.opened(sourceId, known)
    }
    keep(device)
    context.devices.enumerateDevices().then((listed) => keep(realDevice(listed, kind.deviceKind, device)), () => {})
  }

  const open = async (): Promise<void> => {
    release()
    const mine = run
    context.tell(sourceId, { condition: 'starting' })
    try {
      const opened = await take(await findHome())
      if (opened) use(opened, false)
    } catch (error) {
      if (mine === run) lose(mediaFailure(error))
    }
  }

  const lose = (news: { condition: ReturnType<typeof mediaFailure>['condition']; evidence: string }): void => {
    release()
    kind.drop(source, context)
    context.tell(sourceId, { condition: news.condition, evidence: news.evidence })
    if (news.condition === 'busy') later(BUSY_RETRY_MS, () => void open())
    else if (mayStandIn() && (news.condition === 'ended' || news.condition === 'missing')) later(STAND_IN_AFTER_MS, () => void openStandIn())
  }

  /** Only for a device that was in use: at the start the user sees at once that it is missing. */
  const mayStandIn = (): boolean => own !== null && source.standIn !== false

  const openStandIn = async (): Promise<void> => {
    const wasStanding = standing
    release()
    const mine = run
    if (await findHome().then(() => true, () => false)) return mine === run ? open() : undefined
    const listed = await context.devices.enumerateDevices().catch(() => [])
    for (const device of deviceUse.standIns(sourceId, kind.deviceKind, listed)) {
      if (mine !== run) return
      // From here on no other source that looks for one takes it.
      deviceUse.opened(sourceId, device)
      const opened = await take(device.deviceId).catch(() => null)
      if (opened) return use(opened, true)
    }
    if (mine !== run) return
    deviceUse.closed(sourceId)
    if (wasStanding) lose({ condition: 'ended', evidence: 'no device to stand in' })
  }

  /** What stands in goes on until the own device really gives something. */
  const goHome = async (deviceId: string): Promise<void> => {
    const mine = run
    try {
      const opened = await take(deviceId)
      if (opened) use(opened, false)
    } catch {
      if (mine === run) later(BUSY_RETRY_MS, onDevices)
    }
  }

  const onDevices = (): void => {
    if (stream && !standing) return
    const mine = run
    void findHome().then(
      (deviceId) => {
        if (mine !== run) return
        if (standing) void goHome(deviceId)
        // Only when it is there: trying in vain would turn "missing" into flicker.
        else if (deviceId !== '' || source.deviceId === '') void open()
      },
      () => {
        if (mine === run && !stream && mayStandIn() && callOffTimer === null) void openStandIn()
      },
    )
  }

  deviceUse.want(sourceId, kind.deviceKind, wantedOf(source))
  void open()
  return {
    update(next: Source) {
      if (next.kind !== source.kind) return false
      const before = source
      source = next as S
      const isOther = JSON.stringify(wantedOf(before)) !== JSON.stringify(wantedOf(source))
      if (isOther) own = null
      deviceUse.want(sourceId, kind.deviceKind, wantedOf(source))
      if (!kind.sameCapture(before, source)) void (standing && !isOther ? openStandIn() : open())
      else if (before.standIn !== source.standIn && (standing || !stream)) void open()
      return true
    },
    async restart() {
      if (standing) return openStandIn()
      own = null
      return open()
    },
    onDevices,
    stop() {
      release()
      deviceUse.gone(sourceId)
      kind.drop(source, context)
    },
  }
}

const wantedOf = ({ deviceId, deviceLabel }: DeviceSource): DeviceName => ({ deviceId, label: deviceLabel })

function stopTracks(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

/** The id to open: the saved one if listed, else that of the same label, else '' for the system's default. Throws NotFoundError. */
export async function findDevice(
  source: { deviceId: string; deviceLabel: string },
  deviceKind: MediaDeviceKind,
  context: Pick<SourceContext, 'devices'>,
  isTaken: (device: DeviceName) => boolean = () => false,
): Promise<string> {
  if (source.deviceId === '' && source.deviceLabel === '') return ''
  const listed = (await context.devices.enumerateDevices()).filter((device) => device.kind === deviceKind)
  if (listed.some((device) => device.deviceId === source.deviceId && source.deviceId !== '')) return source.deviceId
  const byLabel = listed.find((device) => device.label !== '' && device.label === source.deviceLabel && !isTaken(device))
  if (byLabel) return byLabel.deviceId
  // Before the first permission the list has no ids and no labels: then only asking can tell.
  if (listed.length > 0 && listed.every((device) => device.deviceId === '' && device.label === '')) return source.deviceId
  throw new DOMException('the device is not connected', 'NotFoundError')
}
