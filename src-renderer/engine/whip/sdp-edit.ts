import { StudioError } from '@shared/domain/errors.ts'
import { type MediaDescription, parse, type SessionDescription, write } from 'sdp-transform'

/**
 * Everything that is changed in session descriptions, text in and text out. What Chromium makes stays as it is locally;
 * only what is sent to the server and what is taken from it is edited.
 */

/** What travels beside a codec and carries no picture of its own. */
const HELPER = /^(rtx|red|ulpfec|flexfec-03)$/i

export interface OpusSound {
  audioKbps: number
  /** Absent = 2. */
  audioChannels?: 1 | 2 | undefined
}

/** The offer as the server gets it. `complete` = no more candidates will follow. */
export function offerToSend(sdp: string, { complete, ...sound }: OpusSound & { complete: boolean }): string {
  const offer = parse(sdp)
  for (const media of offer.media) {
    // RFC 9725, 4.4.1: in each bundled m-section. Chromium leaves it out whatever its policy is.
    media.invalid = [...(media.invalid ?? []).filter(({ value }) => value !== 'rtcp-mux-only'), { value: 'rtcp-mux-only' }]
    if (complete && media.candidates) media.endOfCandidates = 'end-of-candidates'
  }
  setOpus(offer, opusWithFec(sound), true)
  return write(offer)
}

/**
 * The answer as it is applied. The sender obeys the far side's wishes, which most servers do not state: those about sound
 * are added where the answer is silent, and a bandwidth estimate that starts at the wanted rate instead of at 300 kbit/s.
 * The ceiling is the sender's `maxBitrate`, which can change without another negotiation. `minKbps` (null = none) is what the
 * estimate never goes below: on a line that cannot carry it, that is loss, of sound too, so that it is for those who want
 * the rate to stay as it is. Who has a floor gets fewer pictures below it instead.
 */
export function answerToApply(sdp: string, { startKbps, minKbps = null, ...sound }: OpusSound & { startKbps: number; minKbps?: number | null }): string {
  const answer = parse(sdp)
  for (const media of answer.media) {
    if (media.type !== 'video') continue
    for (const { payload, codec } of media.rtp) {
      if (HELPER.test(codec)) continue
      setParameters(media, payload, { 'x-google-start-bitrate': String(Math.round(startKbps)), ...(minKbps === null ? {} : { 'x-google-min-bitrate': String(Math.round(minKbps)) }) }, true)
    }
  }
  setOpus(answer, opusWithFec(sound), false)
  return write(answer)
}

/** Throws `offer-rejected` unless every m-section of the offer is there, taken, and received with a codec that was offered. */
export function checkAnswer(answerSdp: string, offerSdp: string): void {
  const [answer, offer] = [parse(answerSdp), parse(offerSdp)]
  if (answer.media.length !== offer.media.length) throw new StudioError('offer-rejected', `the answer has ${answer.media.length} of ${offer.media.length} media sections`)
  for (const [index, asked] of offer.media.entries()) {
    const given = answer.media[index]
    if (!given || given.type !== asked.type) throw new StudioError('offer-rejected', `the answer has no ${asked.type} section in its place`)
    // With BUNDLE a section of port 0 that is `bundle-only` is not refused (RFC 9143, 6).
    if (given.port === 0 && !given.bundleOnly) throw new StudioError('offer-rejected', `the server takes no ${asked.type}`)
    if (given.direction === 'inactive' || given.direction === 'sendonly') throw new StudioError('offer-rejected', `the server would not receive ${asked.type} (${given.direction})`)
    const offered = new Set(asked.rtp.map(({ codec }) => codec.toLowerCase()).filter((codec) => !HELPER.test(codec)))
    if (!given.rtp.some(({ codec }) => offered.has(codec.toLowerCase()))) {
      throw new StudioError('offer-rejected', `the server answers ${asked.type} with ${given.rtp.map(({ codec }) => codec).join(', ') || 'no codec'}`)
    }
  }
}

/**
 * The answer after an ICE restart: the server's new credentials and candidates instead of all old ones (RFC 9725, 4.3.3);
 * everything else as it was. Throws `protocol-error` when the fragment has no credentials.
 */
export function restartedAnswer(answerSdp: string, fragment: string): string {
  const [answer, news] = [parse(answerSdp), parse(fragment)]
  // A fragment may have its lines before or in the m-section (RFC 8840, 4.4), which the types do not know.
  const parts: Partial<MediaDescription>[] = [news as Partial<MediaDescription>, ...news.media]
  const iceUfrag = parts.find((each) => each.iceUfrag !== undefined)?.iceUfrag
  const icePwd = parts.find((each) => each.icePwd !== undefined)?.icePwd
  if (iceUfrag === undefined || icePwd === undefined) throw new StudioError('protocol-error', 'the answer to the ICE restart has no credentials')
  const candidates = parts.flatMap((each) => each.candidates ?? [])
  const complete = parts.some((each) => each.endOfCandidates)
  delete answer.iceUfrag
  delete answer.icePwd
  for (const [index, media] of answer.media.entries()) {
    // sdp-transform takes credentials for text; a ufrag of digits alone comes back as a number.
    media.iceUfrag = String(iceUfrag)
    media.icePwd = String(icePwd)
    delete media.candidates
    delete media.endOfCandidates
    if (index > 0) continue
    media.candidates = candidates
    if (complete) media.endOfCandidates = 'end-of-candidates'
  }
  return write(answer)
}

/** The ICE credentials of the first m-section. */
export function iceCredentials(sdp: string): { usernameFragment: string; password: string } {
  const session = parse(sdp)
  const parts = [...session.media, session]
  const text = (value: string | undefined): string => (value === undefined ? '' : String(value))
  return { usernameFragment: text(parts.find((each) => each.iceUfrag !== undefined)?.iceUfrag), password: text(parts.find((each) => each.icePwd !== undefined)?.icePwd) }
}

/** RFC 7587 §6.1: one channel is what Opus has where nothing else is said; here it is said. */
function opusWithFec({ audioKbps, audioChannels = 2 }: OpusSound): Record<string, string> {
  const stereo = audioChannels === 2 ? '1' : '0'
  return { stereo, 'sprop-stereo': stereo, useinbandfec: '1', maxaveragebitrate: String(Math.round(audioKbps * 1000)) }
}

function setOpus(session: SessionDescription, parameters: Record<string, string>, override: boolean): void {
  for (const media of session.media) {
    for (const { payload, codec } of media.rtp) if (/^opus$/i.test(codec)) setParameters(media, payload, parameters, override)
  }
}

/** Adds format parameters of a payload; those that are there stay unless `override`. */
function setParameters(media: MediaDescription, payload: number, parameters: Record<string, string>, override: boolean): void {
  const line = media.fmtp.find((each) => each.payload === payload)
  const before = new Map((line?.config ?? '').split(';').filter((each) => each.trim() !== '').map((each) => splitOnce(each.trim())))
  for (const [name, value] of Object.entries(parameters)) if (override || !before.has(name)) before.set(name, value)
  const config = [...before].map(([name, value]) => (value === null ? name : `${name}=${value}`)).join(';')
  if (line) line.config = config
  else media.fmtp.push({ payload, config })
}

function splitOnce(text: string): [string, string | null] {
  const at = text.indexOf('=')
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)]
}
