import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ADTS, FilePathSource, Input, MATROSKA, MP4, MPEG_TS, QTFF, WEBM } from 'mediabunny'
import { adtsLengthMs } from './aac-length.ts'
import { readHeadAndTail } from './file-tail.ts'
import type { FileFormat } from './file-types.ts'
import { flvFacts } from './flv-facts.ts'
import { type MediaFacts, NO_FACTS } from './media-facts.ts'
import { parsePlaylist, segmentName } from './playlist.ts'
import { tsLengthMs } from './ts-length.ts'

const FORMATS = [MP4, QTFF, MATROSKA, WEBM, ADTS, MPEG_TS]
const HEAD_BYTES = 512 * 1024
const TAIL_BYTES = 1024 * 1024

/**
 * What is in a media file, read from its bytes without FFmpeg and without reading all of it. Null when it cannot be read
 * as what its name says; a file that was cut off is read as far as it goes.
 */
export async function probeFile(path: string, format: FileFormat): Promise<MediaFacts | null> {
  try {
    if (format === 'png') return NO_FACTS
    if (format === 'hls') return await probePlaylist(path)
    if (format === 'flv') return await probeFlv(path)
    return await probeByReader(path, format)
  } catch {
    return null
  }
}

async function probeByReader(path: string, format: FileFormat): Promise<MediaFacts | null> {
  const input = new Input({ source: new FilePathSource(path), formats: FORMATS })
  try {
    const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
    if (!video && !audio) return null
    const [videoConfig, audioConfig] = [video ? await video.getDecoderConfig() : null, audio ? await audio.getDecoderConfig() : null]
    const header = videoConfig?.description
    const sounds = await Promise.all((await input.getAudioTracks()).map(async (each) => ({ codec: (await each.getCodec()) ?? 'other', name: await each.getName() })))
    return {
      durationMs: await lengthMs(input, path, format),
      video: video ? ((await video.getCodec()) ?? 'other') : null,
      audio: audio ? ((await audio.getCodec()) ?? 'other') : null,
      ...(sounds.length > 1 && { sounds }),
      width: videoConfig?.codedWidth ?? null,
      height: videoConfig?.codedHeight ?? null,
      sampleRate: audioConfig?.sampleRate ?? null,
      channels: audioConfig?.numberOfChannels ?? null,
      videoConfig: header ? bytesOf(header) : null,
    }
  } finally {
    input.dispose()
  }
}

async function lengthMs(input: Input, path: string, format: FileFormat): Promise<number | null> {
  if (format === 'ts' || format === 'aac') {
    const { head, tail, sizeBytes } = await readHeadAndTail(path, HEAD_BYTES, format === 'ts' ? TAIL_BYTES : 0)
    return format === 'ts' ? tsLengthMs(head, tail) : adtsLengthMs(head, sizeBytes)
  }
  const seconds = await input.computeDuration()
  return Number.isFinite(seconds) ? Math.round(seconds * 1000) : null
}

async function probeFlv(path: string): Promise<MediaFacts | null> {
  const { head, tail } = await readHeadAndTail(path, HEAD_BYTES, TAIL_BYTES)
  return flvFacts(head, tail)
}

/** The playlist's own sum; codecs and picture size from its first segment that can be read. */
async function probePlaylist(path: string): Promise<MediaFacts | null> {
  const playlist = parsePlaylist(await readFile(path, 'utf8'))
  let facts: MediaFacts | null = null
  for (const { uri } of playlist.segments) {
    const name = segmentName(uri)
    if (name === null) continue
    const segment = join(dirname(path), name)
    if (!(await stat(segment).catch(() => null))?.size) continue
    facts = await probeFile(segment, 'ts')
    break
  }
  if (!facts) return null
  return { ...facts, durationMs: playlist.segments.reduce((sum, each) => sum + each.durationMs, 0) }
}

function bytesOf(source: ArrayBufferView | ArrayBufferLike): Uint8Array {
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source)
}
