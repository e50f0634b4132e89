import type { Source, SourceOf } from '@shared/domain/source.ts'
import { mediaFailure } from './media-failure.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

/** Another program lets go of a device without any event: while it is busy it is tried again this often. */
const BUSY_RETRY_MS = 5000

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
 * on another port for some drivers). When it ends it is opened again as soon as the device is listed again.
 */
export function startDevice<S extends DeviceSource>(initial: S, kind: DeviceKind<S>, context: SourceContext): SourceRunner {
  let source = initial
  let stream: MediaStream | null = null
  let run = 0
  let callOffRetry = (): void => {}

  const release = (): void => {
    run++
    callOffRetry()
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = null
  }

  const open = async (): Promise<void> => {
    release()
    const mine = run
    const wanted = source
    context.tell(source.id, { condition: 'starting' })
    try {
      const deviceId = await findDevice(wanted, kind.deviceKind, context)
      const opened = await context.devices.getUserMedia(kind.constraints(wanted, deviceId))
      if (mine !== run) {
        for (const track of opened.getTracks()) track.stop()
        return
      }
      stream = opened
      const track = opened.getTracks()[0]
      track?.addEventListener('ended', () => {
        if (mine === run) lose({ condition: 'ended', evidence: 'the device went away' })
      })
      kind.use(wanted, opened, context)
      context.tell(source.id, { condition: 'active', label: track?.label ?? '', hasAudio: kind.deviceKind === 'audioinput' })
    } catch (error) {
      if (mine === run) lose(mediaFailure(error))
    }
  }

  const lose = (news: { condition: ReturnType<typeof mediaFailure>['condition']; evidence: string }): void => {
    release()
    kind.drop(source, context)
    context.tell(source.id, { condition: news.condition, evidence: news.evidence })
    if (news.condition === 'busy') callOffRetry = context.clock.after(BUSY_RETRY_MS, () => void open())
  }

  void open()
  return {
    update(next: Source) {
      if (next.kind !== source.kind) return false
      const before = source
      source = next as S
      if (!kind.sameCapture(before, source)) void open()
      return true
    },
    restart: open,
    onDevices() {
      if (stream) return
      // Only when it is there: trying in vain would turn "missing" into flicker.
      void findDevice(source, kind.deviceKind, context).then(
        (deviceId) => {
          if (!stream && (deviceId !== '' || source.deviceId === '')) void open()
        },
        () => {},
      )
    },
    stop() {
      release()
      kind.drop(source, context)
    },
  }
}

/** The id to open: the saved one if listed, else that of the same label, else '' for the system's default. Throws NotFoundError. */
export async function findDevice(
  source: { deviceId: string; deviceLabel: string },
  deviceKind: MediaDeviceKind,
  context: Pick<SourceContext, 'devices'>,
): Promise<string> {
  if (source.deviceId === '' && source.deviceLabel === '') return ''
  const listed = (await context.devices.enumerateDevices()).filter((device) => device.kind === deviceKind)
  if (listed.some((device) => device.deviceId === source.deviceId && source.deviceId !== '')) return source.deviceId
  const byLabel = listed.find((device) => device.label !== '' && device.label === source.deviceLabel)
  if (byLabel) return byLabel.deviceId
  // Before the first permission the list has no ids and no labels: then only asking can tell.
  if (listed.length > 0 && listed.every((device) => device.deviceId === '' && device.label === '')) return source.deviceId
  throw new DOMException('the device is not connected', 'NotFoundError')
}
