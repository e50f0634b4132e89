import { randomBytes, randomUUID } from 'node:crypto'
import { open, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { diagnostic, type DiagnosticClock, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { systemCode } from '../../base/atomic-file.ts'
import type { SystemCheckParts } from './system-parts.ts'

/** MB/s: 10 is six recordings of 12 Mbit/s at once and half as much again; 3 is two of them, with nothing left. */
const SPEED = { warn: 10, fail: 3, worse: 'below' } as const
const PIECE_BYTES = 4 * 1024 * 1024
const MAX_PIECES = 24
/** No more is begun after that; a piece on its way is waited for. */
const FOR_MS = 3000
const NEEDED_BYTES = 1e9

/** Writes up to 96 MB beside the recordings, each piece down to the disk itself, and removes it. */
export const systemDiskSpeed = ({ recordingsFolder, freeBytes }: Pick<SystemCheckParts, 'recordingsFolder' | 'freeBytes'>) =>
  diagnostic({
    name: 'system.disk-speed',
    group: 'system',
    uses: 'disk',
    timeoutMs: 60_000,
    async perform({ clock, signal, progress }) {
      if ((await freeBytes(recordingsFolder())) < NEEDED_BYTES) return { status: 'skipped', code: 'no-room', actions: ['free-disk'] }
      const path = join(await existing(recordingsFolder()), `.castwright-disk-test-${randomUUID()}`)
      try {
        return judgeDiskSpeed(await writePieces(path, clock, signal, progress))
      } catch (error) {
        signal.throwIfAborted()
        return { status: 'fail', code: 'not-writable', evidence: systemCode(error), actions: ['free-disk'] }
      } finally {
        await rm(path, { force: true }).catch(() => {})
      }
    },
  })

/** MB/s of each piece. */
export function judgeDiskSpeed(pieces: readonly { bytes: number; ms: number }[]): FindingOf<'system.disk-speed'> {
  const total = pieces.reduce((sum, { bytes, ms }) => ({ bytes: sum.bytes + bytes, ms: sum.ms + ms }), { bytes: 0, ms: 0 })
  const mbPerSecond = rate(total)
  const status = mbPerSecond < SPEED.fail ? 'fail' : mbPerSecond < SPEED.warn ? 'warn' : 'pass'
  const longestMs = Math.round(Math.max(0, ...pieces.map(({ ms }) => ms)))
  return {
    status, code: ({ pass: 'quick', warn: 'moderate', fail: 'slow' } as const)[status], params: { mbPerSecond }, value: mbPerSecond, unit: 'MB/s', threshold: SPEED,
    samples: pieces.map(rate), data: { mbPerSecond, longestMs, bytes: total.bytes }, ...(status !== 'pass' && { actions: ['free-disk' as const] }),
  }
}

async function writePieces(path: string, clock: DiagnosticClock, signal: AbortSignal, progress: (fraction: number) => void): Promise<{ bytes: number; ms: number }[]> {
  // Random, so that no file system makes it smaller.
  const piece = randomBytes(PIECE_BYTES)
  const file = await open(path, 'wx', 0o600)
  try {
    const pieces: { bytes: number; ms: number }[] = []
    const startedMs = clock.monotonicMs()
    while (pieces.length < MAX_PIECES && clock.monotonicMs() - startedMs < FOR_MS) {
      signal.throwIfAborted()
      const atMs = clock.monotonicMs()
      const { bytesWritten } = await file.write(piece)
      await file.datasync()
      pieces.push({ bytes: bytesWritten, ms: clock.monotonicMs() - atMs })
      progress(Math.max(pieces.length / MAX_PIECES, (clock.monotonicMs() - startedMs) / FOR_MS))
    }
    return pieces
  } finally {
    await file.close()
  }
}

/** The folder itself, or where it would be made. */
async function existing(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) if (at === dirname(at) || (await stat(at).catch(() => null))?.isDirectory()) return at
}

const rate = ({ bytes, ms }: { bytes: number; ms: number }): number => Math.round(bytes / 1e5 / (Math.max(ms, 0.1) / 1000)) / 10
