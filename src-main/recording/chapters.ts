import type { RecordingFormat } from '@shared/domain/recording.ts'
import type { Chapter } from './muxers/file-muxer.ts'

/** Formats with a place for chapters; beside a file of another format lies a list of them. */
export const HOLDS_CHAPTERS: ReadonlySet<RecordingFormat> = new Set(['mp4', 'mkv'])

/** `a/b.ts` → `a/b.ts.chapters.vtt`: players that know WebVTT show it, editors import it, people read it. */
export const chaptersVttPath = (path: string): string => `${path}.chapters.vtt`

/** WebVTT chapter text (W3C WebVTT §1.4): each one goes on to the next, the last to the end. */
export function chaptersVtt(chapters: readonly Chapter[], durationMs: number): string {
  const cues = chapters.map(({ atMs, name }, n) => {
    const untilMs = Math.max(chapters[n + 1]?.atMs ?? durationMs, atMs + 1)
    return `${n + 1}\n${time(atMs)} --> ${time(untilMs)}\n${oneLine(name)}\n`
  })
  return ['WEBVTT\n', ...cues].join('\n')
}

function time(ms: number): string {
  const whole = Math.round(ms)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${two((whole / 1000) % 60)}.${String(whole % 1000).padStart(3, '0')}`
}

/** A cue ends at an empty line, and `-->` would begin another. */
const oneLine = (name: string): string => name.replaceAll(/\s+/g, ' ').replaceAll('-->', '→').replaceAll('&', '&amp;').replaceAll('<', '&lt;').trim()
