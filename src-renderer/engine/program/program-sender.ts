import type { AudioHeader, Packet, ProgramHeaders, VideoHeader } from '@shared/domain/packet.ts'
import { encodeHeaders, framePacket, type PortCommand } from '@shared/domain/wire.ts'
import { CreditGate } from './credit.ts'

/** Bytes that frame each packet on the wire (src-shared/domain/wire.ts). */
const FRAMING_BYTES = 16

/**
 * Puts headers and packets on the port, within the credit. A packet goes out only after the headers of its epoch;
 * the epoch rises whenever a header changes, and headers are said again on each new connection.
 */
export class ProgramSender {
  #headers: ProgramHeaders = { epoch: 0, video: null, audio: null }
  #connected = false
  /** Sound and its header wait for the first video header, so that one set of headers starts the program. */
  #saidVideo = false
  readonly gate: CreditGate

  constructor(
    private readonly put: (message: Uint8Array<ArrayBuffer>) => void,
    private readonly wantKeyFrame: () => void,
  ) {
    this.gate = new CreditGate((message) => this.put(message), () => this.wantKeyFrame())
  }

  onOpen(): void {
    this.#connected = true
    this.gate.reset()
    this.#sayHeaders()
    this.wantKeyFrame()
  }

  onLost(): void {
    this.#connected = false
    this.gate.reset()
  }

  onCommand(command: PortCommand): void {
    if (command.type === 'credit') this.gate.grant(command.bytes)
    else this.wantKeyFrame()
  }

  /** Coding begins: nothing of an earlier programme may precede its first key frame. */
  onStart(): void {
    this.#saidVideo = false
    this.gate.expectKeyFrame()
  }

  setVideoHeader(video: VideoHeader): void {
    this.#saidVideo = true
    // Another rate needs no other decoder.
    const goesOn = this.#headers.video !== null && sameVideo(this.#headers.video, video)
    this.#headers = { ...this.#headers, epoch: goesOn ? this.#headers.epoch : (this.#headers.epoch + 1) & 0xffff, video }
    this.#sayHeaders()
  }

  setAudioHeader(audio: AudioHeader): void {
    const before = this.#headers.audio
    if (before && before.sampleRate === audio.sampleRate && before.channels === audio.channels && sameBytes(before.asc, audio.asc)) return
    this.#headers = { ...this.#headers, epoch: (this.#headers.epoch + 1) & 0xffff, audio }
    this.#sayHeaders()
  }

  /** How many sound tracks are sent beside the first. */
  setTracks(count: number): void {
    this.gate.sounds = 1 + count
  }

  /** One coded frame straight from the encoder into its message: one allocation, one copy. */
  sendVideo(chunk: EncodedVideoChunk, key: boolean, durationUs: number, timestampUs: number = chunk.timestamp): void {
    if (!this.#connected || !this.gate.admitsVideo(key, chunk.byteLength + FRAMING_BYTES)) return
    const { message, payload } = framePacket(
      { kind: 'video', key, timestampUs, durationUs, epoch: this.#headers.epoch },
      chunk.byteLength,
    )
    chunk.copyTo(payload)
    this.gate.sendVideo(message)
  }

  sendAudio(packet: Omit<Packet, 'epoch'>): void {
    if (!this.#connected || !this.#saidVideo) return
    const { message, payload } = framePacket({ ...packet, epoch: this.#headers.epoch }, packet.data.length)
    payload.set(packet.data)
    this.gate.sendAudio(message)
  }

  #sayHeaders(): void {
    if (this.#connected && this.#saidVideo) this.gate.sendHeaders(encodeHeaders(this.#headers))
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, index) => byte === b[index])

const sameVideo = (a: VideoHeader, b: VideoHeader): boolean =>
  a.codecString === b.codecString && a.width === b.width && a.height === b.height && a.frameRate === b.frameRate && sameBytes(a.avcC, b.avcC)
