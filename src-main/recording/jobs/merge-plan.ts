import type { Client } from '@shared/contracts/service.ts'
import type { recordings } from '@shared/contracts/recordings.ts'

/** How single streams become one file; see `recordings.merge`. */
export type MergeOptions = Omit<Parameters<Client<typeof recordings>['merge']>[0], 'paths'>

/** One recorded file of one user's camera (`main`) or screen (`aux`). */
export interface MergePiece {
  path: string
  /** As it stands in file names: base64 with `/` → `-` and `=` → `.`. */
  user: string
  media: 'main' | 'aux'
  /** Wall time of the first frame, ms since 1970. */
  startedAtMs: number
  durationMs: number
  hasPicture: boolean
  hasSound: boolean
}

/** From where in which file. */
export interface Cut {
  path: string
  fromMs: number
}

/** A stretch of the result with one source each; null = black, or silence. */
export interface MergePart {
  durationMs: number
  picture: Cut | null
  sound: Cut | null
}

export interface MergeResult {
  name: string
  startedAtMs: number
  durationMs: number
  hasPicture: boolean
  parts: MergePart[]
}

/** Pieces further apart than this belong to different runs. */
export const RUN_GAP_MS = 15_000
/** Edges closer together than this are one: wall times of files are no better. */
const SNAP_MS = 50

export const DEFAULT_FRAME_RATE = 15
/** 5 to 120 frames a second; what is no number is the default. */
export const clampFrameRate = (frameRate: number): number => (Number.isFinite(frameRate) ? Math.min(120, Math.max(5, frameRate)) : DEFAULT_FRAME_RATE)

/** What to make of the pieces: for each user one file per run of pieces (`segments`) or one of all (`merge`), in a fixed order. */
export function planMerge(pieces: readonly MergePiece[], options: Pick<MergeOptions, 'mode' | 'gaps' | 'sound'>): MergeResult[] {
  const users = [...new Set(pieces.map(({ user }) => user))].sort()
  return users.flatMap((user) => planUser(user, pieces.filter((each) => each.user === user), options))
}

function planUser(user: string, pieces: readonly MergePiece[], options: Pick<MergeOptions, 'mode' | 'gaps' | 'sound'>): MergeResult[] {
  const withPicture = (['main', 'aux'] as const).filter((media) => pieces.some((each) => each.media === media && each.hasPicture))
  const carrier = options.sound === 'any' ? withPicture[0] : options.sound
  const sounds = soundsOf(pieces, carrier ?? 'main')
  const results = withPicture.flatMap((media, index) => {
    const pictures = pieces.filter((each) => each.media === media && each.hasPicture).toSorted(byStart)
    const ending = index === 0 ? 'av.mp4' : `${media}_av.mp4`
    return plan(pictures, media === carrier ? sounds : [], options, (atMs) => `${user}_${atMs}_${ending}`)
  })
  // Nobody's sound is lost: without a picture that carries it, it is a file of its own.
  const isCarried = carrier !== undefined && withPicture.includes(carrier)
  return isCarried || sounds.length === 0 ? results : [...results, ...plan([], sounds, options, (atMs) => `${user}_${atMs}.m4a`)]
}

/** In the order in which they are taken where several sound at once: the carrier's own first, files of sound alone before others. */
function soundsOf(pieces: readonly MergePiece[], carrier: 'main' | 'aux'): MergePiece[] {
  const rank = (each: MergePiece): number => (each.media === carrier ? 0 : 2) + (each.hasPicture ? 1 : 0)
  return pieces.filter((each) => each.hasSound).toSorted((a, b) => rank(a) - rank(b) || byStart(a, b))
}

const byStart = (a: MergePiece, b: MergePiece): number => a.startedAtMs - b.startedAtMs
const endOf = (piece: MergePiece): number => piece.startedAtMs + piece.durationMs

function plan(pictures: readonly MergePiece[], sounds: readonly MergePiece[], options: Pick<MergeOptions, 'mode' | 'gaps'>, name: (atMs: number) => string): MergeResult[] {
  const edges = edgesOf([...pictures, ...sounds])
  const covers = (each: MergePiece, from: number): boolean => each.startedAtMs <= from + SNAP_MS && endOf(each) > from + SNAP_MS
  const cut = (from: readonly MergePiece[], atMs: number): Cut | null => {
    const piece = from.find((each) => covers(each, atMs))
    return piece ? { path: piece.path, fromMs: Math.max(0, atMs - piece.startedAtMs) } : null
  }
  const results: MergeResult[] = []
  let current: MergeResult | null = null
  for (const [index, from] of edges.slice(0, -1).entries()) {
    const part: MergePart = { durationMs: (edges[index + 1] ?? from) - from, picture: cut(pictures, from), sound: cut(sounds, from) }
    const isGap = part.picture === null && part.sound === null
    if (isGap && options.mode === 'segments' && part.durationMs > RUN_GAP_MS) current = null
    else if (!(isGap && options.gaps === 'drop')) {
      if (!current) results.push((current = { name: name(from), startedAtMs: from, durationMs: 0, hasPicture: pictures.length > 0, parts: [] }))
      current.durationMs += part.durationMs
      append(current.parts, part)
    }
  }
  return results
}

/** Where something begins or ends, without those that are nearly the same as the one before. */
function edgesOf(pieces: readonly MergePiece[]): number[] {
  const all = pieces.flatMap((each) => [each.startedAtMs, endOf(each)]).sort((a, b) => a - b)
  return all.reduce<number[]>((kept, edge) => (edge - (kept.at(-1) ?? -Infinity) > SNAP_MS ? [...kept, edge] : kept), [])
}

/** A part that only goes on where the one before ended is no part of its own. */
function append(parts: MergePart[], part: MergePart): void {
  const last = parts.at(-1)
  const goesOn = (before: Cut | null, after: Cut | null): boolean =>
    before === null || after === null ? before === after : before.path === after.path && Math.abs(before.fromMs + (last?.durationMs ?? 0) - after.fromMs) <= SNAP_MS
  if (last && goesOn(last.picture, part.picture) && goesOn(last.sound, part.sound)) last.durationMs += part.durationMs
  else parts.push(part)
}
