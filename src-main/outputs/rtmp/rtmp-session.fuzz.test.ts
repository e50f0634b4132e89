import { expect, it } from 'vitest'
import { parsePushAddress } from '@shared/domain/address.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { MAX_MESSAGE_BYTES } from './chunk-reader.ts'
import { ChunkWriter } from './chunk-writer.ts'
import type { OutgoingMessage } from './chunk-writer.ts'
import { acknowledgement, command, data, pingResponse, setChunkSize, windowAcknowledgementSize } from './messages.ts'
import { RtmpSession } from './rtmp-session.ts'

const RUNS = 10_000

/** mulberry32: small, seeded, good enough to spread mutations. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const status = (level: string, code: string, name = 'onStatus', transaction = 0): OutgoingMessage => command(name, transaction, [null, { level, code, description: 'as it was' }], name === 'onStatus' ? 1 : 0)

/** Everything a server says from the first byte to the permission to publish, and then some. */
function serverReplies(): Buffer {
  const writer = new ChunkWriter()
  const messages = [
    windowAcknowledgementSize(5_000_000),
    { chunkStream: 2, type: 6, streamId: 0, timestampMs: 0, payload: Buffer.from([0, 0x4c, 0x4b, 0x40, 2]) },
    setChunkSize(4096),
    command('_result', 1, [{ fmsVer: 'FMS/3,0,1,123', capabilities: 31 }, { level: 'status', code: 'NetConnection.Connect.Success', description: 'Connection succeeded.', objectEncoding: 0 }]),
    command('onBWDone', 0, [null]),
    command('_error', 2, [null, { level: 'error', code: 'NetConnection.Call.Failed', description: '' }]),
    command('_result', 4, [null, 1]),
    status('status', 'NetStream.Publish.Start'),
    acknowledgement(123_456),
    { ...pingResponse(Buffer.of(1, 2, 3, 4)), payload: Buffer.from([0, 6, 1, 2, 3, 4]) },
    data(['|RtmpSampleAccess', false, false], 1, 0x1000000),
    status('error', 'NetStream.Publish.BadName'),
  ]
  const bytes: Uint8Array[] = [Buffer.of(3), Buffer.alloc(3072, 0x5a)]
  for (const message of messages) {
    bytes.push(...writer.write(message))
    if (message.type === 1) writer.chunkBytes = 4096
  }
  return Buffer.concat(bytes)
}

function mutated(good: Buffer, chance: () => number): Buffer {
  const bytes = Buffer.from(good)
  const at = () => {
    // Mostly behind the handshake, whose bytes hardly matter.
    const from = chance() < 0.05 ? 0 : 3073
    return from + Math.floor(chance() * (bytes.length - from))
  }
  for (let changes = 1 + Math.floor(chance() * 8); changes > 0; changes--) {
    const kind = chance()
    if (kind < 0.5) bytes[at()] = Math.floor(chance() * 256)
    else if (kind < 0.7) bytes[at()] = [0, 1, 0x7f, 0x80, 0xff][Math.floor(chance() * 5)] ?? 0
    else if (kind < 0.85) bytes.copyWithin(at(), at(), at())
    else bytes.fill(Math.floor(chance() * 256), at(), at())
  }
  if (chance() < 0.3) return bytes.subarray(0, at())
  if (chance() < 0.3) return Buffer.concat([bytes, Buffer.from(Array.from({ length: 200 }, () => Math.floor(chance() * 256)))])
  return bytes
}

it(`survives ${RUNS} mutated server replies: no hang, nothing thrown but StudioErrors, bounded memory and answers`, () => {
  const good = serverReplies()
  const reached = { accepted: 0, failed: 0 }
  const longestReply = { bytes: 0 }
  const startedAtMs = performance.now()
  for (let seed = 1; seed <= RUNS; seed++) {
    const chance = random(seed)
    let writtenBytes = 0
    const session = new RtmpSession(parsePushAddress('rtmp://host/live', 'key'), {
      write: (parts) => {
        writtenBytes += parts.reduce((sum, part) => sum + part.length, 0)
      },
      phase: (phase) => {
        if (phase === 'accepted') reached.accepted++
      },
      acknowledged: () => {},
    })
    session.start(new Uint8Array(1528))
    const bytes = mutated(good, chance)
    try {
      for (let at = 0; at < bytes.length; ) {
        const size = 1 + Math.floor(chance() * (chance() < 0.2 ? 3 : 2000))
        session.receive(bytes.subarray(at, at + size))
        expect(session.heldBytes).toBeLessThanOrEqual(MAX_MESSAGE_BYTES)
        at += size
      }
    } catch (error) {
      reached.failed++
      if (!(error instanceof StudioError)) throw new Error(`seed ${seed}`, { cause: error })
      if (error.reason === 'unexpected') throw new Error(`seed ${seed}: no reason`, { cause: error })
    }
    longestReply.bytes = Math.max(longestReply.bytes, writtenBytes)
  }
  // The mutations are worth something only when many replies get far and many break something.
  expect(reached.accepted).toBeGreaterThan(RUNS / 10)
  expect(reached.failed).toBeGreaterThan(RUNS / 10)
  expect(longestReply.bytes).toBeLessThan(1024 * 1024)
  expect(performance.now() - startedAtMs).toBeLessThan(15_000)
})

it('gets through the replies unmutated up to the refusal at their end', () => {
  const phases: string[] = []
  const session = new RtmpSession(parsePushAddress('rtmp://host/live', 'key'), { write: () => {}, phase: (phase) => phases.push(phase), acknowledged: () => {} })
  session.start(new Uint8Array(1528))
  expect(() => session.receive(serverReplies())).toThrow('NetStream.Publish.BadName')
  expect(phases).toEqual(['handshaking', 'opening', 'publishing', 'accepted'])
})
