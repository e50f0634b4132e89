import { inject } from 'vue'
import type { App, InjectionKey } from 'vue'
import type { Bridge } from '../bridge/bridge.types.ts'
import { CheckAids } from '../engine/diagnostics/measure/check-aids.ts'
import type { Engine } from '../engine/engine.types.ts'
import type { PageClock } from './page-clock.ts'

/** What the page is given from outside; tests and the dev page give fakes. */
export interface Given {
  bridge: Bridge
  engine: Engine
  clock: PageClock
  /** Shared with the page's checks; absent = nobody checks. */
  checkAids?: CheckAids
}

const bridgeKey: InjectionKey<Bridge> = Symbol('bridge')
const engineKey: InjectionKey<Engine> = Symbol('engine')
const clockKey: InjectionKey<PageClock> = Symbol('clock')
const checkAidsKey: InjectionKey<CheckAids> = Symbol('check aids')

export function give(app: App, given: Given): void {
  app.provide(bridgeKey, given.bridge)
  app.provide(engineKey, given.engine)
  app.provide(clockKey, given.clock)
  app.provide(checkAidsKey, given.checkAids ?? new CheckAids())
}

function needed<T>(key: InjectionKey<T>): T {
  const value = inject(key)
  if (value === undefined) throw new Error(`${key.description ?? 'value'} was not given to the page`)
  return value
}

/** The typed door to main. For stores and composables. */
export const useBridge = (): Bridge => needed(bridgeKey)
/** The engine itself; holds media, so it stays out of the stores. */
export const useEngine = (): Engine => needed(engineKey)
export const useClock = (): PageClock => needed(clockKey)
/** What the window and the checks of its page share: the last voice recording, the screen for flashes. */
export const useCheckAids = (): CheckAids => needed(checkAidsKey)
