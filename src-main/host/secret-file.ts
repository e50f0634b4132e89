import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { SecretStore } from './host.ts'

/** How values look in the file: as they are, or encrypted by the system. */
export interface SecretCoding {
  protection: SecretStore['protection']
  encode(value: string): Promise<string>
  decode(stored: string): Promise<string>
}

/** Values as they are: the file's mode (0600) is what protects them. */
export const plainCoding: SecretCoding = {
  protection: 'protected-file',
  encode: (value) => Promise.resolve(value),
  decode: (stored) => Promise.resolve(stored),
}

const fileSchema = z.object({ version: z.literal(1), protection: z.string(), values: z.record(z.string(), z.string()) })
type Stored = z.infer<typeof fileSchema>

/**
 * Secrets in one file that only this user may read, written whole and atomically, one write at a time.
 * A file that cannot be read as ours is renamed to `<path>.broken` and starts empty; a value that can no
 * longer be decoded (the system's key has changed) counts as absent.
 */
export function openSecretFile(path: string, coding: SecretCoding): SecretStore {
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work)
    queue = result.catch(() => {})
    return result
  }
  const change = (edit: (values: Map<string, string>) => void): Promise<void> =>
    inTurn(async () => {
      const values = await readValues(path, coding)
      edit(values)
      await write(path, { version: 1, protection: coding.protection, values: Object.fromEntries(values) })
    })
  return {
    protection: coding.protection,
    get: (name) =>
      inTurn(async () => {
        const stored = (await readValues(path, coding)).get(name)
        return stored === undefined ? null : await coding.decode(stored).catch(() => null)
      }),
    async set(name, value) {
      const stored = await coding.encode(value)
      await change((values) => values.set(name, stored))
    },
    delete: (name) => change((values) => values.delete(name)),
  }
}

async function readValues(path: string, coding: SecretCoding): Promise<Map<string, string>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
  const stored = parse(text)
  if (stored?.protection === coding.protection) return new Map(Object.entries(stored.values))
  // Of the other host, or damaged: kept beside, never overwritten.
  await rename(path, `${path}.${stored ? stored.protection : 'broken'}`)
  return new Map()
}

function parse(text: string): Stored | null {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

async function write(path: string, stored: Stored): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(stored)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
