import type { whip } from '@shared/contracts/whip.ts'
import type { Client } from '@shared/contracts/service.ts'

/** What peers tell main and need from it: the sending side of the `whip` contract. */
export type WhipLink = Pick<Client<typeof whip>, 'offer' | 'candidate' | 'restart' | 'connection' | 'report' | 'failure' | 'watch'>
