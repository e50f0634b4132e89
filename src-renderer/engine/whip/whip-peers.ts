import type { WhipPeer as Wish } from '@shared/contracts/whip.ts'
import { WhipPeer, type WhipPeerGiven } from './whip-peer.ts'

interface Kept {
  wish: Wish
  peer: WhipPeer
}

/**
 * Has the peers that main wants: makes, changes, restarts and closes them as the `peers` topic says. A peer that failed
 * stays closed until main no longer wants it; trying again is main's, by another id. Returns how to stop.
 */
export function followWhipPeers(given: WhipPeerGiven): () => void {
  const kept = new Map<string, Kept>()

  function follow(wishes: readonly Wish[]): void {
    for (const [peerId, { peer }] of kept) {
      if (wishes.some((wish) => wish.peerId === peerId)) continue
      kept.delete(peerId)
      peer.close()
    }
    for (const wish of wishes) {
      const known = kept.get(wish.peerId)
      if (known) change(known, wish)
      else begin(wish)
    }
  }

  function begin(wish: Wish): void {
    const peer = new WhipPeer(wish, given)
    kept.set(wish.peerId, { wish, peer })
    void peer.start()
  }

  function change(known: Kept, wish: Wish): void {
    const { wish: before, peer } = known
    known.wish = wish
    if (before.maxKbps !== wish.maxKbps || before.audioKbps !== wish.audioKbps || before.degradation !== wish.degradation || JSON.stringify(before.floor) !== JSON.stringify(wish.floor) || before.content !== wish.content) void peer.update(wish)
    if (wish.restart > before.restart) void peer.restart()
  }

  const stopWatching = given.link.watch('peers', follow)
  return () => {
    stopWatching()
    follow([])
  }
}

/** What a browser has for peers. */
export const browserPeers: Pick<WhipPeerGiven, 'makeConnection' | 'capabilities'> = {
  makeConnection: (configuration) => new RTCPeerConnection(configuration),
  capabilities: (kind) => RTCRtpSender.getCapabilities(kind)?.codecs ?? [],
}
