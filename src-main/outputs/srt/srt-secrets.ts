import { StudioError } from '@shared/domain/errors.ts'

export interface SrtSecrets {
  passphrase: string
  streamId: string
}

/** libsrt's own limits: 10 to 79 characters (the specification allows 80), 512 bytes. */
const PASSPHRASE_LENGTH = { min: 10, max: 79 }
const MAX_STREAM_ID_BYTES = 512

/** Fails with `passphrase-wrong` or `address-invalid` for what libsrt would not take. Never quotes it. */
export function checkSecrets({ passphrase, streamId }: SrtSecrets): void {
  const bytes = Buffer.byteLength(passphrase)
  if (passphrase && (bytes < PASSPHRASE_LENGTH.min || bytes > PASSPHRASE_LENGTH.max || hasControl(passphrase)))
    throw new StudioError('passphrase-wrong', `a passphrase has ${PASSPHRASE_LENGTH.min} to ${PASSPHRASE_LENGTH.max} characters`)
  if (Buffer.byteLength(streamId) > MAX_STREAM_ID_BYTES || hasControl(streamId)) throw new StudioError('address-invalid', 'the stream id is longer than 512 bytes or has a line break')
}

const hasControl = (text: string): boolean => /\p{Cc}/u.test(text)
