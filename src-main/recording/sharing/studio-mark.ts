import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolder } from '../../base/make-folder.ts'
import { type FindProcess, isSameProcess } from '../../process/find-process.ts'
import { MANIFEST_FOLDER } from '../manifest.ts'

/** Says in a recordings folder that a studio uses it: `<folder>/.castwright/studios/<id>.json`. */
export const studioMark = z.object({
  version: z.literal(1),
  /** Of one opening of the folder. */
  id: z.string().regex(/^[\w-]{1,64}$/),
  /** The computer's name, the process there, and when that began where the system says it. */
  host: z.string(),
  pid: z.int().positive(),
  startedAt: z.number().nullable(),
  /** Paths of the files it writes now, relative to the recordings folder. */
  writing: z.array(z.string()),
})
export type StudioMark = z.infer<typeof studioMark>

/** A mark is renewed every 10 s; one that is older than this by the folder's own clock has no studio behind it. */
const STALE_AFTER_MS = 60_000

const marksIn = (folder: string): string => join(folder, MANIFEST_FOLDER, 'studios')
const pathOf = (folder: string, id: string): string => join(marksIn(folder), `${id}.json`)

/** As a whole or not at all. Not flushed: after a power cut nobody is there whom it could tell of. Rejects with the system's errors. */
export async function writeMark(folder: string, mark: StudioMark): Promise<void> {
  await makeFolder(marksIn(folder), 0o755)
  const beside = join(marksIn(folder), `.${mark.id}.${randomUUID().slice(0, 8)}.tmp`)
  try {
    await writeFile(beside, `${JSON.stringify(mark)}\n`, { mode: 0o644, flag: 'wx' })
    await rename(beside, pathOf(folder, mark.id))
  } finally {
    await rm(beside, { force: true })
  }
}

export const removeMark = (folder: string, id: string): Promise<void> => rm(pathOf(folder, id), { force: true })

/**
 * The other studios that live. Marks of dead ones are removed: of processes of this computer that are gone, or whose number
 * another process has by now; and of other computers, or where the system does not say when a process began, those that were not
 * renewed. Ages are by the times of files, so that computers whose clocks differ agree. Our own mark must be there.
 */
export async function otherStudios(folder: string, own: Pick<StudioMark, 'id' | 'host'>, find: FindProcess): Promise<StudioMark[]> {
  const names = await readdir(marksIn(folder))
  const nowMs = (await stat(pathOf(folder, own.id))).mtimeMs
  const found: StudioMark[] = []
  for (const name of names.filter((each) => each.endsWith('.json') && each !== `${own.id}.json`)) {
    const path = join(marksIn(folder), name)
    const read = await readMark(path)
    if (read === null) continue
    if (isAlive(read, nowMs, own.host, find)) found.push(read.mark)
    else await rm(path, { force: true })
  }
  return found
}

async function readMark(path: string): Promise<{ mark: StudioMark; atMs: number } | null> {
  try {
    const mark = studioMark.safeParse(JSON.parse(await readFile(path, 'utf8'))).data
    return mark ? { mark, atMs: (await stat(path)).mtimeMs } : null
  } catch {
    // Gone meanwhile, or of another version.
    return null
  }
}

function isAlive({ mark, atMs }: { mark: StudioMark; atMs: number }, nowMs: number, host: string, find: FindProcess): boolean {
  const isFresh = nowMs - atMs < STALE_AFTER_MS
  if (mark.host !== host) return isFresh
  const running = find(mark.pid)
  return isSameProcess(running, mark) && (isFresh || (running?.startedAt !== null && mark.startedAt !== null))
}
