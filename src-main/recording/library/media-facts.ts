/** One of several sounds. */
export interface SoundFacts {
  codec: string
  /** What players offer it as. */
  name: string | null
}

/** What is known of a file's media. */
export interface MediaFacts {
  durationMs: number | null
  /** `avc`, `vp8`, … as mediabunny names codecs; null = no picture. */
  video: string | null
  /** Of the sound that is heard unless somebody chooses another. */
  audio: string | null
  /** All of its sounds; absent = the one at most. */
  sounds?: readonly SoundFacts[]
  width: number | null
  height: number | null
  sampleRate: number | null
  channels: number | null
  /** The codec's own header (avcC), where the container keeps one; for reading only. */
  videoConfig: Uint8Array | null
}

export const NO_FACTS: MediaFacts = { durationMs: null, video: null, audio: null, width: null, height: null, sampleRate: null, channels: null, videoConfig: null }
