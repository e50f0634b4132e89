import { createHash } from 'node:crypto'
import type { SignatureAlgorithm } from '@shared/domain/addresses/push-signature.ts'

/** The hash of a UTF-8 text, lower-case hexadecimal. */
export const hashHex = (algorithm: SignatureAlgorithm, text: string): string => createHash(algorithm).update(text, 'utf8').digest('hex')
export const md5Hex = (text: string): string => hashHex('md5', text)
