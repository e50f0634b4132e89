type Media = Pick<MediaDevices, 'getUserMedia' | 'getDisplayMedia' | 'enumerateDevices' | 'dispatchEvent'>

/**
 * The devices as the show's sources have them, which checks can borrow the cameras of: a browser gives a camera that is open in one
 * size to nobody in another. For a source a lent camera has gone away and is busy; when it is given back, it is put in again.
 */
export class LendingDevices implements Pick<MediaDevices, 'getUserMedia' | 'getDisplayMedia' | 'enumerateDevices'> {
  readonly #open = new Set<MediaStreamTrack>()
  #borrowers = 0

  constructor(private readonly media: Media) {}

  enumerateDevices = (): Promise<MediaDeviceInfo[]> => this.media.enumerateDevices()
  getDisplayMedia = (wish?: DisplayMediaStreamOptions): Promise<MediaStream> => this.media.getDisplayMedia(wish)

  getUserMedia = async (wish?: MediaStreamConstraints): Promise<MediaStream> => {
    if (!wish?.video) return this.media.getUserMedia(wish)
    this.#refuseWhileLent()
    const stream = await this.media.getUserMedia(wish)
    for (const track of stream.getTracks()) if (this.#borrowers > 0) track.stop()
    this.#refuseWhileLent()
    for (const track of this.#open) if (track.readyState === 'ended') this.#open.delete(track)
    for (const track of stream.getVideoTracks()) this.#open.add(track)
    return stream
  }

  /** Takes the cameras from the sources until the returned function is called. */
  lendCameras = (): (() => void) => {
    this.#borrowers++
    const taken = [...this.#open].filter((track) => track.readyState === 'live')
    this.#open.clear()
    for (const track of taken) {
      track.stop()
      // A track that is stopped by the page ends without saying so.
      track.dispatchEvent(new Event('ended'))
    }
    let isBack = false
    return () => {
      if (isBack) return
      isBack = true
      if (--this.#borrowers === 0) this.media.dispatchEvent(new Event('devicechange'))
    }
  }

  #refuseWhileLent(): void {
    if (this.#borrowers > 0) throw new DOMException('a test of the camera has it', 'NotReadableError')
  }
}
