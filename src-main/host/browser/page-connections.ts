import { randomUUID } from 'node:crypto'
import type { ProgramChannel } from '@shared/contracts/messages.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { WebSocket } from 'ws'
import type { PageConnection } from '../host.ts'
import { programChannel, type RpcChannel, rpcChannel } from './socket-channel.ts'

interface OpenPage {
  socket: WebSocket
  rpc: RpcChannel
  programs: Map<ProgramContent, WebSocket>
  onProgram: ((program: ProgramChannel, content: ProgramContent) => void)[]
}

/** The page names each of its loads itself, so that its two sockets find each other. */
export const PAGE_ID = /^[0-9a-f-]{8,64}$/

/**
 * The loads of the page that are connected now. A program socket belongs to a load and ends with it.
 * A load that brings an engine takes the place of an older one: two engines would take the program from each other.
 * The older one is told so, since it may be a window that somebody looks at. Connections without an engine steer beside it.
 */
export class PageConnections {
  readonly #pages = new Map<string, OpenPage>()
  readonly #pageHandlers = new Set<(page: PageConnection) => void>()
  readonly #changeHandlers = new Set<(count: number) => void>()

  onPage(handler: (page: PageConnection) => void): void {
    this.#pageHandlers.add(handler)
  }

  /** Called with the number of connected loads whenever it changes. */
  onCount(handler: (count: number) => void): void {
    this.#changeHandlers.add(handler)
  }

  has(pageId: string): boolean {
    return this.#pages.has(pageId)
  }

  addRpc(pageId: string, socket: WebSocket): void {
    const rpc = rpcChannel(socket)
    const page: OpenPage = { socket, rpc, programs: new Map(), onProgram: [] }
    this.#pages.set(pageId, page)
    socket.once('close', () => {
      for (const program of page.programs.values()) program.close()
      // A page that was replaced is no longer counted.
      if (this.#pages.get(pageId) !== page) return
      this.#pages.delete(pageId)
      this.#tellCount()
    })
    const connection: PageConnection = {
      id: randomUUID(),
      rpc,
      onProgram: (handler) => void page.onProgram.push(handler),
      onClose: (handler) => rpc.onClose(handler),
    }
    for (const handler of this.#pageHandlers) handler(connection)
    this.#tellCount()
  }

  addProgram(pageId: string, content: ProgramContent, socket: WebSocket): void {
    const page = this.#pages.get(pageId)
    if (!page) return socket.close()
    page.programs.get(content)?.close()
    page.programs.set(content, socket)
    this.#replaceOtherEngines(pageId)
    for (const handler of page.onProgram) handler(programChannel(socket), content)
  }

  /** Whoever only steers (no program) is left alone. */
  #replaceOtherEngines(pageId: string): void {
    for (const [otherId, other] of this.#pages) {
      if (otherId === pageId || other.programs.size === 0) continue
      this.#pages.delete(otherId)
      for (const program of other.programs.values()) program.terminate()
      other.rpc.replace()
      this.#tellCount()
    }
  }

  closeAll(): void {
    for (const page of this.#pages.values()) {
      for (const program of page.programs.values()) program.terminate()
      page.socket.terminate()
    }
  }

  #tellCount(): void {
    for (const handler of this.#changeHandlers) handler(this.#pages.size)
  }
}
