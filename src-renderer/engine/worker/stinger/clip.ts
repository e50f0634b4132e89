/** A short video, taken apart: what its decoders are fed. */
export interface Clip {
  config: VideoDecoderConfig
  lengthMs: number
  packets: readonly ClipPacket[]
}

export interface ClipPacket {
  timestampMs: number
  colour: EncodedVideoChunk
  /** The opacity, coded as a picture of its own; null where the video is opaque. */
  alpha: EncodedVideoChunk | null
}

/** Longer ones are not taken whole into memory. */
const MAX_BYTES = 200 * 1024 * 1024

/** Reads a video of any container that this takes (WebM, Matroska, MP4, QuickTime). Rejects when it has no picture that can be decoded. */
export async function loadClip(address: string): Promise<Clip> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`the video cannot be loaded (${response.status})`)
  const blob = await response.blob()
  if (blob.size > MAX_BYTES) throw new Error('the video is too large')
  const { BlobSource, EncodedPacketSink, Input, MATROSKA, MP4, QTFF, WEBM } = await import('./mediabunny-video-door.ts')
  const track = await new Input({ source: new BlobSource(blob), formats: [WEBM, MATROSKA, MP4, QTFF] }).getPrimaryVideoTrack()
  const config = await track?.getDecoderConfig()
  if (!track || !config) throw new Error('the file has no video that can be decoded')
  const sink = new EncodedPacketSink(track)
  const packets: ClipPacket[] = []
  let endMs = 0
  for (let packet = await sink.getFirstPacket(); packet; packet = await sink.getNextPacket(packet)) {
    const alpha = packet.sideData.alpha ? packet.alphaToEncodedVideoChunk(packets.length === 0 ? 'key' : 'delta') : null
    packets.push({ timestampMs: packet.timestamp * 1000, colour: packet.toEncodedVideoChunk(), alpha })
    endMs = Math.max(endMs, (packet.timestamp + packet.duration) * 1000)
  }
  // The processor's frames are the ones whose pixels it can read.
  return { config: { ...config, hardwareAcceleration: 'prefer-software' }, lengthMs: Math.max(endMs, (await track.computeDuration()) * 1000), packets }
}
