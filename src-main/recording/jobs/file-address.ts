/**
 * A file as FFmpeg must be told it: with the protocol, so that neither a leading dash nor a colon in its name means anything
 * else. Absolute paths only.
 */
export const fileAddress = (path: string): string => `file:${path}`

/** A list for FFmpeg's concat demuxer (quoting: its own rules, https://ffmpeg.org/ffmpeg-utils.html#Quoting-and-escaping). */
export function concatList(paths: readonly string[]): string {
  const lines = paths.map((path) => `file '${fileAddress(path).replaceAll("'", String.raw`'\''`)}'`)
  return ['ffconcat version 1.0', ...lines, ''].join('\n')
}
