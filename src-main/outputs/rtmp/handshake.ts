import { StudioError } from '@shared/domain/errors.ts'

/**
 * The simple RTMP handshake (RTMP 1.0 §5.2): C0 C1 → S0 S1 S2 → C2.
 * Publishing servers do not ask for the signed variant; S2 is not compared with C1 because
 * servers that know the signed variant answer with their own bytes there.
 */
const VERSION = 3
const BLOCK_BYTES = 1536
/** Version, S1 and S2 together. */
export const SERVER_HANDSHAKE_BYTES = 1 + 2 * BLOCK_BYTES
/** Version, C1 and C2 together. */
export const CLIENT_HANDSHAKE_BYTES = SERVER_HANDSHAKE_BYTES
export const RANDOM_BYTES = BLOCK_BYTES - 8

/** C0 and C1: version, time 0, four zero bytes, `random` (1528 bytes). */
export function clientHello(random: Uint8Array): Buffer {
  const hello = Buffer.alloc(1 + BLOCK_BYTES)
  hello[0] = VERSION
  hello.set(random.subarray(0, RANDOM_BYTES), 9)
  return hello
}

/** Reads the server's half, however it is cut into pieces, and says when C2 is due and when it is over. */
export class ServerHandshake {
  readonly #received = Buffer.alloc(SERVER_HANDSHAKE_BYTES)
  #length = 0
  #answered = false

  get done(): boolean {
    return this.#length === SERVER_HANDSHAKE_BYTES
  }

  /**
   * Takes what belongs to the handshake and returns how many bytes that was, and C2 once S1 is there.
   * Throws StudioError `not-rtmp` when the first byte cannot come from an RTMP server, `handshake-failed` on another version.
   */
  receive(bytes: Uint8Array): { used: number; reply: Buffer | null } {
    const used = Math.min(bytes.length, SERVER_HANDSHAKE_BYTES - this.#length)
    this.#received.set(bytes.subarray(0, used), this.#length)
    this.#length += used
    if (this.#length > 0) checkVersion(this.#received.subarray(0, this.#length))
    if (this.#answered || this.#length < 1 + BLOCK_BYTES) return { used, reply: null }
    this.#answered = true
    // C2 is S1 again; its second time field would be when S1 was read, which no server looks at.
    return { used, reply: Buffer.from(this.#received.subarray(1, 1 + BLOCK_BYTES)) }
  }
}

function checkVersion(received: Buffer): void {
  const version = received[0]
  if (version === VERSION) return
  if (version === 0x15 || version === 0x16) throw new StudioError('not-rtmp', 'the server answered with TLS; rtmps:// may be meant')
  // Versions of 32 and more are forbidden so that text protocols can be told apart (RTMP 1.0 §5.2.2).
  if (version === undefined || version < 32) throw new StudioError('handshake-failed', `the server answered with RTMP version ${version}`)
  const text = received.subarray(0, 40).toString('latin1')
  if (/^HTTP\/\d/.test(text)) throw new StudioError('not-rtmp', `the server answered with ${/^HTTP\/[\d.]+ \d{3}/.exec(text)?.[0] ?? 'HTTP'}`)
  throw new StudioError('not-rtmp', 'the server answered with another protocol')
}
