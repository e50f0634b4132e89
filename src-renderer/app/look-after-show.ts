import type { Bridge } from '../bridge/bridge.types.ts'
import type { Engine } from '../engine/engine.types.ts'

/** `navigator.getBattery`, which the type library does not know. */
interface BatteryManager extends EventTarget {
  readonly charging: boolean
  readonly level: number
}

/** Does the page's part of looking after a show: starts sources again that main finds dead, and tells main of the battery. */
export function lookAfterShow(bridge: Bridge, engine: Pick<Engine, 'restartSource'>): void {
  // What was asked of an earlier load of the page is not asked of this one.
  let done: number | null = null
  const stop = bridge.engine.watch('restart', ({ count, sourceId }) => {
    if (done !== null && count > done && sourceId !== null) void engine.restartSource(sourceId).catch(() => {})
    done = count
  })
  bridge.onLost(stop)
  void followBattery(bridge).catch(() => {})
}

async function followBattery({ watchdogs }: Bridge): Promise<void> {
  const battery = await (navigator as Navigator & { getBattery?(): Promise<BatteryManager> }).getBattery?.()
  if (!battery) return
  const tell = (): void => void watchdogs.battery({ onBattery: !battery.charging, percent: battery.level * 100 }).catch(() => {})
  for (const event of ['chargingchange', 'levelchange']) battery.addEventListener(event, tell)
  tell()
}
