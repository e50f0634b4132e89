import type { SrtOptions } from '../../destination.ts'
import type { Reason } from '../../errors.ts'
import type { PasteTextProblem } from './paste-text.ts'

export type PastedField = 'address' | 'key' | 'token' | 'streamId' | 'passphrase' | 'latency' | 'mode' | 'keyLength'

/** Where to send to, as it was pasted: the fields of one destination. */
export interface PastedPlace {
  kind: 'rtmp' | 'whip' | 'srt' | 'hls'
  /** Without secrets. */
  address: string
  key: string
  passphrase: string
  srt: Partial<SrtOptions>
  /** What was found, for a sentence about it. */
  found: PastedField[]
  /** What was seen and left out; `detail` is the name of an option or a count, never a value. */
  ignored: { what: 'playback' | 'backup' | 'option' | 'user-info' | 'more-addresses'; detail?: string }[]
}

/** Why nothing came of a pasted text. */
export type PasteProblem = PasteTextProblem | 'no-address' | 'only-secret' | 'playback-address' | 'scheme' | 'address'

export interface NotUnderstood {
  ok: false
  problem: PasteProblem
  /** `scheme`: which one it was, e.g. `rtsp`. */
  scheme?: string
  /** `address`: what is wrong with it. The evidence never quotes the text. */
  reason?: Reason
  evidence?: string
  /** `only-secret`: the key or token that stood alone, for the field of a server that is chosen already. */
  secret?: string
}

export type PasteResult = ({ ok: true } & PastedPlace) | NotUnderstood
