import { describe, expect, it } from 'vitest'
import { offeredAudio, offeredVideo } from './whip-codecs.ts'

/** What Chromium 156 lists. */
const h264 = (mode: number, profile: string) => ({ mimeType: 'video/H264', sdpFmtpLine: `level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}` })
const RTX = { mimeType: 'video/rtx' }
const FEC = [{ mimeType: 'video/red' }, { mimeType: 'video/ulpfec' }]
const VP9 = ['0', '2'].map((profile) => ({ mimeType: 'video/VP9', sdpFmtpLine: `profile-id=${profile}` }))
const VIDEO = [
  { mimeType: 'video/VP8' }, RTX, ...['42001f', '42e01f', '4d001f'].flatMap((profile) => [h264(1, profile), h264(0, profile)]),
  { mimeType: 'video/AV1', sdpFmtpLine: 'level-idx=5;profile=0;tier=0' }, ...VP9, ...FEC,
]

describe('offeredVideo', () => {
  it('offers H.264 as constrained baseline, then main, in packetization mode 1', () => {
    const shuffled = [h264(1, '4d001f'), ...VIDEO.filter((each) => !each.mimeType.includes('H264')), h264(1, '42001f'), h264(0, '42e01f'), h264(1, '42e01f')]
    for (const capabilities of [VIDEO, shuffled]) expect(offeredVideo('h264', capabilities)).toEqual([h264(1, '42e01f'), h264(1, '4d001f'), RTX, ...FEC])
  })

  it('offers one codec with its helpers', () => {
    expect(offeredVideo('vp8', VIDEO).map((each) => each.mimeType)).toEqual(['video/VP8', 'video/rtx', 'video/red', 'video/ulpfec'])
    expect(offeredVideo('vp9', VIDEO).slice(0, 2)).toEqual([VP9[0], RTX])
    expect(offeredVideo('av1', VIDEO)[0]?.mimeType).toBe('video/AV1')
  })

  it('offers nothing where the codec is missing, helpers or not', () => {
    expect(offeredVideo('h264', VIDEO.filter((each) => each.mimeType !== 'video/H264'))).toEqual([])
  })
})

it('offers Opus alone', () => {
  expect(offeredAudio([{ mimeType: 'audio/red' }, { mimeType: 'audio/opus' }, { mimeType: 'audio/PCMU' }])).toEqual([{ mimeType: 'audio/opus' }])
})
