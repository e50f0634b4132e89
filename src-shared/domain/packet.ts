/**
 * How the video packets are to be decoded. `avcC` is the AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1).
 * `vp8` (with an empty avcC) comes only from a page whose platform has no H.264 encoder; it is transcoded before the
 * bus, on which there is nothing but `avc`.
 */
export interface VideoHeader {
  codec: 'avc' | 'vp8'
  /** e.g. `avc1.4d401f` */
  codecString: string
  width: number
  height: number
  frameRate: number
  /** The rate asked of the encoder when the header was made, kbit/s. */
  bitrateKbps: number
  avcC: Uint8Array
}

/** How the audio packets are to be decoded. `asc` is the AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1). */
export interface AudioHeader {
  codec: 'aac'
  sampleRate: number
  channels: number
  bitrateKbps: number
  asc: Uint8Array
}

/** What a decoder needs before the first packet. `epoch` rises whenever anything in here changes. */
export interface ProgramHeaders {
  epoch: number
  video: VideoHeader | null
  audio: AudioHeader | null
}

/** One coded frame of video (AVCC: 4-byte lengths, no B-frames, so dts = pts) or one AAC frame without ADTS. */
export interface Packet {
  kind: 'video' | 'audio'
  /**
   * Of a sound that is only for recordings: its track there, 2 to 6. Absent on the first track, which is what is sent. All
   * tracks are coded alike: the headers' `audio` describes every one of them.
   */
  track?: number
  /** Always true for audio. */
  key: boolean
  /** On the program's one monotonic clock, µs. */
  timestampUs: number
  durationUs: number
  epoch: number
  data: Uint8Array
}
