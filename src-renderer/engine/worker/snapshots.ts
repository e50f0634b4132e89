/** Pictures of the program for people to keep: the next composed frame as PNG. Coding goes on meanwhile. */
export class Snapshots {
  #ids: string[] = []

  constructor(private readonly tell: (snapshotId: string, png: Uint8Array<ArrayBuffer> | null) => void) {}

  get wanted(): boolean {
    return this.#ids.length > 0
  }

  want(snapshotId: string): void {
    this.#ids.push(snapshotId)
  }

  /** Copied at once: whoever composed the frame closes it. */
  take(frame: VideoFrame): void {
    const ids = this.#ids
    this.#ids = []
    const tellAll = (png: Uint8Array<ArrayBuffer> | null) => ids.forEach((id) => this.tell(id, png))
    try {
      const canvas = new OffscreenCanvas(frame.displayWidth, frame.displayHeight)
      canvas.getContext('2d', { alpha: false })?.drawImage(frame, 0, 0)
      canvas.convertToBlob({ type: 'image/png' }).then(async (blob) => tellAll(new Uint8Array(await blob.arrayBuffer()))).catch(() => tellAll(null))
    } catch {
      tellAll(null)
    }
  }
}
