import { FORMATS_WITH_TRACKS, type RecordingFormat } from '@shared/domain/recording.ts'
import type { SoundFacts } from '../library/media-facts.ts'
import { fileAddress } from './file-address.ts'

/** What is in a file, as far as it decides whether it can be copied. */
export interface Codecs {
  video: string | null
  audio: string | null
  /** Where there are several. */
  sounds?: readonly SoundFacts[]
}

/** Codecs that a container takes as they are; anything else is coded anew. */
const TAKES: Readonly<Record<RecordingFormat, { video: readonly string[]; audio: readonly string[] }>> = {
  mp4: { video: ['avc', 'hevc', 'av1', 'vp9'], audio: ['aac', 'mp3', 'opus', 'ac3'] },
  mkv: { video: ['avc', 'hevc', 'av1', 'vp9', 'vp8'], audio: ['aac', 'mp3', 'opus', 'vorbis', 'flac', 'ac3'] },
  flv: { video: ['avc'], audio: ['aac', 'mp3'] },
  ts: { video: ['avc', 'hevc'], audio: ['aac', 'mp3', 'ac3'] },
  hls: { video: ['avc', 'hevc'], audio: ['aac', 'mp3', 'ac3'] },
  aac: { video: [], audio: ['aac'] },
}

const HLS_SEGMENT_SECONDS = 6

/** Codec and container arguments for one output, without input and file name. */
export function outputArguments(format: RecordingFormat, codecs: Codecs): string[] {
  const takes = TAKES[format]
  const video = codecs.video === null || format === 'aac' ? ['-vn'] : ['-map', '0:v:0', ...(takes.video.includes(codecs.video) ? ['-c:v', 'copy'] : X264)]
  const audio = codecs.sounds && FORMATS_WITH_TRACKS.includes(format) ? allSounds(codecs.sounds, takes.audio) : firstSound(codecs.audio, takes.audio)
  return [...video, ...audio, '-sn', '-dn', ...CONTAINERS[format]]
}

const firstSound = (codec: string | null, taken: readonly string[]): string[] => (codec === null ? ['-an'] : ['-map', '0:a:0', ...(taken.includes(codec) ? ['-c:a', 'copy'] : AAC)])

/** Each in a track of its own, under its name in both containers' way. */
function allSounds(sounds: readonly SoundFacts[], taken: readonly string[]): string[] {
  const names = sounds.flatMap(({ name }, n) => (name ? [`-metadata:s:a:${n}`, `title=${name}`, `-metadata:s:a:${n}`, `handler_name=${name}`] : []))
  return ['-map', '0:a', ...(sounds.every(({ codec }) => taken.includes(codec)) ? ['-c:a', 'copy'] : AAC), ...names]
}

/** Coding anew: a quality at which nobody sees a difference, at a speed that leaves the computer usable. */
export const X264: readonly string[] = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p']
export const AAC: readonly string[] = ['-c:a', 'aac', '-b:a', '160k']

const CONTAINERS: Readonly<Record<RecordingFormat, readonly string[]>> = {
  mp4: ['-movflags', '+faststart', '-f', 'mp4'],
  mkv: ['-f', 'matroska'],
  flv: ['-flvflags', '+add_keyframe_index', '-f', 'flv'],
  ts: ['-f', 'mpegts'],
  hls: ['-f', 'hls', '-hls_time', String(HLS_SEGMENT_SECONDS), '-hls_playlist_type', 'vod', '-hls_list_size', '0'],
  aac: ['-f', 'adts'],
}

export interface CopyJob {
  from: string
  to: string
  format: RecordingFormat
  codecs: Codecs
}

/**
 * HLS is made in the working folder under names of its own: in a segment's name FFmpeg takes a percent sign for a number,
 * and has no way to write one.
 */
export const HLS_PLAYLIST = 'made.m3u8'
export const HLS_SEGMENT = 'segment_'
const HLS_NAMES: readonly string[] = ['-hls_segment_filename', `${HLS_SEGMENT}%05d.ts`, HLS_PLAYLIST]

/** A file in another container, without coding it anew where the container takes its codecs. For HLS `to` does not count. */
export function convertArguments({ from, to, format, codecs }: CopyJob): string[] {
  return [...inputArguments(from), '-i', fileAddress(from), ...outputArguments(format, codecs), ...(format === 'hls' ? HLS_NAMES : [fileAddress(to)])]
}

/**
 * What can still be read of a file that was cut off, in the same container. Packets that are not whole are dropped, and
 * time stamps that are missing are made. `bytes` = read no more than that.
 */
export function repairArguments({ from, to, format, codecs, bytes = null }: CopyJob & { bytes?: number | null }): string[] {
  // The first bytes of a file as a file of its own; what stands behind the last colon is its name, whatever it holds.
  const input = bytes === null ? fileAddress(from) : `subfile,,start,0,end,${bytes},,:${from}`
  return ['-err_detect', 'ignore_err', '-fflags', '+genpts+discardcorrupt', '-i', input, ...outputArguments(format, codecs), fileAddress(to)]
}

/** Pieces one behind the other, as they are, from a list for the concat demuxer. */
export function joinArguments({ list, to, format, codecs }: { list: string; to: string; format: 'mp4' | 'mkv'; codecs: Codecs }): string[] {
  return ['-f', 'concat', '-safe', '0', ...PLAYLIST_INPUT, '-i', fileAddress(list), ...outputArguments(format, codecs), fileAddress(to)]
}

/** Only files, whatever a playlist names. */
const PLAYLIST_INPUT: readonly string[] = ['-protocol_whitelist', 'file,crypto,data']

const inputArguments = (from: string): readonly string[] => (from.endsWith('.m3u8') ? ['-allowed_extensions', 'ALL', ...PLAYLIST_INPUT] : [])
