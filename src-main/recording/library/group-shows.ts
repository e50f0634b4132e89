import type { RecordedFile, RecordedShow } from '@shared/domain/recording.ts'
import type { ManifestFile, RecordingManifest } from '../manifest.ts'
import type { KnownFile } from './facts-cache.ts'
import type { FoundFile } from './scan-folder.ts'

export interface Grouped {
  found: readonly FoundFile[]
  manifests: readonly RecordingManifest[]
  known: (file: FoundFile) => KnownFile | null
  /** Files that are being written now. */
  writing: ReadonlySet<string>
}

/** Files that no manifest names are shown by the day they were made on, under an id that begins like this and without a name. */
export const OTHER = 'other-'

/** What the page shows: every show run with its files, newest first; files in the order in which they were begun. */
export function groupShows({ found, manifests, known, writing }: Grouped): RecordedShow[] {
  const shows = new Map<string, RecordedShow>()
  const owner = new Map<string, { manifest: RecordingManifest; entry: ManifestFile }>()
  for (const manifest of manifests) for (const entry of manifest.files) owner.set(entry.path, { manifest, entry })
  for (const file of found) {
    const owned = owner.get(file.path)
    const recorded = recordedFile(file, owned?.entry ?? null, known(file), writing.has(file.path))
    const run = owned?.manifest ?? { showRunId: OTHER + dayOf(recorded.startedAtMs), name: '', startedAtMs: recorded.startedAtMs }
    const show = shows.get(run.showRunId) ?? { showRunId: run.showRunId, name: run.name, startedAtMs: run.startedAtMs, files: [] }
    shows.set(run.showRunId, show)
    show.files.push(recorded)
    show.startedAtMs = Math.min(show.startedAtMs, recorded.startedAtMs)
  }
  for (const show of shows.values()) show.files.sort((a, b) => a.startedAtMs - b.startedAtMs || (a.path < b.path ? -1 : 1))
  return [...shows.values()].sort((a, b) => b.startedAtMs - a.startedAtMs)
}

function recordedFile(file: FoundFile, entry: ManifestFile | null, known: KnownFile | null, writing: boolean): RecordedFile {
  const durationMs = known?.durationMs ?? entry?.durationMs ?? null
  return {
    path: file.path,
    format: file.format,
    kind: entry?.kind ?? (file.format === 'png' ? 'snapshot' : 'recording'),
    sizeBytes: file.sizeBytes,
    durationMs: file.format === 'png' ? null : durationMs,
    startedAtMs: Math.round(entry?.startedAtMs ?? file.modifiedAtMs - (durationMs ?? 0)),
    width: known?.width ?? entry?.width ?? null,
    height: known?.height ?? entry?.height ?? null,
    condition: conditionOf(entry, known, writing),
    ...(entry?.stream && { media: entry.stream.media }),
    ...(entry?.tracks && { tracks: entry.tracks }),
  }
}

function conditionOf(entry: ManifestFile | null, known: KnownFile | null, writing: boolean): RecordedFile['condition'] {
  if (writing) return 'writing'
  if (known && !known.readable) return 'broken'
  return entry && !entry.finished ? 'unfinished' : 'good'
}

/** The day where the user is, e.g. `2026-11-20`. */
export function dayOf(atMs: number): string {
  const day = new Date(atMs)
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
