import type { IceServer } from '@shared/contracts/whip.ts'
import type { WhipOptions } from '@shared/domain/destination.ts'
import { isTurn } from '@shared/domain/ice-server-address.ts'
import type { Secret } from '../../base/secret.ts'

/** The user's own STUN and TURN servers, as RTCPeerConnection takes them. TURN without user or secret is left out: it would throw. */
export function ownIceServers({ iceServers, iceUser }: Pick<WhipOptions, 'iceServers' | 'iceUser'>, secret: Secret): IceServer[] {
  const [turn, stun] = [iceServers.filter(isTurn), iceServers.filter((each) => !isTurn(each))]
  const mayRelay = turn.length > 0 && iceUser !== '' && !secret.isEmpty
  return [...(stun.length > 0 ? [{ urls: stun }] : []), ...(mayRelay ? [{ urls: turn, username: iceUser, credential: secret.reveal() }] : [])]
}
