/** How sound is coded: AAC-LC at 48 kHz. */
export interface SoundFormat {
  bitrateKbps: number
  /** 1: the mean of the mix's two. */
  channels: 1 | 2
}
