import mpegts from 'mpegts.js'

/** Plays HTTP-FLV with as little delay as the network allows; keeps itself near the live edge. */
export interface FlvPlayer {
  close(): void
}

/** Seconds of buffer above which playback catches up, and what it then aims for. */
const LATENCY_MAX_SECONDS = 1.2
const LATENCY_TARGET_SECONDS = 0.3

/** `onEnd` is called once when the stream ends or breaks; a new player is then needed. */
export function playFlv(video: HTMLVideoElement, url: string, onEnd: () => void): FlvPlayer {
  mpegts.LoggingControl.enableAll = false
  const player = mpegts.createPlayer(
    { type: 'flv', isLive: true, url },
    {
      enableWorker: false, enableStashBuffer: false, autoCleanupSourceBuffer: true, lazyLoad: false,
      liveBufferLatencyChasing: true, liveBufferLatencyMaxLatency: LATENCY_MAX_SECONDS, liveBufferLatencyMinRemain: LATENCY_TARGET_SECONDS,
    },
  )
  let closed = false
  function ended(): void {
    if (closed) return
    closed = true
    onEnd()
  }
  player.on(mpegts.Events.ERROR, ended)
  player.on(mpegts.Events.LOADING_COMPLETE, ended)
  player.attachMediaElement(video)
  player.load()
  // Muted playback needs no gesture; a refusal to play shows as a picture that does not start.
  void Promise.resolve(player.play()).catch(() => {})
  return {
    close() {
      closed = true
      player.destroy()
    },
  }
}
