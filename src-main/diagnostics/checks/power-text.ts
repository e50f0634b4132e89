/** How the computer is powered, as far as it tells. */
export interface Power {
  /** null = there is none. */
  battery: { percent: number; onBattery: boolean } | null
  /** The user or the system chose to save power. */
  saving: boolean
}

/** One entry of Linux's `/sys/class/power_supply` (Documentation/ABI/testing/sysfs-class-power). */
export interface PowerSupply {
  type: string
  /** `Device` = of a mouse or a headset. */
  scope: string
  status: string
  /** Percent; NaN where it does not tell. */
  capacity: number
}

export function powerOfSupplies(supplies: readonly PowerSupply[], profile: string): Power {
  const own = supplies.find(({ type, scope, capacity }) => type === 'Battery' && scope !== 'Device' && Number.isFinite(capacity))
  return { battery: own ? { percent: own.capacity, onBattery: own.status === 'Discharging' } : null, saving: profile === 'low-power' || profile === 'quiet' }
}

/** macOS: `pmset -g batt` and `pmset -g`. null = it said something else. */
export function powerInPmset(battery: string, settings: string): Power | null {
  const source = /Now drawing from '([^']+)'/.exec(battery)?.[1]
  if (source === undefined) return null
  const percent = /InternalBattery.*?(\d{1,3})%/.exec(battery)?.[1]
  return { battery: percent === undefined ? null : { percent: Number(percent), onBattery: source === 'Battery Power' }, saving: /lowpowermode\s+1/.test(settings) }
}

/** Windows: `Win32_Battery` as `charge;status`; status 1 = discharging, 4 and 5 = low and critical. Empty = no battery. */
export function powerInWin32(text: string): Power | null {
  const line = text.trim()
  if (line === '') return { battery: null, saving: false }
  const [, percent, status] = /^(\d{1,3});(\d+)/.exec(line) ?? []
  return percent === undefined ? null : { battery: { percent: Number(percent), onBattery: ['1', '4', '5'].includes(status ?? '') }, saving: false }
}
