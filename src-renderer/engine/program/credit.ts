/**
 * Decides what may go out, so that never more bytes are on the way than main has granted. Without credit, video is
 * dropped up to the next key frame and sound waits in a small queue; nothing else waits, so memory stays bounded.
 */
export class CreditGate {
  #creditBytes = 0
  #waitsForKey = true
  /** What the last refused key frame would have taken, so that the next is asked for only when it can pass. */
  #keyFrameBytes = 0
  #waiting: Uint8Array<ArrayBuffer>[] = []
  /** How many sounds there are: as much more may wait. */
  sounds = 1
  videoDropped = 0
  audioDropped = 0

  constructor(
    private readonly send: (message: Uint8Array<ArrayBuffer>) => void,
    /** Called when video was dropped and there is credit again: only a key frame can follow. */
    private readonly wantKeyFrame: () => void,
    /** Of each sound: about 0.7 s of AAC at 48 kHz. */
    private readonly maxAudioWaiting = 32,
  ) {}

  get creditBytes(): number {
    return this.#creditBytes
  }

  grant(bytes: number): void {
    this.#creditBytes += bytes
    let next = this.#waiting[0]
    while (next && next.length <= this.#creditBytes) {
      this.#waiting.shift()
      this.#sendNow(next)
      next = this.#waiting[0]
    }
    if (this.#waitsForKey && this.#creditBytes > this.#keyFrameBytes) this.wantKeyFrame()
  }

  /** Whether a video packet of this size will be taken; counts it as dropped if not. Ask before copying its bytes. */
  admitsVideo(key: boolean, messageBytes: number): boolean {
    if (this.#waitsForKey && !key) {
      this.videoDropped++
      return false
    }
    if (messageBytes > this.#creditBytes) {
      this.videoDropped++
      this.#waitsForKey = true
      if (key) this.#keyFrameBytes = messageBytes
      return false
    }
    return true
  }

  sendVideo(message: Uint8Array<ArrayBuffer>): void {
    this.#waitsForKey = false
    this.#sendNow(message)
  }

  sendAudio(message: Uint8Array<ArrayBuffer>): void {
    if (this.#waiting.length === 0 && message.length <= this.#creditBytes) return this.#sendNow(message)
    this.#waiting.push(message)
    if (this.#waiting.length > this.maxAudioWaiting * this.sounds) {
      this.#waiting.shift()
      this.audioDropped++
    }
  }

  /** Headers are few, small and never dropped. They may overdraw. */
  sendHeaders(message: Uint8Array<ArrayBuffer>): void {
    this.#sendNow(message)
  }

  /** The connection is new: nothing is granted, and only a key frame can be first. */
  reset(): void {
    this.#creditBytes = 0
    this.#waitsForKey = true
    this.#keyFrameBytes = 0
    this.#waiting = []
  }

  /** Coding has started anew on the same connection. */
  expectKeyFrame(): void {
    this.#waitsForKey = true
  }

  #sendNow(message: Uint8Array<ArrayBuffer>): void {
    this.#creditBytes -= message.length
    this.send(message)
  }
}
