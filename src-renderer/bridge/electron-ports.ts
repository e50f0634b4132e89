import { StudioError } from '@shared/domain/errors.ts'
import type { SideContent } from '@shared/domain/program-content.ts'

/** What the preload script puts on the window: `connect` answers with a message that carries a port to main. */
export interface PreloadDoor {
  connect(purpose: 'rpc' | 'program'): void
}

/** First message on a program port: tells main that this port is the one in use now; for a single stream with its name behind it. */
export const PROGRAM_OPEN = 'open'

/**
 * Ports to main, under Electron. Ports can only be handed over by a message, so one program port is
 * always kept ready for a caller that cannot wait.
 */
export class ElectronPorts {
  readonly #arrived: Record<'rpc' | 'program', MessagePort[]> = { rpc: [], program: [] }
  readonly #wanted: Record<'rpc' | 'program', ((port: MessagePort) => void)[]> = { rpc: [], program: [] }

  constructor(
    private readonly door: PreloadDoor,
    page: Pick<Window, 'addEventListener'> & { origin: string },
  ) {
    page.addEventListener('message', (event: MessageEvent) => {
      if (event.source !== (page as unknown) || event.origin !== page.origin) return
      const { castwrightPort: purpose } = (event.data ?? {}) as { castwrightPort?: unknown }
      const port = event.ports[0]
      if ((purpose !== 'rpc' && purpose !== 'program') || !port) return
      const take = this.#wanted[purpose].shift()
      if (take) take(port)
      else this.#arrived[purpose].push(port)
    })
  }

  /** The channel's port, and a program port in stock. */
  async open(): Promise<MessagePort> {
    const rpc = await this.#ask('rpc')
    this.#arrived.program.push(await this.#ask('program'))
    return rpc
  }

  /** A port that replaces the one before it. Throws StudioError `too-soon` when the next one is not there yet. */
  program(): MessagePort {
    const port = this.#arrived.program.shift()
    if (!port) throw new StudioError('too-soon', 'no program port is ready yet')
    this.door.connect('program')
    port.postMessage(PROGRAM_OPEN)
    return port
  }

  /** A port for a single stream; replaces the one that this stream had before. */
  async single(content: SideContent): Promise<MessagePort> {
    const port = await this.#ask('program')
    port.postMessage(`${PROGRAM_OPEN} ${content}`)
    return port
  }

  #ask(purpose: 'rpc' | 'program'): Promise<MessagePort> {
    return new Promise((resolve) => {
      this.#wanted[purpose].push(resolve)
      this.door.connect(purpose)
    })
  }
}
