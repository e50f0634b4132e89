import type { Bridge } from '../bridge/bridge.types.ts'
import type { Engine } from '../engine/engine.types.ts'

/**
 * Once main no longer listens to this page, nothing in it composes, holds a camera or knocks at main's door:
 * another window may be the studio now, on the same computer and with the same devices.
 */
export function closeWhenLost(bridge: Pick<Bridge, 'onLost'>, engine: Pick<Engine, 'close'>): void {
  bridge.onLost(() => void engine.close().catch(() => {}))
}
