import type { AudioHeader } from '@shared/domain/packet.ts'
import { date, element, filler, float, text, unsigned } from './ebml.ts'
import type { Chapter, MuxTracks } from './file-muxer.ts'

/** Matroska's ids (RFC 9559 §27.1), as far as they are needed. */
export const MKV = {
  Segment: 0x18538067, SeekHead: 0x114d9b74, Seek: 0x4dbb, SeekId: 0x53ab, SeekPosition: 0x53ac,
  Info: 0x1549a966, TimestampScale: 0x2ad7b1, Duration: 0x4489, DateUtc: 0x4461, MuxingApp: 0x4d80, WritingApp: 0x5741,
  Tracks: 0x1654ae6b, TrackEntry: 0xae, TrackNumber: 0xd7, TrackUid: 0x73c5, TrackType: 0x83, FlagLacing: 0x9c, FlagDefault: 0x88, Name: 0x536e, Language: 0x22b59c,
  CodecId: 0x86, CodecPrivate: 0x63a2, DefaultDuration: 0x23e383, Video: 0xe0, PixelWidth: 0xb0, PixelHeight: 0xba,
  Audio: 0xe1, SamplingFrequency: 0xb5, Channels: 0x9f,
  Cluster: 0x1f43b675, Timestamp: 0xe7, SimpleBlock: 0xa3,
  Cues: 0x1c53bb6b, CuePoint: 0xbb, CueTime: 0xb3, CueTrackPositions: 0xb7, CueTrack: 0xf7, CueClusterPosition: 0xf1,
  Chapters: 0x1043a770, EditionEntry: 0x45b9, ChapterAtom: 0xb6, ChapterUid: 0x73c4, ChapterTimeStart: 0x91, ChapterTimeEnd: 0x92,
  ChapterDisplay: 0x80, ChapString: 0x85, ChapLanguage: 0x437c,
} as const

export const VIDEO_TRACK = 1
export const AUDIO_TRACK = 2
const VIDEO_TYPE = 1
const AUDIO_TYPE = 2
/** Times are in ms. */
const TIMESTAMP_SCALE = 1_000_000
const APPLICATION = 'Castwright'
/** Of a duration: 2 bytes of id, 1 of size, 8 of number. */
const DURATION_BYTES = 11

export function ebmlHeader(): Buffer {
  return element(0x1a45dfa3, unsigned(0x4286, 1), unsigned(0x42f7, 1), unsigned(0x42f2, 4), unsigned(0x42f3, 8), text(0x4282, 'matroska'), unsigned(0x4287, 4), unsigned(0x4285, 2))
}

/** The duration comes last in it; until it is known there is a filler, because 0 would be believed. */
export const infoElement = (startedAtMs: number): Buffer =>
  element(MKV.Info, unsigned(MKV.TimestampScale, TIMESTAMP_SCALE), text(MKV.MuxingApp, APPLICATION), text(MKV.WritingApp, APPLICATION), date(MKV.DateUtc, startedAtMs), durationPlace())

export const durationPlace = (): Buffer => filler(DURATION_BYTES)
export const durationElement = (durationMs: number): Buffer => float(MKV.Duration, durationMs)

export function trackElements({ video, audio, audioName, moreAudio = [] }: MuxTracks): Buffer[] {
  const tracks: Buffer[] = []
  if (video) {
    const picture = element(MKV.Video, unsigned(MKV.PixelWidth, video.width), unsigned(MKV.PixelHeight, video.height))
    const rate = unsigned(MKV.DefaultDuration, Math.round(1e9 / video.frameRate))
    tracks.push(track(VIDEO_TRACK, VIDEO_TYPE, 'V_MPEG4/ISO/AVC', video.avcC, rate, picture))
  }
  if (audio) tracks.push(track(AUDIO_TRACK, AUDIO_TYPE, 'A_AAC', audio.asc, ...(audioName ? [text(MKV.Name, audioName)] : []), soundElement(audio)))
  for (const [n, { name, header }] of moreAudio.entries()) {
    tracks.push(track(AUDIO_TRACK + 1 + n, AUDIO_TYPE, 'A_AAC', header.asc, unsigned(MKV.FlagDefault, 0), text(MKV.Name, name), soundElement(header)))
  }
  return tracks
}

const soundElement = ({ sampleRate, channels }: AudioHeader): Buffer => element(MKV.Audio, float(MKV.SamplingFrequency, sampleRate), unsigned(MKV.Channels, channels))

function track(number: number, type: number, codec: string, codecPrivate: Uint8Array, ...more: Buffer[]): Buffer {
  return element(
    MKV.TrackEntry, unsigned(MKV.TrackNumber, number), unsigned(MKV.TrackUid, number), unsigned(MKV.TrackType, type), unsigned(MKV.FlagLacing, 0),
    text(MKV.Language, 'und'), text(MKV.CodecId, codec), element(MKV.CodecPrivate, codecPrivate), ...more,
  )
}

/** One edition; each chapter goes on to the next one, the last to the end. */
export function chapterElement(chapters: readonly Chapter[], endMs: number): Buffer {
  const atoms = chapters.map(({ atMs, name }, n) => {
    const untilMs = chapters[n + 1]?.atMs ?? Math.max(endMs, atMs)
    const display = element(MKV.ChapterDisplay, text(MKV.ChapString, name), text(MKV.ChapLanguage, 'und'))
    return element(MKV.ChapterAtom, unsigned(MKV.ChapterUid, n + 1), unsigned(MKV.ChapterTimeStart, Math.round(atMs) * 1_000_000), unsigned(MKV.ChapterTimeEnd, Math.round(untilMs) * 1_000_000), display)
  })
  return element(MKV.Chapters, element(MKV.EditionEntry, ...atoms))
}
