import { TsMuxer as ProgramTsMuxer } from '../../outputs/mpegts/ts-muxer.ts'
import type { FileMuxer, MuxOptions, MuxPacket } from './file-muxer.ts'

/** The program as an MPEG transport stream in a file: plays from any key frame on, wherever it is cut. */
export class TsMuxer implements FileMuxer {
  readonly #muxer = new ProgramTsMuxer()

  constructor({ tracks: { video, audio } }: MuxOptions) {
    this.#muxer.headers({ epoch: 0, video, audio })
  }

  begin(): Uint8Array[] {
    return []
  }

  /** The next frame begins a file of its own. */
  beginSegment(): void {
    this.#muxer.beginFile()
  }

  /** One sound is all that its tables name. */
  add({ timeUs, sound, ...packet }: MuxPacket): Uint8Array[] {
    return sound ? [] : [this.#muxer.packet({ ...packet, timestampUs: timeUs, epoch: 0 })]
  }

  flush(): Uint8Array[] {
    return []
  }

  end(): { tail: Uint8Array[]; patches: [] } {
    return { tail: [], patches: [] }
  }
}
