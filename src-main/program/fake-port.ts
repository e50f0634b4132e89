import type { ProgramChannel } from '@shared/contracts/messages.ts'
import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import { encodeHeaders, framePacket, portCommand } from '@shared/domain/wire.ts'

/** A page at the other end of a program port, for tests: it minds its credit as the real one does. */
export class FakePort implements ProgramChannel {
  credit = 0
  keyFramesAsked = 0
  closed = false
  #onMessage: (message: Uint8Array) => void = () => {}
  #onClose: () => void = () => {}

  send(command: unknown): void {
    const parsed = portCommand.parse(command)
    if (parsed.type === 'credit') this.credit += parsed.bytes
    else this.keyFramesAsked++
  }

  onMessage(handler: (message: Uint8Array) => void): void {
    this.#onMessage = handler
  }

  onClose(handler: () => void): void {
    this.#onClose = handler
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.#onClose()
  }

  headers(headers: ProgramHeaders): void {
    this.raw(encodeHeaders(headers))
  }

  packet(packet: Packet): void {
    const { message, payload } = framePacket(packet, packet.data.byteLength)
    payload.set(packet.data)
    this.raw(message)
  }

  raw(message: Uint8Array): void {
    this.credit -= message.byteLength
    this.#onMessage(message)
  }
}
