import type { Channel } from '@shared/contracts/messages.ts'

/** Why main no longer listens to this page: it has ended, or a newer load of the page has the studio now. */
export type LossCause = 'ended' | 'replaced'

/** The page's end of a channel: it also knows why it was closed. */
export interface PageChannel extends Omit<Channel, 'onClose'> {
  onClose(handler: (why: LossCause) => void): void
}
