import type { SideContent } from '@shared/domain/program-content.ts'
import type { ToWorker } from './messages.ts'
import { ProgramTrack } from './program-track.ts'
import { type SingleParts, SingleProgram } from './single-program.ts'

type SingleMessage = Extract<ToWorker, { type: 'single-open' | 'single' | 'single-close' }>

/** The single streams that are wanted now, one pipeline each. */
export class SinglePrograms {
  readonly #open = new Map<SideContent, SingleProgram>()
  /** Where their composed frames go besides, for peers; still while the stream is not wanted. */
  readonly tracks: Readonly<Record<SideContent, ProgramTrack>> = { second: new ProgramTrack(), main: new ProgramTrack(), aux: new ProgramTrack() }

  #holdUs = 0

  constructor(private readonly parts: Omit<SingleParts, 'holdUs'>) {}

  handle(message: SingleMessage): void {
    const { content } = message
    switch (message.type) {
      case 'single-open':
        this.#close(content)
        this.#open.set(content, new SingleProgram(content, message.wish, message.transport, message.audio, this.tracks[content], { ...this.parts, holdUs: () => this.#holdUs }))
        return
      case 'single':
        return this.#open.get(content)?.follow(message.wish)
      case 'single-close':
        return this.#close(content)
    }
  }

  /** Pictures wait this long for sounds that are held back, µs. */
  holdBack(pictureUs: number): void {
    this.#holdUs = pictureUs
    for (const track of Object.values(this.tracks)) track.holdUs = pictureUs
    for (const program of this.#open.values()) program.holdBack(pictureUs)
  }

  close(): void {
    for (const content of this.#open.keys()) this.#close(content)
    for (const track of Object.values(this.tracks)) track.detach()
  }

  #close(content: SideContent): void {
    this.#open.get(content)?.close()
    this.#open.delete(content)
  }
}
