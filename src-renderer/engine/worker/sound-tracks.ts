import { type AudioCoder, type AudioCoderOptions, createAudioCoder } from '../audio/audio-coder.ts'
import type { ProgramSender } from '../program/program-sender.ts'
import type { ToWorker } from './messages.ts'

type TrackMessage = Extract<ToWorker, { type: 'track-open' | 'track-close' }>

/** Codes the sound tracks that are only recorded, and sends them beside the mix's own sound. None exists while none is recorded. */
export class SoundTracks {
  readonly #coders = new Map<number, AudioCoder>()

  constructor(
    private readonly sender: Pick<ProgramSender, 'sendAudio' | 'setTracks'>,
    private readonly createCoder: (options: AudioCoderOptions) => AudioCoder = createAudioCoder,
  ) {}

  handle(message: TrackMessage): void {
    this.#coders.get(message.track)?.close()
    this.#coders.delete(message.track)
    if (message.type === 'track-open') this.#open(message)
    this.sender.setTracks(this.#coders.size)
  }

  close(): void {
    for (const coder of this.#coders.values()) coder.close()
    this.#coders.clear()
  }

  #open({ track, format, audio }: Extract<TrackMessage, { type: 'track-open' }>): void {
    const coder = this.createCoder({
      port: audio,
      ...format,
      // Coded as the mix is, so the mix's header is theirs.
      onHeader: () => {},
      onPacket: (packet) => this.sender.sendAudio({ ...packet, track }),
      onFigures: () => {},
    })
    this.#coders.set(track, coder)
    coder.start()
  }
}
