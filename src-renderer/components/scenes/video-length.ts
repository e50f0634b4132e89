/** How long a video is, ms; null where the browser cannot tell. */
export function videoLengthMs(file: File): Promise<number | null> {
  const url = URL.createObjectURL(file)
  const video = document.createElement('video')
  video.preload = 'metadata'
  const length = new Promise<number | null>((resolve) => {
    video.addEventListener('loadedmetadata', () => resolve(Number.isFinite(video.duration) ? video.duration * 1000 : null))
    video.addEventListener('error', () => resolve(null))
  })
  video.src = url
  return length.finally(() => URL.revokeObjectURL(url))
}
