import { describe, expect, it } from 'vitest'
import type { ManifestFile, RecordingManifest } from '../manifest.ts'
import { dayOf, groupShows } from './group-shows.ts'
import type { FoundFile } from './scan-folder.ts'

const NOON = new Date(2026, 10, 20, 12).getTime()
const found = (path: string, modifiedAtMs = NOON): FoundFile => ({ path, format: 'mp4', sizeBytes: 10, modifiedAtMs, segments: [] })
const entry = (path: string, part: Partial<ManifestFile> = {}): ManifestFile => ({
  path, format: 'mp4', kind: 'recording', startedAtMs: NOON, finished: true, durationMs: 5000, sizeBytes: 10, width: 1280, height: 720, chapters: [], ...part,
})
const manifest = (showRunId: string, startedAtMs: number, files: ManifestFile[]): RecordingManifest => ({ version: 1, showRunId, name: `Show ${showRunId}`, startedAtMs, files })
const group = (part: Partial<Parameters<typeof groupShows>[0]>) => groupShows({ found: [], manifests: [], known: () => null, writing: new Set(), ...part })

describe('groupShows', () => {
  it('puts newest shows first and their files in order', () => {
    const shows = group({
      found: [found('b_2.mp4'), found('b_1.mp4'), found('a.mp4')],
      manifests: [manifest('a', NOON - 1000, [entry('a.mp4', { startedAtMs: NOON - 1000, stream: { userId: 'ann', media: 'aux' } })]), manifest('b', NOON, [entry('b_1.mp4'), entry('b_2.mp4', { startedAtMs: NOON + 9 })])],
    })
    expect(shows.map(({ showRunId, files }) => [showRunId, ...files.map(({ path }) => path)])).toEqual([['b', 'b_1.mp4', 'b_2.mp4'], ['a', 'a.mp4']])
    expect(shows.map(({ files }) => files[0]?.media)).toEqual([undefined, 'aux'])
  })

  it('puts what nobody knows under its day, without a name', () => {
    const shows = group({ found: [found('x.mp4'), found('y.mp4', NOON + 1), found('z.mp4', NOON + 86_400_000)], known: () => ({ readable: true, durationMs: 4000, width: 640, height: 360 }) })
    expect(shows.map(({ showRunId, name, files }) => [showRunId, name, files.length])).toEqual([['other-2026-11-21', '', 1], ['other-2026-11-20', '', 2]])
    expect(shows[1]?.files[0]).toMatchObject({ startedAtMs: NOON - 4000, durationMs: 4000, width: 640, condition: 'good' })
  })

  it('leaves out files that are gone, and shows without files', () => {
    expect(group({ manifests: [manifest('a', NOON, [entry('gone.mp4')])] })).toEqual([])
  })

  it('knows the condition of each', () => {
    const files = ['good.mp4', 'cut.mp4', 'now.mp4', 'broken.mp4', 'stub.mp4']
    const shows = group({
      found: files.map((path) => found(path)),
      manifests: [manifest('a', NOON, [entry('good.mp4'), entry('cut.mp4', { finished: false }), entry('now.mp4', { finished: false }), entry('stub.mp4', { finished: false })])],
      known: ({ path }) => ({ readable: !['broken.mp4', 'stub.mp4'].includes(path), durationMs: null, width: null, height: null }),
      writing: new Set(['now.mp4']),
    })
    const conditions = Object.fromEntries(shows.flatMap((show) => show.files.map(({ path, condition }) => [path, condition])))
    expect(conditions).toEqual({ 'good.mp4': 'good', 'cut.mp4': 'unfinished', 'now.mp4': 'writing', 'broken.mp4': 'broken', 'stub.mp4': 'broken' })
  })

  it('days are the user’s', () => expect(dayOf(new Date(2026, 0, 5, 0, 0, 1).getTime())).toBe('2026-01-05'))
})
