import { z } from 'zod'
import { combination } from '../domain/hotkeys.ts'
import { call, nothing, service } from './service.ts'

/** Whether keys work while another window is in front, and which of them do. */
export const globalKeysState = z.object({
  /** `window-only`: this host cannot; `portal`: the system (Wayland) asks the user for its consent and may name other keys. */
  host: z.enum(['can', 'portal', 'window-only']),
  working: z.array(combination),
  /** What the system did not give: another program has it, or it has no name for it. */
  refused: z.array(combination),
})
export type GlobalKeysState = z.infer<typeof globalKeysState>

/** Keys that work while another window is in front. The page knows what they do; main only hears them. */
export const hotkeys = service('hotkeys', {
  calls: {
    /** From now on exactly these. */
    setGlobal: call(z.object({ combinations: z.array(combination).max(200) }), nothing),
  },
  topics: {
    state: globalKeysState,
    /** `count` rises by one with every press; what was pressed before a page came is not for it. */
    pressed: z.object({ combination: z.string(), count: z.int() }),
  },
})
