import { readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { fileFailure, systemCode, writeFileAtomic } from '../base/atomic-file.ts'
import type { SecretStore } from './host.ts'
import { makeFolder } from '../base/make-folder.ts'

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

const protections = ['encrypted', 'protected-file', 'memory'] as const satisfies readonly SecretStore['protection'][]
const fileSchema = z.object({ version: z.literal(1), protection: z.enum(protections), values: z.record(z.string(), z.string()) })
type Stored = z.infer<typeof fileSchema>

/**
 * Secrets in one file that only this user may read, written whole and atomically, one write at a time.
 * A file that cannot be read as ours is renamed to `<path>.broken` and starts empty; one that another host protected
 * waits as `<path>.<protection>` until that host comes back. A value that can no longer be decoded (the system's key
 * has changed) counts as absent. Reading and writing throw StudioError `folder-not-writable` or `disk-full`.
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
  try {
    const text = await readText(path)
    const stored = text === null ? null : parse(text)
    if (stored?.protection === coding.protection) return new Map(Object.entries(stored.values))
    // Of the other host, or damaged: kept beside, never overwritten.
    if (text !== null) await rename(path, `${path}.${stored ? stored.protection : 'broken'}`)
    const before = parse((await readText(`${path}.${coding.protection}`)) ?? '')
    if (before?.protection !== coding.protection) return new Map()
    await rename(`${path}.${coding.protection}`, path)
    return new Map(Object.entries(before.values))
  } catch (error) {
    throw fileFailure(error, path)
  }
}

/** null when there is no such file. */
async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
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
  await makeFolder(dirname(path)).catch((error: unknown) => {
    throw fileFailure(error, path)
  })
  await writeFileAtomic(path, `${JSON.stringify(stored)}\n`)
}
