/**
 * The sound of a track leaves later than it was made: the mixer works in buffers of 50 ms, Opus in packets of 20 ms. What it
 * takes to code a picture makes up for some 10 ms of it. Measured at a server (`npm run bench -- whip`): without this, sound
 * was 71 ms late. The stamps that the bus gets take it out by themselves; a track's cannot be set.
 */
const SOUND_DELAY_US = 60_000

/**
 * The composed program as a video track: every frame is handed on as it is, without another composition or copy
 * (`clone` counts references), when its sound leaves. The window's MediaStreamTrackGenerator made the stream; the frames go
 * from here to the track's readers without touching the window's thread. The sink closes each frame that it takes.
 */
export class ProgramTrack {
  #writer: WritableStreamDefaultWriter<VideoFrame> | null = null
  /** Waiting for their sound, oldest first. */
  #held: VideoFrame[] = []
  /** Besides, by how much pictures are held back because all sounds are, µs. As frames: 40 MB for a second of 720p at 30 frames/s. */
  holdUs = 0
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
      if (this.#writer === writer) this.detach()
    })
  }

  /** Ends the track. */
  detach(): void {
    const writer = this.#writer
    this.#writer = null
    for (const frame of this.#held.splice(0)) frame.close()
    writer?.close().catch(() => {})
  }

  /** False when the track has no room. The frame stays the caller's to close. */
  write(frame: VideoFrame): boolean {
    const writer = this.#writer
    if (!writer) return false
    this.#held.push(frame.clone())
    // To the nearest frame.
    const dueUs = frame.timestamp - SOUND_DELAY_US - this.holdUs + (frame.duration ?? 0) / 2
    let [next, taken] = [this.#held[0], true]
    while (next && next.timestamp <= dueUs) {
      this.#held.shift()
      taken = this.#handOn(writer, next) && taken
      next = this.#held[0]
    }
    return taken
  }

  #handOn(writer: WritableStreamDefaultWriter<VideoFrame>, frame: VideoFrame): boolean {
    if ((writer.desiredSize ?? 0) <= 0) {
      this.framesSkipped++
      frame.close()
      return false
    }
    writer.write(frame).catch(() => frame.close())
    return true
  }
}
