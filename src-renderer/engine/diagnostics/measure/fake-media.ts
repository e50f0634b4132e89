import { FakeStream, FakeTrack } from '../../sources/fake-context.ts'
import type { ListedDevice } from './device-changes.ts'

/** A track of a listed device. */
export class FakeDeviceTrack extends FakeTrack {
  constructor(readonly device: ListedDevice) {
    super(device.kind === 'videoinput' ? 'video' : 'audio', device.label)
  }
  get readyState(): 'live' | 'ended' {
    return this.stopped ? 'ended' : 'live'
  }
  getSettings = () => ({ deviceId: this.device.deviceId, groupId: this.device.groupId })
}

/** Devices that a test puts in and takes out. */
export class FakeMedia extends EventTarget {
  /** Tracks that were handed out. */
  readonly opened: FakeDeviceTrack[] = []
  /** Thrown by the next openings, in order. */
  readonly failures: unknown[] = []
  /** Never answers while true. */
  silent = false
  listeners = 0

  constructor(public listed: ListedDevice[]) {
    super()
  }

  enumerateDevices = async (): Promise<MediaDeviceInfo[]> => this.listed as MediaDeviceInfo[]
  getDisplayMedia = (): Promise<MediaStream> => Promise.reject(new DOMException('no gesture', 'InvalidStateError'))

  getUserMedia = async (wish: MediaStreamConstraints): Promise<MediaStream> => {
    if (this.silent) await new Promise(() => {})
    if (this.failures.length > 0) throw this.failures.shift()
    const kind = wish.video ? 'videoinput' : 'audioinput'
    const { deviceId } = (wish.video || wish.audio) as { deviceId?: { exact: string } }
    const device = this.listed.find((each) => each.kind === kind && (deviceId === undefined || each.deviceId === deviceId.exact))
    if (!device) throw deviceId ? new DOMException('', 'OverconstrainedError') : new DOMException('Requested device not found', 'NotFoundError')
    const track = new FakeDeviceTrack(device)
    this.opened.push(track)
    return new FakeStream([track]) as unknown as MediaStream
  }

  put(...devices: ListedDevice[]): void {
    this.listed = [...this.listed, ...devices]
    this.dispatchEvent(new Event('devicechange'))
  }

  /** Ends its tracks, as pulling it out does. */
  take(deviceId: string): void {
    this.listed = this.listed.filter((each) => each.deviceId !== deviceId)
    for (const track of this.opened) if (track.device.deviceId === deviceId && !track.stopped) track.end()
    this.dispatchEvent(new Event('devicechange'))
  }

  override addEventListener(type: string, listener: EventListenerOrEventListenerObject | null): void {
    this.listeners++
    super.addEventListener(type, listener)
  }
  override removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null): void {
    this.listeners--
    super.removeEventListener(type, listener)
  }
}
