import { createHash } from 'node:crypto'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogLine, logs } from '@shared/contracts/logs.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { logLevels } from '../base/logger.ts'
import { linesBackwards } from './lines-backwards.ts'
import { isAtLeast, readLogLine } from './log-line.ts'

/** One call looks through no more than this: a word that is nowhere keeps nobody waiting. */
const MAX_BYTES_PER_CALL = 2_000_000
const BEGINNING_BYTES = 1024

export interface LogReaderParts {
  folder: string
  /** What was written before its secret was known is caught here. */
  redact: (text: string) => string
  reveal: (path: string) => Promise<void>
  maxBytesPerCall?: number
}

interface LogFile {
  path: string
  /** The same file under another name, after the files were rotated, has the same one. */
  identity: string
  sizeBytes: number
}

type Wanted = Parameters<Handlers<typeof logs>['tail']>[0]

/** The studio's own log files, read from the end in pieces, whatever their size. */
export class LogReader {
  constructor(private readonly parts: LogReaderParts) {}

  readonly handlers: Handlers<typeof logs> = {
    tail: (wanted) => this.tail(wanted),
    reveal: async () => {
      const [newest] = await this.#files()
      if (!newest) throw new StudioError('not-found', 'there is no log yet')
      await this.parts.reveal(newest.path)
    },
  }

  async tail({ before, limit, level, text }: Wanted): Promise<{ lines: LogLine[]; before: string | null }> {
    const files = await this.#files()
    const [identity, offset] = before?.split(':') ?? [files[0]?.identity, String(files[0]?.sizeBytes ?? 0)]
    const first = files.findIndex((file) => file.identity === identity)
    // The place was in a file that has gone the way of old files: everything before it has, too.
    if (first < 0) return { lines: [], before: null }
    const sought = text.toLowerCase()
    const lines: LogLine[] = []
    let readBytes = 0
    for (const [index, file] of files.slice(first).entries()) {
      const end = index === 0 ? Math.min(Number(offset) || 0, file.sizeBytes) : file.sizeBytes
      const handle = await open(file.path, 'r').catch(() => null)
      if (!handle) continue
      try {
        for await (const line of linesBackwards(handle, end)) {
          const place = `${file.identity}:${line.at}`
          const entry = mayBe(line.text, level, sought) ? readLogLine(this.parts.redact(line.text), place) : null
          // A word is sought in what is shown: a secret is not found either.
          if (entry && isAtLeast(entry.level, level) && textOf(entry).includes(sought)) lines.unshift(entry)
          readBytes += Buffer.byteLength(line.text)
          if (lines.length === limit || readBytes > (this.parts.maxBytesPerCall ?? MAX_BYTES_PER_CALL)) return { lines, before: place }
        }
      } finally {
        await handle.close()
      }
    }
    return { lines, before: null }
  }

  /** The newest first. */
  async #files(): Promise<LogFile[]> {
    const names = (await readdir(this.parts.folder).catch(() => [])).filter((name) => ageOf(name) !== null).sort((a, b) => ageOf(a)! - ageOf(b)!)
    const files = await Promise.all(names.map((name) => describeFile(join(this.parts.folder, name)).catch(() => null)))
    return files.filter((file) => file !== null)
  }
}

/** Dear work is done only on lines that may be wanted: other parts of the studio wait meanwhile. */
const mayBe = (raw: string, least: LogLine['level'], sought: string): boolean =>
  logLevels.some((level) => isAtLeast(level, least) && raw.includes(`"level":"${level}"`)) && (sought === '' || raw.toLowerCase().includes(JSON.stringify(sought).slice(1, -1)))
const textOf = ({ name, message, more }: LogLine): string => `${name} ${message} ${more}`.toLowerCase()

/** A file's beginning never changes, while its name does and its number on the disk is given to another one later. */
async function describeFile(path: string): Promise<LogFile> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0)
    const [firstLine = ''] = buffer.toString('latin1', 0, bytesRead).split('\n')
    return { path, identity: createHash('sha256').update(firstLine).digest('hex').slice(0, 16), sizeBytes: (await handle.stat()).size }
  } finally {
    await handle.close()
  }
}

/** `castwright.jsonl` is 0, `castwright.3.jsonl` 3; null = no log. */
function ageOf(name: string): number | null {
  const [whole, age = '0'] = /^castwright(?:\.(\d{1,3}))?\.jsonl$/.exec(name) ?? []
  return whole === undefined ? null : Number(age)
}
