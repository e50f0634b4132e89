import type { Encoding } from '@shared/domain/encoding.ts'
import type { Show } from '@shared/domain/show.ts'

/** The second canvas keeps the beat of the mix while it has the same, and always its sound and key frames. It is only changed before it is sent. */
export function secondFollows(show: Show, before: Encoding, { frameRate, keyFrameSeconds, audioKbps }: Encoding): Show {
  const { second } = show
  if (!second) return show
  const same = second.encoding.frameRate === before.frameRate
  return { ...show, second: { ...second, encoding: { ...second.encoding, keyFrameSeconds, audioKbps, ...(same && { frameRate }) } } }
}
