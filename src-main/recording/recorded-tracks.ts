import type { ProgramHeaders } from '@shared/domain/packet.ts'
import { FORMATS_WITH_TRACKS, type RecordingFormat, type RecordingSettings } from '@shared/domain/recording.ts'
import { sameProgram } from '../program/same-program.ts'
import type { MuxTracks } from './muxers/file-muxer.ts'
import type { FileFormat } from './muxers/open-muxer.ts'

/** What of the program is recorded. */
export function tracksOf(headers: ProgramHeaders | null, content: RecordingSettings['content']): MuxTracks {
  return { video: content === 'audio' ? null : (headers?.video ?? null), audio: content === 'video' ? null : (headers?.audio ?? null) }
}

/** The same in a word, for manifests and notices. */
export const wordOfTracks = ({ video, audio }: MuxTracks): RecordingSettings['content'] => (!video ? 'audio' : audio ? 'audio-video' : 'video')

/** One of the program's sound tracks in a file. */
export interface RecordedSound {
  /** 1 to 6; the first is what is sent. */
  track: number
  /** Absent where there is nothing to tell apart. */
  name?: string
}

/** The sounds that go into files with room for several. */
export function soundsOf({ soundTracks, trackNames }: Pick<RecordingSettings, 'soundTracks' | 'trackNames'>): RecordedSound[] {
  const onlyFirst = soundTracks.length === 1 && soundTracks[0] === 1
  return soundTracks.map((track) => {
    const name = trackNames[track - 1]?.trim() || (onlyFirst ? '' : `Track ${track}`)
    return { track, ...(name && { name }) }
  })
}

/** The sounds that a file of this format holds, and how its tracks describe them: all are coded alike. AAC has nothing but sound. */
export function fileTracks(format: FileFormat, tracks: MuxTracks, programSound: MuxTracks['audio'], sounds: readonly RecordedSound[]): { tracks: MuxTracks; sounds: readonly number[] } {
  if (format === 'aac') return { tracks: { video: null, audio: programSound }, sounds: [1] }
  const { audio } = tracks
  const [first, ...more] = sounds
  if (!audio || !first || !FORMATS_WITH_TRACKS.includes(format)) return { tracks, sounds: [1] }
  const moreAudio = more.map(({ track, name = `Track ${track}` }) => ({ name, header: audio }))
  return { tracks: { ...tracks, ...(first.name && { audioName: first.name }), moreAudio }, sounds: sounds.map(({ track }) => track) }
}

/** The tracks that the page must code besides the first: none where no file has room for them. */
export function furtherTracks(settings: Pick<RecordingSettings, 'formats' | 'hlsAlsoMp4' | 'content' | 'streams' | 'soundTracks'>): number[] {
  const { formats, hlsAlsoMp4, content, streams, soundTracks } = settings
  const hasRoom = formats.some((format) => FORMATS_WITH_TRACKS.includes(format)) || (hlsAlsoMp4 && formats.includes('hls'))
  return hasRoom && content !== 'video' && streams.includes('mix') ? soundTracks.filter((track) => track > 1) : []
}

/** The formats of one file each. One that can hold nothing of what is recorded is left out. */
export function fileFormatsOf({ formats, hlsAlsoMp4 }: Pick<RecordingSettings, 'formats' | 'hlsAlsoMp4'>, headers: ProgramHeaders | null): FileFormat[] {
  const wanted: RecordingFormat[] = hlsAlsoMp4 && formats.includes('hls') ? [...new Set([...formats, 'mp4' as const])] : [...formats]
  const files = wanted.filter((format) => format !== 'hls')
  return files.filter((format) => format !== 'aac' || headers?.audio)
}

/** The same program, or the same picture while its sound is not there (yet): a page that was loaded anew may bring it later. */
export const goesOn = (before: ProgramHeaders, next: ProgramHeaders): boolean => sameProgram(before, next) || (next.audio === null && sameProgram({ ...before, audio: null }, next))
