import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { secretsText } from './srt-arguments.ts'

/** libsrt's own limits: 10 to 79 characters (the specification allows 80), 512 bytes. */
const PASSPHRASE_LENGTH = { min: 10, max: 79 }
const MAX_STREAM_ID_BYTES = 512

export interface SecretsFile {
  path: string
  remove(): Promise<void>
}

/** Fails with `passphrase-wrong` or `address-invalid` for what libsrt would not take. Never quotes it. */
export function checkSecrets({ passphrase, streamId }: { passphrase: string; streamId: string }): void {
  const bytes = Buffer.byteLength(passphrase)
  if (passphrase && (bytes < PASSPHRASE_LENGTH.min || bytes > PASSPHRASE_LENGTH.max || hasControl(passphrase)))
    throw new StudioError('passphrase-wrong', `a passphrase has ${PASSPHRASE_LENGTH.min} to ${PASSPHRASE_LENGTH.max} characters`)
  if (Buffer.byteLength(streamId) > MAX_STREAM_ID_BYTES || hasControl(streamId)) throw new StudioError('address-invalid', 'the stream id is longer than 512 bytes or has a line break')
}

/** Writes the secrets where only this user can read them; null when there are none. FFmpeg reads it once, at its start. */
export async function writeSecrets(secrets: { passphrase: string; streamId: string }): Promise<SecretsFile | null> {
  const text = secretsText(secrets)
  if (text === '') return null
  const folder = await mkdtemp(join(tmpdir(), 'castwright-srt-')) // only its owner may enter
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

const hasControl = (text: string): boolean => /\p{Cc}/u.test(text)
