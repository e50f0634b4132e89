/** A device as the browser lists it. Before the first permission both are empty. */
export interface DeviceName {
  deviceId: string
  label: string
}

interface Claim {
  kind: MediaDeviceKind
  /** What the source is set to; both empty = the system's default. */
  wanted: DeviceName
  /** What it has open. */
  open: DeviceName | null
}

type Listed = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'> & { groupId?: string }

/** Entries that stand for another one of the list. */
const ALIASES: ReadonlySet<string> = new Set(['default', 'communications'])
const MAX_REMEMBERED = 20

/** Which devices the sources of a show are set to and have open, and which they had open before. */
export class DeviceUse {
  readonly #claims = new Map<string, Claim>()
  /** The newest first. */
  #before: { kind: MediaDeviceKind; device: DeviceName }[] = []

  want(sourceId: string, kind: MediaDeviceKind, wanted: DeviceName): void {
    this.#claims.set(sourceId, { kind, wanted, open: this.#claims.get(sourceId)?.open ?? null })
  }

  opened(sourceId: string, device: DeviceName): void {
    const claim = this.#claims.get(sourceId)
    if (!claim) return
    claim.open = device
    this.#before = [{ kind: claim.kind, device }, ...this.#before.filter((each) => each.kind !== claim.kind || !isSame(each.device, device))].slice(0, MAX_REMEMBERED)
  }

  closed(sourceId: string): void {
    const claim = this.#claims.get(sourceId)
    if (claim) claim.open = null
  }

  gone(sourceId: string): void {
    this.#claims.delete(sourceId)
  }

  /** Another source of the show has it open, or is set to it. */
  isTaken(sourceId: string, kind: MediaDeviceKind, device: DeviceName): boolean {
    return [...this.#claims].some(([id, claim]) => id !== sourceId && claim.kind === kind && (isSame(claim.wanted, device) || (claim.open !== null && isSame(claim.open, device))))
  }

  /**
   * What may take the place of a source's own device, the best first: those that the show has used before, then the system's default.
   * No other: a camera that nobody has chosen is not put on air.
   */
  standIns(sourceId: string, kind: MediaDeviceKind, listed: readonly Listed[]): DeviceName[] {
    const real = listed.filter((each) => each.kind === kind && !ALIASES.has(each.deviceId))
    const known = this.#before.filter((each) => each.kind === kind).flatMap(({ device }) => real.find((each) => isSame(each, device)) ?? [])
    const usual = real.find((each) => isSame(each, realDevice(listed, kind, { deviceId: 'default', label: '' }))) ?? real[0]
    return [...new Set([...known, ...(usual ? [usual] : [])])].filter((each) => !this.isTaken(sourceId, kind, each)).map(({ deviceId, label }) => ({ deviceId, label }))
  }
}

/** The entry of the list that an alias (`default`) stands for; any other device is itself. */
export function realDevice(listed: readonly Listed[], kind: MediaDeviceKind, device: DeviceName): DeviceName {
  if (!ALIASES.has(device.deviceId)) return device
  const ofKind = listed.filter((each) => each.kind === kind)
  const alias = ofKind.find((each) => each.deviceId === device.deviceId)
  // Chromium names the default "Default - " and the device's own name, in its own language.
  const real = ofKind.find((each) => !ALIASES.has(each.deviceId) && ((alias?.groupId && each.groupId === alias.groupId) || (each.label !== '' && alias?.label.endsWith(each.label))))
  return real ? { deviceId: real.deviceId, label: real.label } : device
}

/** Two devices of one make share their label: it counts only where an id is not known. */
export const isSame = (one: DeviceName, other: DeviceName): boolean =>
  one.deviceId !== '' && other.deviceId !== '' ? one.deviceId === other.deviceId : one.label !== '' && one.label === other.label
