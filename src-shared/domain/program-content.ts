import { z } from 'zod'

/**
 * What a destination gets: `mix` is the composed program; `main` the camera passed on as it is, with the microphone;
 * `aux` the screen share with its own sound.
 */
export const PROGRAM_CONTENTS = ['mix', 'main', 'aux'] as const
export const programContent = z.enum(PROGRAM_CONTENTS)
export type ProgramContent = z.infer<typeof programContent>

/** One source by itself, beside the mix. */
export const SINGLE_CONTENTS = ['main', 'aux'] as const
export const singleContent = z.enum(SINGLE_CONTENTS)
export type SingleContent = z.infer<typeof singleContent>

export const isSingle = (content: ProgramContent): content is SingleContent => content !== 'mix'
