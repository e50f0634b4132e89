import { randomUUID } from 'node:crypto'
import type { ProgramChannel } from '@shared/contracts/messages.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { PageConnection } from '../host.ts'
import type { ElectronApi, MainPort } from './electron-api.ts'
import { isOurs } from './origin.ts'
import { programChannel, rpcChannel } from './port-channel.ts'

/** Names of the two messages with which the preload script hands over a port. */
export const RPC_PORT = 'castwright:rpc'
export const PROGRAM_PORT = 'castwright:program'
/** First message of a program port that is being used now, and for what; ports are handed over in advance. */
const PROGRAM_OPEN: ReadonlyMap<unknown, ProgramContent> = new Map([['open', 'mix'], ['open second', 'second'], ['open main', 'main'], ['open aux', 'aux']])

/** Of the event that carries a port: who sent it. */
interface Sender {
  sender: { id: number }
  senderFrame: { url: string; parent: unknown } | null
}

/** Only the main frame of our own page, never a frame inside it or what it might have become. */
export const isOurPage = ({ senderFrame }: Sender): boolean => senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url)

/**
 * Turns the ports that a page hands over into page connections: each load opens one rpc port first, then
 * program ports, each of which replaces the one before it once it is used.
 */
export function acceptPages(ipcMain: ElectronApi['ipcMain'], onPage: (page: PageConnection) => void): void {
  const pages = new Map<number, ElectronPage>()
  ipcMain.on(RPC_PORT, (event) => {
    const port = event.ports[0]
    if (!port || !isOurPage(event)) return port?.close()
    pages.get(event.sender.id)?.close()
    const page = new ElectronPage(port)
    pages.set(event.sender.id, page)
    onPage(page)
  })
  ipcMain.on(PROGRAM_PORT, (event) => {
    const port = event.ports[0]
    const page = pages.get(event.sender.id)
    if (!port || !page || !isOurPage(event)) return port?.close()
    page.addProgram(port)
  })
}

class ElectronPage implements PageConnection {
  readonly id = randomUUID()
  readonly rpc
  readonly #programs = new Set<MainPort>()
  readonly #handlers: ((program: ProgramChannel, content: ProgramContent) => void)[] = []
  readonly #current = new Map<ProgramContent, ProgramChannel>()

  constructor(port: MainPort) {
    this.rpc = rpcChannel(port)
    this.rpc.onClose(() => {
      for (const program of this.#programs) program.close()
    })
  }

  onProgram(handler: (program: ProgramChannel, content: ProgramContent) => void): void {
    this.#handlers.push(handler)
  }

  onClose(handler: () => void): void {
    this.rpc.onClose(handler)
  }

  close(): void {
    this.rpc.close()
  }

  addProgram(port: MainPort): void {
    this.#programs.add(port)
    port.on('close', () => this.#programs.delete(port))
    const channel = programChannel(port)
    port.on('message', (event) => {
      const content = PROGRAM_OPEN.get(event.data)
      if (content === undefined || this.#current.get(content) === channel) return
      this.#current.get(content)?.close()
      this.#current.set(content, channel)
      for (const handler of this.#handlers) handler(channel, content)
    })
    port.start()
  }
}
