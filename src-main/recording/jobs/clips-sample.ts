import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, stat, truncate } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import type { RecordedFile, RecordedShow } from '@shared/domain/recording.ts'
import { typeOf } from '../library/file-types.ts'
import { openSource, type Source } from './job-parts.ts'

const run = promisify(execFile)
const MAX_OUTPUT = 64 * 1024 * 1024

export const hasFfmpeg: boolean = await run('ffmpeg', ['-version']).then(() => true, () => false)

export interface Clip {
  seconds: number
  size?: string
  frameRate?: number
  /** Hz; null = no sound. */
  tone?: number | null
  picture?: boolean
  /** Further output arguments. */
  more?: readonly string[]
}

/** Clips of this process that were made before: most tests ask for the same few. */
const made = new Map<string, Promise<string>>()
let place: Promise<string> | null = null

/** Bars with a clock and a tone, as the recorder writes such files: key frames every 2 s, fragmented MP4. */
export async function makeClip(path: string, clip: Clip): Promise<string> {
  // A playlist is many files, and names them.
  if (path.endsWith('.m3u8')) return makeNew(path, clip)
  const key = extname(path) + JSON.stringify(clip)
  place ??= mkdtemp(join(tmpdir(), 'castwright-clips-')).then((folder) => {
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    return folder
  })
  const folder = await place
  const known = made.get(key) ?? makeNew(join(folder, `${made.size}${extname(path)}`), clip)
  made.set(key, known)
  await copyFile(await known, path)
  return path
}

async function makeNew(path: string, { seconds, size = '320x180', frameRate = 30, tone = 440, picture = true, more = [] }: Clip): Promise<string> {
  const video = picture ? ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${frameRate}`] : []
  const audio = tone === null ? [] : ['-f', 'lavfi', '-i', `sine=f=${tone}:r=48000`]
  const codecs = [...(picture ? ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '0', '-g', String(frameRate * 2), '-sc_threshold', '0'] : []), ...(tone === null ? [] : ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'])]
  const container = path.endsWith('.mp4') ? ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'] : path.endsWith('.m3u8') ? ['-hls_time', '2', '-hls_list_size', '0'] : []
  await run('ffmpeg', ['-v', 'error', '-y', ...video, ...audio, '-t', String(seconds), ...codecs, ...container, ...more, `file:${path}`])
  return path
}

/** Ends a file in the middle, as a kill or a power cut does. */
export async function cutOff(path: string, share: number): Promise<void> {
  await truncate(path, Math.floor((await stat(path)).size * share))
}

export interface Counted {
  seconds: number
  pictures: number
  samples: number
  width: number
  height: number
  frameRate: string
  codecs: string[]
  /** What a decoder complains about; empty when all of it can be played. */
  complaints: string
}

/** Decodes all of a file and counts. */
export async function count(path: string): Promise<Counted> {
  const { stdout } = await run('ffprobe', ['-v', 'quiet', '-count_frames', '-show_entries', 'format=duration:stream=codec_type,codec_name,nb_read_frames,width,height,r_frame_rate', '-of', 'json', `file:${path}`], { maxBuffer: MAX_OUTPUT })
  const { stderr } = await run('ffmpeg', ['-v', 'error', '-i', `file:${path}`, '-f', 'null', '-'], { maxBuffer: MAX_OUTPUT })
  const { streams, format } = JSON.parse(stdout) as { streams: Record<string, string>[]; format: { duration: string } }
  const of = (type: string) => streams.find((each) => each['codec_type'] === type)
  return {
    seconds: Number(format.duration),
    pictures: Number(of('video')?.['nb_read_frames'] ?? 0),
    samples: Number(of('audio')?.['nb_read_frames'] ?? 0) * 1024,
    width: Number(of('video')?.['width'] ?? 0),
    height: Number(of('video')?.['height'] ?? 0),
    frameRate: of('video')?.['r_frame_rate'] ?? '',
    codecs: streams.map((each) => each['codec_name'] ?? ''),
    // How a variable rate fits the null muxer's clock is no complaint about the file.
    complaints: stderr.split('\n').filter((line) => !line.startsWith('[null @')).join('\n'),
  }
}

/** Seconds of black pictures and of silence, as FFmpeg's own detectors see them. */
export async function blackAndSilent(path: string): Promise<{ black: number; silent: number }> {
  const { stderr } = await run('ffmpeg', ['-hide_banner', '-i', `file:${path}`, '-vf', 'blackdetect=d=0.2:pix_th=0.05', '-af', 'silencedetect=n=-50dB:d=0.3', '-f', 'null', '-'], { maxBuffer: MAX_OUTPUT })
  const sum = (pattern: RegExp) => [...stderr.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0)
  return { black: sum(/black_duration:([\d.]+)/g), silent: sum(/silence_duration: ([\d.]+)/g) }
}

/** A file as the library would give it to a job. */
export async function sourceOf(folder: string, path: string, part: Partial<RecordedFile> = {}): Promise<Source> {
  const absolute = `${folder}/${path}`
  const type = typeOf(path)
  const file: RecordedFile = {
    path, format: type?.format ?? 'mp4', kind: 'recording', sizeBytes: (await stat(absolute)).size, durationMs: null, startedAtMs: 1_000_000, width: null, height: null, condition: 'good', ...part,
  }
  const show: RecordedShow = { showRunId: 'run-1', name: 'My show', startedAtMs: 1_000_000, files: [file] }
  return openSource(file, show, absolute)
}
