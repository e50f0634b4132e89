import type { RTCPeerConnection } from 'werift'

/** Opens a channel and acknowledges it (RFC 8832 section 8.1); these must arrive. */
const DCEP = 50

interface Chunk {
  protocol: number
  abandoned: boolean
  retransmit: boolean
}

/**
 * Makes a connection give up what got lost instead of sending it again. werift 0.24.4 takes `maxRetransmits: 0` for no limit, and
 * with any other limit gives up the oldest chunk in place of the lost one. Right for messages of a single chunk (up to 1200 bytes).
 */
export function sendOnce(connection: RTCPeerConnection): void {
  const association: object | undefined = connection.sctpTransport?.sctp
  if (!association || !('maybeAbandon' in association)) throw new Error('this werift gives up lost messages in another way')
  association.maybeAbandon = (chunk: Chunk): boolean => {
    if (chunk.protocol === DCEP) return false
    chunk.abandoned = true
    chunk.retransmit = false
    return true
  }
}
