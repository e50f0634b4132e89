import type { RecordedFile } from '@shared/domain/recording.ts'

export interface RecordingPlayer {
  close(): void
}

const HLS = 'application/vnd.apple.mpegurl'

/** Whether this window can play a format at all; a file may still turn out to be unplayable. */
export function playable(format: RecordedFile['format'], video: Pick<HTMLVideoElement, 'canPlayType'>): boolean {
  return format !== 'hls' || video.canPlayType(HLS) !== ''
}

/** In these the window finds its way only forward. */
export const canJump = (format: RecordedFile['format']): boolean => format !== 'ts' && format !== 'flv'

/** Plays a recording from the studio's own server. `onFailure` is called when it cannot be played. */
export async function playRecording(video: HTMLVideoElement, file: Pick<RecordedFile, 'format' | 'durationMs'>, url: string, onFailure: () => void): Promise<RecordingPlayer> {
  if (file.format !== 'flv' && file.format !== 'ts') {
    video.addEventListener('error', onFailure, { once: true })
    video.src = url
    return {
      close() {
        video.removeEventListener('error', onFailure)
        video.removeAttribute('src')
        video.load()
      },
    }
  }
  const { default: mpegts } = await import('mpegts.js')
  mpegts.LoggingControl.enableAll = false
  const player = mpegts.createPlayer(
    { type: file.format === 'flv' ? 'flv' : 'mpegts', isLive: false, url, ...(file.durationMs === null ? {} : { duration: file.durationMs }) },
    { enableWorker: false, lazyLoad: true, accurateSeek: true },
  )
  player.on(mpegts.Events.ERROR, onFailure)
  player.attachMediaElement(video)
  player.load()
  return { close: () => player.destroy() }
}
