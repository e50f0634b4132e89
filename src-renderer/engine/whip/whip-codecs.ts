import type { WhipOptions } from '@shared/domain/destination.ts'

type VideoCodec = WhipOptions['videoCodec']

/** What travels beside a codec: sending again, and forward error correction. */
const HELPERS = /^video\/(rtx|red|ulpfec|flexfec-03)$/i
const MIME: Record<VideoCodec, RegExp> = { h264: /^video\/h264$/i, vp8: /^video\/vp8$/i, vp9: /^video\/vp9$/i, av1: /^video\/av1$/i }
/** H.264 profiles as their first bytes say them (RFC 6184, 8.1): constrained baseline, then main. */
const H264_PROFILES = [/profile-level-id=42e0/i, /profile-level-id=4d/i]

/**
 * Which of the browser's codecs to offer, best first, with what belongs to them; empty = the browser cannot send this one.
 * H.264: constrained baseline, which every server and player takes, then main; both in packetization mode 1.
 */
export function offeredVideo<C extends { mimeType: string; sdpFmtpLine?: string }>(codec: VideoCodec, capabilities: readonly C[]): C[] {
  const fitting = capabilities.filter(({ mimeType }) => MIME[codec].test(mimeType))
  const chosen = codec === 'h264' ? H264_PROFILES.flatMap((profile) => fitting.filter(({ sdpFmtpLine = '' }) => profile.test(sdpFmtpLine) && /packetization-mode=1/.test(sdpFmtpLine))) : fitting
  // VP9's profiles besides 0 are for 10 bits and full colour, which the program does not have.
  const usable = codec === 'vp9' ? chosen.filter(({ sdpFmtpLine = 'profile-id=0' }) => /profile-id=0/.test(sdpFmtpLine)) : chosen
  return usable.length === 0 ? [] : [...usable, ...capabilities.filter(({ mimeType }) => HELPERS.test(mimeType))]
}

/** Opus alone: everything else that browsers offer is for telephones. */
export const offeredAudio = <C extends { mimeType: string }>(capabilities: readonly C[]): C[] => capabilities.filter(({ mimeType }) => /^audio\/opus$/i.test(mimeType))
