import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ffmpegIsThere } from '../../outputs/rtmp/flv-sample.ts'
import { complaints, type Sample, sampleProgram, soundNames as names, soundStreams as sounds, toMux } from '../fake-recording.ts'
import { mendFile } from '../mend/mend-file.ts'
import { finishMp4, finishMp4InPlace } from '../mp4/finish-mp4.ts'
import { type FileFormat, openMuxer } from './open-muxer.ts'

describe.skipIf(!ffmpegIsThere())('several sounds in one file', () => {
  let folder: string
  let sample: Sample
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castwright-sounds-'))
    sample = sampleProgram(3)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const count = (kind: 'video' | 'audio') => sample.packets.filter((packet) => packet.kind === kind).length

  /** The sample with its sound three times: the mix, and two more. */
  async function recorded(format: FileFormat, isEnded: boolean): Promise<string> {
    const header = sample.headers.audio
    if (!header) throw new Error('the sample has no sound')
    const muxer = openMuxer(format, { tracks: { ...sample.headers, moreAudio: [{ name: 'Microphone', header }, { name: '音乐', header }] }, startedAtMs: 1000 })
    const parts = [...muxer.begin()]
    for (const packet of sample.packets) for (const sound of packet.kind === 'audio' ? [0, 1, 2] : [0]) parts.push(...muxer.add({ ...toMux(packet), sound }))
    const { tail, patches } = isEnded ? muxer.end([]) : { tail: [], patches: [] }
    const whole = Buffer.concat([...parts, ...tail])
    for (const { at, bytes } of patches) whole.set(bytes, at)
    const path = join(folder, `${format}-${isEnded}.${format}`)
    await writeFile(path, whole)
    return path
  }

  it.each(['mp4', 'mkv'] as const)('%s has each in a track with its name; the first is heard', async (format) => {
    const path = await recorded(format, true)
    if (format === 'mp4') await finishMp4(path)
    expect(sounds(path).map(({ nb_read_packets, disposition }) => [Number(nb_read_packets), disposition.default])).toEqual([1, 0, 0].map((heard) => [count('audio'), heard]))
    expect(names(path).slice(1)).toEqual(['Microphone', '音乐'])
    expect(complaints(path)).toBe('')
  })

  it('MP4 has them in fragments, and where its description goes to the end, too', async () => {
    const path = await recorded('mp4', true)
    expect(sounds(path).map(({ nb_read_packets }) => Number(nb_read_packets))).toEqual([1, 2, 3].map(() => count('audio')))
    await finishMp4InPlace(path)
    expect(names(path)).toEqual(['Sound', 'Microphone', '音乐'])
  })

  it.each(['mp4', 'mkv'] as const)('%s keeps them all when it is mended', async (format) => {
    const to = join(folder, `mended.${format}`)
    await mendFile(await recorded(format, false), to, format)
    for (const { nb_read_packets } of sounds(to)) expect(Number(nb_read_packets)).toBeGreaterThan(count('audio') - 30)
    expect(names(to).slice(1)).toEqual(['Microphone', '音乐'])
    expect(complaints(to)).toBe('')
  })

  it.each(['flv', 'ts', 'aac'] as const)('%s has the first and leaves the others out', async (format) => {
    const path = await recorded(format, true)
    expect(sounds(path).map(({ nb_read_packets }) => Number(nb_read_packets))).toEqual([count('audio')])
    expect(complaints(path)).toBe('')
  })
})
