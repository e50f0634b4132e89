import { type PortCommand, portCommand } from '@shared/domain/wire.ts'
import type { EngineClock } from '../clock.ts'

/** How the program leaves the worker. */
export type PortTransport = { kind: 'websocket'; url: string } | { kind: 'port'; port: MessagePort }

export interface ProgramPort {
  send(message: Uint8Array<ArrayBuffer>): void
  close(): void
}

export interface ProgramPortEvents {
  /** The line is there (again): whatever was granted or sent before is gone. */
  onOpen(): void
  onCommand(command: PortCommand): void
  onLost(): void
}

/** Main went away or restarted: knock again after this long. */
const REOPEN_MS = 500

export function openProgramPort(transport: PortTransport, clock: EngineClock, events: ProgramPortEvents): ProgramPort {
  return transport.kind === 'port' ? overMessagePort(transport.port, events) : overWebSocket(transport.url, clock, events)
}

/** Commands that do not parse are ignored: main and page may be of two versions for a moment while updating. */
function onText(data: unknown, events: ProgramPortEvents): void {
  const parsed = portCommand.safeParse(typeof data === 'string' ? parseJson(data) : data)
  if (parsed.success) events.onCommand(parsed.data)
}

function overMessagePort(port: MessagePort, events: ProgramPortEvents): ProgramPort {
  port.addEventListener('message', (event) => onText(event.data, events))
  port.start()
  events.onOpen()
  return {
    // Copied, not transferred: Electron loses messages to its main process whose transfer list holds an ArrayBuffer
    // (electron/electron#34905, #37157). A copy of a few kB per frame costs nothing that can be measured.
    send: (message) => port.postMessage(message),
    close: () => port.close(),
  }
}

function overWebSocket(url: string, clock: EngineClock, events: ProgramPortEvents): ProgramPort {
  let socket: WebSocket
  let closed = false
  let callOff: () => void = () => {}
  const open = (): void => {
    socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    const mine = socket
    mine.addEventListener('open', () => events.onOpen())
    mine.addEventListener('message', (event) => onText(event.data, events))
    mine.addEventListener('close', () => {
      if (closed || mine !== socket) return
      events.onLost()
      callOff = clock.after(REOPEN_MS, open)
    })
  }
  open()
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(message)
    },
    close() {
      closed = true
      callOff()
      socket.close()
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
