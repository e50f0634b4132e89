import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import type { Reason } from '@shared/domain/errors.ts'
import { useBridge, useClock } from '../../base/given.ts'
import { useDelayMeter } from './delay-meter.ts'
import { WhepPlayer, type WhepState } from './whep-player.ts'

/** Plays a WHEP address in `video`, and measures how far behind the program it is. `state` null = nothing is asked for. */
export function useWhepPlayback(video: Ref<HTMLVideoElement | null>) {
  const [bridge, clock] = [useBridge(), useClock()]
  const state = ref<WhepState | null>(null)
  const reason = ref<Reason | null>(null)
  const { delayMs, forget } = useDelayMeter(video)
  let player: WhepPlayer | null = null

  function stop(): void {
    player?.close()
    player = null
    state.value = null
    reason.value = null
    if (video.value) video.value.srcObject = null
    forget()
  }

  function start(address: string, token: string): void {
    stop()
    player = new WhepPlayer({ address, token }, {
      play: (request) => bridge.whip.play(request),
      clock,
      makeConnection: (configuration) => new RTCPeerConnection(configuration),
      onState(next, why) {
        state.value = next
        reason.value = why
        if (next === 'connecting') forget()
      },
      onStream(stream) {
        const element = video.value
        if (!element || element.srcObject === stream) return
        element.srcObject = stream
        // Muted playback needs no gesture; a refusal to play shows as a picture that does not start.
        void element.play().catch(() => {})
      },
    })
  }

  onScopeDispose(() => player?.close())
  return { state, reason, delayMs, start, stop }
}
