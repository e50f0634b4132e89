/**
 * The composed program as a video track: every frame is handed on as it is, without another composition or copy
 * (`clone` counts references). The window's MediaStreamTrackGenerator made the stream; the frames go from here to the
 * track's readers without touching the window's thread. The sink closes each frame that it takes.
 */
export class ProgramTrack {
  #writer: WritableStreamDefaultWriter<VideoFrame> | null = null
  /** Frames that the track had no room for: its readers stand still. */
  framesSkipped = 0

  get wanted(): boolean {
    return this.#writer !== null
  }

  attach(frames: WritableStream<VideoFrame>): void {
    this.detach()
    const writer = frames.getWriter()
    this.#writer = writer
    // A track that was stopped in the window breaks the stream.
    writer.closed.catch(() => {
      if (this.#writer === writer) this.#writer = null
    })
  }

  /** Ends the track. */
  detach(): void {
    const writer = this.#writer
    this.#writer = null
    writer?.close().catch(() => {})
  }

  /** False when it was not taken. The frame stays the caller's to close. */
  write(frame: VideoFrame): boolean {
    const writer = this.#writer
    if (!writer) return false
    if ((writer.desiredSize ?? 0) <= 0) {
      this.framesSkipped++
      return false
    }
    const handedOn = frame.clone()
    writer.write(handedOn).catch(() => handedOn.close())
    return true
  }
}
