import type { RecordingFormat } from '@shared/domain/recording.ts'
import { Mp4Muxer } from '../mp4/mp4-muxer.ts'
import { AdtsMuxer } from './adts-muxer.ts'
import type { FileMuxer, MuxOptions } from './file-muxer.ts'
import { FlvMuxer } from './flv-muxer.ts'
import { MkvMuxer } from './mkv-muxer.ts'
import { TsMuxer } from './ts-muxer.ts'

/** Formats of one file each; HLS is many. */
export type FileFormat = Exclude<RecordingFormat, 'hls'>

const MUXERS: Readonly<Record<FileFormat, new (options: MuxOptions) => FileMuxer>> = { mp4: Mp4Muxer, mkv: MkvMuxer, flv: FlvMuxer, ts: TsMuxer, aac: AdtsMuxer }

export const openMuxer = (format: FileFormat, options: MuxOptions): FileMuxer => new MUXERS[format](options)
