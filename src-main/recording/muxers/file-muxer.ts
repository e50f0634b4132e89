import type { AudioHeader, VideoHeader } from '@shared/domain/packet.ts'

/** What a file holds: a picture, sound, or both. */
export interface MuxTracks {
  video: VideoHeader | null
  /** What is heard unless somebody chooses another. */
  audio: AudioHeader | null
  /** What players offer `audio` as, where the format has names. */
  audioName?: string
  /** Further sounds beside it, in tracks of their own: MP4 and Matroska have room for them, the others leave them out. */
  moreAudio?: readonly NamedSound[]
}

export interface NamedSound {
  /** What players offer it as. */
  name: string
  header: AudioHeader
}

export interface MuxOptions {
  tracks: MuxTracks
  /** Wall time of the first frame, ms since 1970; kept in the file where the format has a place for it. */
  startedAtMs: number
}

/** One coded frame, timed from the file's first. No B-frames, so it is shown when it is decoded. */
export interface MuxPacket {
  kind: 'video' | 'audio'
  /** Which sound: absent or 0 = `audio`, 1 = the first of `moreAudio`, and so on. */
  sound?: number
  key: boolean
  /** Never negative; rises within its track. */
  timeUs: number
  durationUs: number
  data: Uint8Array
}

export interface Chapter {
  atMs: number
  name: string
}

/** Bytes to be put over others that were written before. */
export interface Patch {
  at: number
  bytes: Uint8Array
}

/**
 * Turns frames into the bytes of one file, which is only ever appended to while it is being written: whatever has been written
 * plays, wherever it is cut off. Pure; the caller writes. What `add` and `flush` return may hold the frames' own bytes.
 */
export interface FileMuxer {
  /** The file's first bytes. */
  begin(): Uint8Array[]
  /** What is to be written now; often nothing, because frames are gathered for up to half a second. */
  add(packet: MuxPacket): Uint8Array[]
  /** What was gathered so far, as well as it can be written now. */
  flush(): Uint8Array[]
  /** The file's last bytes, and what becomes known only now and stands further up. */
  end(chapters: readonly Chapter[]): { tail: Uint8Array[]; patches: Patch[] }
}

/** Frames are gathered no longer than this before they are written, µs. */
export const GATHER_US = 500_000
