import type { Ffmpeg } from './find-ffmpeg.ts'

/**
 * Where FFmpeg is: looked for when it is first needed, and remembered once it is there. One that was missing is looked for
 * again the next time, since it may have been installed meanwhile. Never rejects.
 */
export function ffmpegLookup(find: () => Promise<Ffmpeg | null>): () => Promise<Ffmpeg | null> {
  let known: Promise<Ffmpeg | null> | null = null
  return () => {
    known ??= find()
      .catch(() => null)
      .then((found) => {
        if (!found) known = null
        return found
      })
    return known
  }
}
