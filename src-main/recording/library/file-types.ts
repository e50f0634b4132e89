import type { RecordedFile } from '@shared/domain/recording.ts'

export type FileFormat = RecordedFile['format']

interface FileType {
  format: FileFormat
  mimeType: string
}

const TYPES: Readonly<Record<string, FileType>> = {
  mp4: { format: 'mp4', mimeType: 'video/mp4' },
  mkv: { format: 'mkv', mimeType: 'video/x-matroska' },
  flv: { format: 'flv', mimeType: 'video/x-flv' },
  ts: { format: 'ts', mimeType: 'video/mp2t' },
  m3u8: { format: 'hls', mimeType: 'application/vnd.apple.mpegurl' },
  aac: { format: 'aac', mimeType: 'audio/aac' },
  m4a: { format: 'm4a', mimeType: 'audio/mp4' },
  png: { format: 'png', mimeType: 'image/png' },
}

/** What a recording's name says that it is; null for everything that the library does not keep. */
export function typeOf(path: string): FileType | null {
  return TYPES[/\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''] ?? null
}

/** The ending of a file of this format, without the dot. */
export const extensionOf = (format: FileFormat): string => (format === 'hls' ? 'm3u8' : format)
