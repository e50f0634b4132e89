import type { ProgramChannel } from '@shared/contracts/messages.ts'
import { PROGRAM_CONTENTS, type ProgramContent } from '@shared/domain/program-content.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import type { CreateTranscoder } from './codec-stage.ts'
import { ContentFeeds } from './content-feeds.ts'
import { ProgramIntake } from './intake.ts'

export interface ProgramContentsParts {
  clock: Clock
  log: Logger
  createTranscoder(content: ProgramContent): CreateTranscoder
  /** What a destination gets. */
  contentOf(destinationId: string): ProgramContent
  /** Whether a key frame may be made for it alone; default: yes. */
  mayAskKeyFrames?(destinationId: string): boolean
  /** What outputs read has changed. */
  onFeeds(): void
}

/** One content's way through main. */
export interface ProgramLine {
  bus: ProgramBus
  intake: ProgramIntake
}

/** The mix and the streams beside it: each has an intake and a bus of its own, which cost nothing while nothing flows. */
export class ProgramContents {
  readonly lines: Readonly<Record<ProgramContent, ProgramLine>>
  readonly feeds: ContentFeeds

  constructor(parts: ProgramContentsParts) {
    const { clock, log } = parts
    const open = (content: ProgramContent): ProgramLine => {
      const bus = new ProgramBus(clock)
      const intake = new ProgramIntake(bus, clock, log.child(content === 'mix' ? 'program' : `program-${content}`), { createTranscoder: parts.createTranscoder(content) })
      return { bus, intake }
    }
    this.lines = { mix: open('mix'), second: open('second'), main: open('main'), aux: open('aux') }
    const { mix, second, main, aux } = this.lines
    this.feeds = new ContentFeeds({ mix: mix.bus, second: second.bus, main: main.bus, aux: aux.bus }, clock, (id) => parts.contentOf(id), () => parts.onFeeds(), (id) => parts.mayAskKeyFrames?.(id) ?? true)
  }

  /** The page delivers this content over this port from now on. */
  attach(port: ProgramChannel, content: ProgramContent): void {
    this.lines[content].intake.attach(port)
  }

  close(): void {
    for (const content of PROGRAM_CONTENTS) {
      this.lines[content].intake.close()
      this.lines[content].bus.close()
    }
  }
}
