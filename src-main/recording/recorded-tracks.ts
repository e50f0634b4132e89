import type { ProgramHeaders } from '@shared/domain/packet.ts'
import type { RecordingFormat, RecordingSettings } from '@shared/domain/recording.ts'
import { sameProgram } from '../program/same-program.ts'
import type { MuxTracks } from './muxers/file-muxer.ts'
import type { FileFormat } from './muxers/open-muxer.ts'

/** What of the program is recorded. */
export function tracksOf(headers: ProgramHeaders | null, content: RecordingSettings['content']): MuxTracks {
  return { video: content === 'audio' ? null : (headers?.video ?? null), audio: content === 'video' ? null : (headers?.audio ?? null) }
}

/** The same in a word, for manifests and notices. */
export const wordOfTracks = ({ video, audio }: MuxTracks): RecordingSettings['content'] => (!video ? 'audio' : audio ? 'audio-video' : 'video')

/** The formats of one file each. One that can hold nothing of what is recorded is left out. */
export function fileFormatsOf({ formats, hlsAlsoMp4 }: Pick<RecordingSettings, 'formats' | 'hlsAlsoMp4'>, headers: ProgramHeaders | null): FileFormat[] {
  const wanted: RecordingFormat[] = hlsAlsoMp4 && formats.includes('hls') ? [...new Set([...formats, 'mp4' as const])] : [...formats]
  const files = wanted.filter((format) => format !== 'hls')
  return files.filter((format) => format !== 'aac' || headers?.audio)
}

/** The same program, or the same picture while its sound is not there (yet): a page that was loaded anew may bring it later. */
export const goesOn = (before: ProgramHeaders, next: ProgramHeaders): boolean => sameProgram(before, next) || (next.audio === null && sameProgram({ ...before, audio: null }, next))
