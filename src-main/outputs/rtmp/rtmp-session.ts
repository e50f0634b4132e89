import { hostText, DEFAULT_PORTS } from '@shared/domain/address.ts'
import type { PushAddress } from '@shared/domain/address.ts'
import type { AmfValue } from './amf0.ts'
import { ChunkReader } from './chunk-reader.ts'
import type { RtmpMessage } from './chunk-reader.ts'
import { ChunkWriter } from './chunk-writer.ts'
import type { OutgoingMessage } from './chunk-writer.ts'
import { clientHello, ServerHandshake } from './handshake.ts'
import * as messages from './messages.ts'
import { EVENT, MESSAGE } from './messages.ts'
import type { Command } from './messages.ts'
import { callFailure, statusFailure } from './rtmp-reasons.ts'
import { StudioError } from '@shared/domain/errors.ts'

/**
 * The size of our chunks. nginx-rtmp takes up to 10 MiB, SRS up to 65,536, node-media-server anything;
 * a frame then is one or a few pieces, and nothing else has to get in between.
 */
const CHUNK_BYTES = 65_536
/** What OBS and librtmp call themselves: some servers let only encoders of this name publish. */
const FLASH_VERSION = 'FMLE/3.0 (compatible; FMSc/1.0)'

export type SessionPhase = 'handshaking' | 'opening' | 'publishing' | 'accepted'

export interface SessionEvents {
  /** Bytes for the server, in order. `isReply`: the server alone decides how many of these there are. */
  write(parts: readonly Uint8Array[], isReply?: boolean): void
  /** Each phase once, in order. */
  phase(phase: SessionPhase): void
  /** The server says that it has received `totalBytes` (modulo 2^32) in all. */
  acknowledged(totalBytes: number): void
}

/**
 * The protocol from the first byte on an open connection to the permission to publish, and the messages after it.
 * It does no I/O and knows no time: bytes in, bytes and events out. It fails by throwing a StudioError out of `receive`.
 */
export class RtmpSession {
  readonly #handshake = new ServerHandshake()
  readonly #reader = new ChunkReader((message) => this.#onMessage(message))
  readonly #writer = new ChunkWriter()
  readonly #secrets: readonly string[]
  #phase: SessionPhase = 'handshaking'
  #streamId = 0
  #transaction = 0
  #connectCall = 0
  #createCall = 0
  #publishCall = 0
  #receivedBytes = 0
  #acknowledgedBytes = 0
  #windowBytes = 0

  constructor(
    private readonly target: PushAddress,
    private readonly events: SessionEvents,
  ) {
    this.#secrets = [target.key, target.app.split('?')[1] ?? '']
  }

  /** Bytes held for messages that are not complete yet. */
  get heldBytes(): number {
    return this.#reader.heldBytes
  }

  /** Begins the handshake; `random` is 1528 bytes. */
  start(random: Uint8Array): void {
    this.events.phase('handshaking')
    this.events.write([clientHello(random)])
  }

  /** Takes bytes as they come. Throws StudioError when the server refuses or does not speak RTMP. */
  receive(bytes: Uint8Array): void {
    this.#receivedBytes += bytes.length
    let rest = bytes
    if (!this.#handshake.done) {
      const { used, reply } = this.#handshake.receive(bytes)
      if (reply) this.events.write([reply])
      if (!this.#handshake.done) return
      rest = bytes.subarray(used)
      this.#connect()
    }
    this.#reader.push(rest)
    this.#acknowledge()
  }

  /** Asks the server to acknowledge each time it has received this many bytes. */
  askForAcknowledgements(everyBytes: number): void {
    this.#send(messages.windowAcknowledgementSize(everyBytes))
  }

  sendData(values: readonly AmfValue[], timestampMs: number): void {
    this.#send(messages.data(values, this.#streamId, timestampMs))
  }

  sendMedia(kind: 'audio' | 'video', timestampMs: number, prefix: Uint8Array, payload: Uint8Array): void {
    this.#send(messages.media(kind, this.#streamId, timestampMs, prefix, payload))
  }

  /** Says that the stream is over. */
  goodbye(): void {
    this.#call('FCUnpublish', [null, this.target.key])
    this.#call('deleteStream', [null, this.#streamId])
  }

  #connect(): void {
    this.#enter('opening')
    const { scheme, host, port, app } = this.target
    const portText = port === DEFAULT_PORTS[scheme] ? '' : `:${port}`
    const tcUrl = `${scheme}://${hostText(host)}${portText}/${app}`
    this.#connectCall = this.#call('connect', [{ app, type: 'nonprivate', flashVer: FLASH_VERSION, swfUrl: tcUrl, tcUrl }])
  }

  #open(): void {
    this.#send(messages.setChunkSize(CHUNK_BYTES))
    this.#writer.chunkBytes = CHUNK_BYTES
    this.#call('releaseStream', [null, this.target.key])
    this.#call('FCPublish', [null, this.target.key])
    this.#createCall = this.#call('createStream', [null])
  }

  #publish(streamId: number): void {
    this.#streamId = streamId
    this.#enter('publishing')
    this.#publishCall = this.#call('publish', [null, this.target.key, 'live'], streamId)
  }

  #onMessage({ type, payload }: RtmpMessage): void {
    if (type === MESSAGE.acknowledgement && payload.length >= 4) this.events.acknowledged(payload.readUInt32BE())
    else if (type === MESSAGE.windowAcknowledgementSize && payload.length >= 4) this.#windowBytes = payload.readUInt32BE()
    else if (type === MESSAGE.userControl && payload.length >= 6) this.#onUserControl(payload)
    else {
      const command = messages.readCommand(type, payload)
      if (command) this.#onCommand(command)
    }
  }

  #onUserControl(payload: Buffer): void {
    if (payload.readUInt16BE() === EVENT.pingRequest) this.#send(messages.pingResponse(payload.subarray(2, 6)), true)
  }

  #onCommand(command: Command): void {
    switch (command.name) {
      case '_result':
        return this.#onResult(command)
      case '_error':
        return this.#onError(command)
      case 'onStatus':
        return this.#onStatus(command)
      case 'onFCPublish':
        // Some servers refuse a key here; what is no refusal is only a courtesy.
        return this.#failOn(command)
      case 'close':
        throw statusFailure(this.#failurePhase, { level: 'error', code: 'NetConnection.Connect.Closed', description: '' }, this.#secrets)
      default:
    }
  }

  #onResult({ transaction, args }: Command): void {
    if (this.#phase !== 'opening') return
    if (transaction === this.#connectCall && this.#createCall === 0) {
      const status = messages.readStatus(args)
      if (status.level === 'error') throw callFailure('opening', status, this.#secrets)
      this.#open()
    } else if (transaction === this.#createCall && this.#createCall !== 0) {
      const streamId = args.findLast((value) => typeof value === 'number')
      if (typeof streamId !== 'number' || !Number.isInteger(streamId) || streamId < 0 || streamId > 0xffffffff) {
        throw new StudioError('protocol-error', 'createStream was answered without a stream')
      }
      this.#publish(streamId)
    }
  }

  /** releaseStream and FCPublish are unknown to many servers: their refusal means nothing. */
  #onError({ transaction, args }: Command): void {
    const needed = [this.#connectCall, this.#createCall, this.#publishCall].filter((call) => call !== 0)
    if (needed.includes(transaction)) throw callFailure(this.#failurePhase, messages.readStatus(args), this.#secrets)
  }

  #onStatus(command: Command): void {
    this.#failOn(command)
    if (this.#phase === 'publishing' && messages.readStatus(command.args).code === 'NetStream.Publish.Start') this.#enter('accepted')
  }

  #failOn({ args }: Command): void {
    const failure = statusFailure(this.#failurePhase, messages.readStatus(args), this.#secrets)
    if (failure) throw failure
  }

  /** After publishing was allowed, an error is no longer about the key. */
  get #failurePhase() {
    return this.#phase === 'accepted' ? 'sending' : this.#phase
  }

  #acknowledge(): void {
    // Half a window early, so that the server never has to wait for it.
    if (this.#windowBytes === 0 || this.#receivedBytes - this.#acknowledgedBytes < this.#windowBytes / 2) return
    this.#acknowledgedBytes = this.#receivedBytes
    this.#send(messages.acknowledgement(this.#receivedBytes), true)
  }

  #call(name: string, args: readonly AmfValue[], streamId = 0): number {
    this.#send(messages.command(name, ++this.#transaction, args, streamId))
    return this.#transaction
  }

  #send(message: OutgoingMessage, isReply = false): void {
    this.events.write(this.#writer.write(message), isReply)
  }

  #enter(phase: SessionPhase): void {
    this.#phase = phase
    this.events.phase(phase)
  }
}
