import { closeSync, existsSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretsText } from './srt-arguments.ts'
import type { SrtSecrets } from './srt-secrets.ts'

/** Where FFmpeg reads its secrets, once, at its start. */
export interface SecretsFile {
  path: string
  /** To be called when it has read them. Again does no harm. */
  remove(): Promise<void>
}

const PREFIX = 'castwright-srt-secrets-'
/** Whose it is: the process. */
const LEFT = new RegExp(String.raw`^${PREFIX}(\d+)-[^-]+$`)
/** Memory, where there is such a folder: not even the blocks of the file are on a disk. */
const MEMORY_FOLDER = '/dev/shm'
const OPEN_FILES = `/proc/${process.pid}/fd`

/** Puts the secrets where only this user can read them; null when there are none. */
export async function writeSecrets(secrets: SrtSecrets, hasOpenFiles = existsSync(OPEN_FILES)): Promise<SecretsFile | null> {
  const text = secretsText(secrets)
  if (text === '') return null
  return hasOpenFiles ? withoutName(text) : withName(text)
}

/**
 * Removes what studios left behind that were killed while FFmpeg was starting (not on Linux: there is nothing to leave). Never
 * rejects. To be called at the start.
 */
export async function sweepSecrets(folder = tmpdir()): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const left = names.filter((name) => {
    const owner = LEFT.exec(name)?.[1]
    return owner !== undefined && !isRunning(Number(owner))
  })
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true }).catch(() => {})))
}

/** Linux: an open file that has lost its name before it gets its text. Whatever ends this process, the system takes it away. */
function withoutName(text: string): SecretsFile {
  const path = join(existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir(), `${PREFIX}${crypto.randomUUID()}`)
  const file = openSync(path, 'wx+', 0o600)
  let open = true
  const close = () => {
    if (open) closeSync(file)
    open = false
  }
  try {
    unlinkSync(path)
    writeSync(file, text)
  } catch (error) {
    close()
    throw error
  }
  return { path: join(OPEN_FILES, String(file)), remove: async () => close() }
}

/** Elsewhere: in a folder that only its owner may enter, and that says whose it is. */
async function withName(text: string): Promise<SecretsFile> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  const path = join(folder, 'options.ffpreset')
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await writeFile(path, text, { mode: 0o600 })
  } catch (error) {
    await remove()
    throw error
  }
  return { path, remove }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // It is there, but somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
