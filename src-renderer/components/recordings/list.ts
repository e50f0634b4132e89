import type { RecordedFile, RecordedShow, RecordingFormat } from '@shared/domain/recording.ts'

export type Kind = RecordedFile['kind']

export interface Filter {
  text: string
  /** `all` or one kind. */
  kind: Kind | 'all'
}

/** Shows with the files that match; a show whose name or day matches is there with all of its files. */
export function filterShows(shows: readonly RecordedShow[], { text, kind }: Filter, titleOf: (show: RecordedShow) => string): RecordedShow[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '')
  return shows.flatMap((show) => {
    const title = titleOf(show).toLocaleLowerCase()
    const files = show.files.filter((file) => {
      const all = `${title} ${file.path} ${file.format}`.toLocaleLowerCase()
      return (kind === 'all' || file.kind === kind) && words.every((word) => all.includes(word))
    })
    return files.length > 0 ? [{ ...show, files }] : []
  })
}

export interface Sum {
  files: number
  durationMs: number
  sizeBytes: number
}

export function sumOf(files: readonly RecordedFile[]): Sum {
  return files.reduce<Sum>((sum, file) => ({ files: sum.files + 1, durationMs: sum.durationMs + (file.durationMs ?? 0), sizeBytes: sum.sizeBytes + file.sizeBytes }), { files: 0, durationMs: 0, sizeBytes: 0 })
}

export interface CanDo {
  join: boolean
  merge: boolean
  repair: boolean
  trash: boolean
  /** Formats that at least one of the files does not have yet. */
  convert: RecordingFormat[]
}

const CONVERTIBLE: readonly RecordingFormat[] = ['mp4', 'mkv', 'flv', 'ts', 'hls', 'aac']

/** What can sensibly be done with these files; what is being written is left alone. */
export function canDo(files: readonly RecordedFile[]): CanDo {
  const idle = files.every(({ condition }) => condition !== 'writing')
  const media = files.every(({ format }) => format !== 'png')
  const readable = files.every(({ condition }) => condition === 'good' || condition === 'unfinished')
  const usable = files.length > 0 && idle && media && readable
  return {
    join: usable && files.length > 1,
    merge: usable,
    repair: files.length > 0 && idle && media && files.every(({ condition }) => condition === 'unfinished' || condition === 'broken'),
    trash: files.length > 0 && idle,
    convert: usable ? CONVERTIBLE.filter((format) => files.every((file) => file.format !== format)) : [],
  }
}

/** The pieces of a show that *Join* is about: what was recorded, in one format; null when there is nothing to join. */
export function piecesOf(show: RecordedShow): string[] | null {
  const recorded = show.files.filter(({ kind, condition }) => kind === 'recording' && condition === 'good')
  const isMixed = recorded.every(({ path }) => !path.includes('__UserId_s_'))
  const formats = new Set(recorded.map(({ format }) => format))
  return recorded.length > 1 && formats.size === 1 && isMixed ? recorded.map(({ path }) => path) : null
}

/** How many people's streams these are, by their names; files of the mixed program count as one each. */
export const peopleIn = (paths: readonly string[]): number =>
  new Set(paths.map((path) => /__UserId_s_([^/]+?)__UserId_e_/.exec(path)?.[1] ?? path.replace(/(_\d+)?\.\w+$/, ''))).size

/** The file's name without its folders. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Names of one recording differ at their ends: so much of a long one is always seen. */
const END_LETTERS = 20

/** A path in three parts: its folders, the beginning of its name, which may be cut short on the screen, and the end. */
export function nameParts(path: string): { folder: string; begin: string; end: string } {
  const name = nameOf(path)
  const letters = [...name]
  const at = letters.length > END_LETTERS ? letters.length - END_LETTERS : letters.length
  return { folder: path.slice(0, path.length - name.length), begin: letters.slice(0, at).join(''), end: letters.slice(at).join('') }
}
