import { createSocket } from 'node:dgram'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { within } from './time-limit.ts'

/** What one NTP server said (RFC 5905). */
export interface NtpAnswer {
  /** What its clock is ahead of this computer's, ms. */
  offsetMs: number
  /** There and back, ms. */
  delayMs: number
  stratum: number
}

const PACKET_BYTES = 48
/** Leap indicator 0, version 4, mode 3: a client (RFC 5905, section 7.3). */
const CLIENT = 0x23
const SERVER_MODE = 4
/** Seconds from 1900, where NTP begins, to 1970. */
const FROM_1900 = 2_208_988_800
const FRACTION = 2 ** 32
const ANSWER_MS = 3000

/**
 * Asks an NTP server once. The question carries a random number in place of this computer's time, which an answer must repeat
 * (RFC 5905's data minimization). Rejects with `connect-timeout`, `protocol-error` (no answer that can be used), or the system's failure.
 */
export async function askNtp({ host, port = 123 }: { host: string; port?: number }, { clock, signal }: { clock: Clock; signal: AbortSignal }): Promise<NtpAnswer> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  const nonce = Buffer.from(Array.from({ length: 8 }, () => Math.floor(clock.random() * 256)))
  const question = Buffer.alloc(PACKET_BYTES)
  question[0] = CLIENT
  nonce.copy(question, 40)
  try {
    return await within(ANSWER_MS, { clock, signal }, () => new Promise<NtpAnswer>((resolve, reject) => {
      let sentMs = 0
      let sentWallMs = 0
      socket.on('error', reject)
      socket.on('message', (answer) => {
        const delayMs = clock.monotonicMs() - sentMs
        if (answer.length < PACKET_BYTES || !answer.subarray(24, 32).equals(nonce)) return
        const read = readNtp(answer, { sentWallMs, delayMs })
        if (read) resolve(read)
        else reject(new StudioError('protocol-error', 'the time server has no time to give'))
      })
      socket.connect(port, host, () => {
        sentMs = clock.monotonicMs()
        sentWallMs = clock.now()
        socket.send(question, () => {})
      })
    }))
  } finally {
    socket.close()
  }
}

/** Offset and delay of an answer (RFC 5905, section 8); null when the server is not in step itself, or wants to be left alone. */
export function readNtp(answer: Buffer, { sentWallMs, delayMs }: { sentWallMs: number; delayMs: number }): NtpAnswer | null {
  const [first = 0, stratum = 0] = answer
  if ((first & 7) !== SERVER_MODE || first >> 6 === 3 || stratum < 1 || stratum > 15) return null
  const [receivedMs, transmittedMs] = [timeAt(answer, 32), timeAt(answer, 40)]
  if (receivedMs === null || transmittedMs === null || transmittedMs < receivedMs) return null
  const arrivedWallMs = sentWallMs + delayMs
  return { offsetMs: (receivedMs - sentWallMs + (transmittedMs - arrivedWallMs)) / 2, delayMs: Math.max(0, delayMs - (transmittedMs - receivedMs)), stratum }
}

/** Seconds begin again in 2036; what is before 1970 is taken for after. */
function timeAt(answer: Buffer, at: number): number | null {
  const seconds = answer.readUInt32BE(at)
  if (seconds === 0) return null
  const since1970 = seconds < FROM_1900 ? seconds + FRACTION - FROM_1900 : seconds - FROM_1900
  return since1970 * 1000 + (answer.readUInt32BE(at + 4) / FRACTION) * 1000
}
