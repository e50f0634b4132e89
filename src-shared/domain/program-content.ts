import { z } from 'zod'

/**
 * What a destination gets: `mix` is the composed program; `second` the same show composed on its second canvas; `main` the camera
 * passed on as it is, with the microphone; `aux` the screen share with its own sound.
 */
export const PROGRAM_CONTENTS = ['mix', 'second', 'main', 'aux'] as const
export const programContent = z.enum(PROGRAM_CONTENTS)
export type ProgramContent = z.infer<typeof programContent>

/** One source by itself, beside the mix. */
export const SINGLE_CONTENTS = ['main', 'aux'] as const
export const singleContent = z.enum(SINGLE_CONTENTS)
export type SingleContent = z.infer<typeof singleContent>

export const isSingle = (content: ProgramContent): content is SingleContent => content === 'main' || content === 'aux'

/** Everything beside the mix: coded only while somebody wants it, each with encoders, a port and a bus of its own. */
export const SIDE_CONTENTS = ['second', ...SINGLE_CONTENTS] as const
export const sideContent = z.enum(SIDE_CONTENTS)
export type SideContent = z.infer<typeof sideContent>

export const isSide = (content: ProgramContent): content is SideContent => content !== 'mix'
