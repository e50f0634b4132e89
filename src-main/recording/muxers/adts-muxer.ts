import { StudioError } from '@shared/domain/errors.ts'
import { adtsHeader } from '../../outputs/mpegts/adts.ts'
import type { FileMuxer, MuxOptions, MuxPacket } from './file-muxer.ts'

/** Sound alone, each frame with its own header (ISO/IEC 14496-3 §1.A.2): plays from any frame on. Has no place for times. */
export class AdtsMuxer implements FileMuxer {
  readonly #asc: Uint8Array

  constructor({ tracks }: MuxOptions) {
    if (!tracks.audio) throw new StudioError('recording-failed', 'AAC: the program has no sound')
    this.#asc = tracks.audio.asc
  }

  begin(): Uint8Array[] {
    return []
  }

  add({ kind, sound, data }: MuxPacket): Uint8Array[] {
    return kind === 'audio' && !sound ? [adtsHeader(this.#asc, data.byteLength), data] : []
  }

  flush(): Uint8Array[] {
    return []
  }

  end(): { tail: Uint8Array[]; patches: [] } {
    return { tail: [], patches: [] }
  }
}
