import { PROGRAM_CONTENTS, type ProgramContent } from '@shared/domain/program-content.ts'
import type { Show } from '@shared/domain/show.ts'

/** What a destination or a recording may be given: the second canvas only while the show has one, or where it is chosen already. */
export const offeredContents = (show: Pick<Show, 'second'> | null, chosen: readonly ProgramContent[]): ProgramContent[] =>
  PROGRAM_CONTENTS.filter((each) => each !== 'second' || show?.second?.enabled === true || chosen.includes(each))
