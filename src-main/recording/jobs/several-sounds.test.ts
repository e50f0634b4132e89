import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { soundNames, soundStreams } from '../fake-recording.ts'
import { hasFfmpeg, sourceOf } from './clips-sample.ts'
import { convertJob } from './convert-job.ts'
import { type JobFolder, jobFolder } from './job-folder-sample.ts'
import { joinJob } from './join-job.ts'

const SLOW = { timeout: 120_000 }

let folder: JobFolder
beforeEach(async () => {
  folder = await jobFolder()
})
afterEach(() => folder.close())

/** A second of a picture with as many sounds as it has names. */
async function clip(name: string, sounds: readonly string[]) {
  const tones = sounds.flatMap((_, n) => ['-f', 'lavfi', '-i', `sine=f=${440 + n * 220}:r=48000:d=1`])
  const tracks = sounds.flatMap((title, n) => ['-map', `${n + 1}:a`, `-metadata:s:a:${n}`, `title=${title}`, `-metadata:s:a:${n}`, `handler_name=${title}`])
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=160x160:r=15:d=1', ...tones, '-map', '0:v', ...tracks, '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', join(folder.path, name)])
  return sourceOf(folder.path, name, { startedAtMs: 1_000_000 })
}

const NAMES = ['Show', '麦克风', 'Music: "loud"']
const at = (path: string | undefined) => join(folder.path, path ?? '')

describe.skipIf(!hasFfmpeg)('several sounds in a recording', SLOW, () => {
  it.each([['mp4', 'mkv'], ['mkv', 'mp4']] as const)('stay in it with their names when %s becomes %s', async (from, to) => {
    const [made] = await folder.run(convertJob(folder.parts, await clip(`a.${from}`, NAMES), to))
    expect(soundNames(at(made))).toEqual(NAMES)
    expect(soundStreams(at(made)).map(({ disposition }) => disposition.default)).toEqual([1, 0, 0])
  })

  it('become the first alone where there is room for no more', async () => {
    const [made] = await folder.run(convertJob(folder.parts, await clip('a.mp4', NAMES), 'ts'))
    expect(soundStreams(at(made))).toHaveLength(1)
  })

  it.each(['mp4', 'mkv'] as const)('are joined each with its own in %s', async (format) => {
    const [made] = await folder.run(joinJob(folder.parts, [await clip(`a_1.${format}`, NAMES), await clip(`a_2.${format}`, NAMES)]))
    expect(soundNames(at(made))).toEqual(NAMES)
    for (const { nb_read_packets } of soundStreams(at(made))) expect(Number(nb_read_packets)).toBeGreaterThan(90)
  })

  it('keep pieces apart that have fewer of them', async () => {
    const pieces = [await clip('a_1.mp4', NAMES), await clip('a_2.mp4', NAMES.slice(1))]
    expect(() => joinJob(folder.parts, pieces)).toThrow(expect.objectContaining({ reason: 'pieces-differ', evidence: expect.stringContaining('2 sound tracks, not 3') as string }) as Error)
  })
})
