import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import { EcmaArray } from './amf0.ts'
import type { AmfObject, AmfValue } from './amf0.ts'

/**
 * Bodies of FLV tags (Adobe Flash Video File Format 10.1, annex E.4), which is what RTMP messages carry.
 * Each function returns the few bytes that stand before the coded bytes.
 */
const AVC = 7
const AAC = 10
const KEY_FRAME = 1
const INTER_FRAME = 2
const SEQUENCE_HEADER = 0
const CODED = 1
/** AAC is always announced as 44 kHz, 16 bit, stereo (E.4.2.1); the AudioSpecificConfig tells the truth. */
const AAC_FLAGS = (AAC << 4) | 0x0f

/** Before an AVCDecoderConfigurationRecord. */
export const VIDEO_SEQUENCE_HEADER = Uint8Array.of((KEY_FRAME << 4) | AVC, SEQUENCE_HEADER, 0, 0, 0)
/** Before an AudioSpecificConfig. */
export const AUDIO_SEQUENCE_HEADER = Uint8Array.of(AAC_FLAGS, SEQUENCE_HEADER)

/** Composition time is zero: there are no B-frames. */
const KEY_PREFIX = Uint8Array.of((KEY_FRAME << 4) | AVC, CODED, 0, 0, 0)
const INTER_PREFIX = Uint8Array.of((INTER_FRAME << 4) | AVC, CODED, 0, 0, 0)
const AUDIO_PREFIX = Uint8Array.of(AAC_FLAGS, CODED)

export function packetPrefix(packet: Pick<Packet, 'kind' | 'key'>): Uint8Array {
  if (packet.kind === 'audio') return AUDIO_PREFIX
  return packet.key ? KEY_PREFIX : INTER_PREFIX
}

/** The values of the `@setDataFrame` message that describes the program to the server. Rates in kbit/s. */
export function metaData(headers: ProgramHeaders, encoder: string): AmfValue[] {
  const { video, audio } = headers
  const fields: AmfObject = { duration: 0 }
  if (video) {
    Object.assign(fields, {
      width: video.width,
      height: video.height,
      videocodecid: AVC,
      videodatarate: video.bitrateKbps,
      framerate: video.frameRate,
    })
  }
  if (audio) {
    Object.assign(fields, {
      audiocodecid: AAC,
      audiodatarate: audio.bitrateKbps,
      audiosamplerate: audio.sampleRate,
      audiosamplesize: 16,
      audiochannels: audio.channels,
      stereo: audio.channels === 2,
    })
  }
  return ['@setDataFrame', 'onMetaData', new EcmaArray({ ...fields, encoder })]
}
