import { knownCode, type ServiceCode } from './service-codes.ts'

/** What kind of answer a text comes from. */
export interface AnswerKind {
  /**
   * The status of an HTTP answer of a service's API, e.g. of the address that hands out tokens. Not of a push (WHIP, HLS): a place
   * that is still taken answers 403 there, and a server that is starting again 404, which is worth another try.
   */
  httpStatus?: number
}

/** Services write no more than this before they come to the point; a whole web page is not searched. */
const SEARCHED_CHARACTERS = 4000

/** Eight digits are a code wherever they stand alone. */
const LONG_CODE = /(?<![\w.])([34]0000\d{3})(?!\w)/g
/** Shorter numbers may be anything, so they count behind a word for it, in brackets, or as the whole answer. */
const NAMED_CODE = /(?:\b|_)(?:err(?:or)?[\s_-]?(?:code|no|num)?|code|ret(?:urn)?[\s_-]?code|ret)\b["'\s]*(?:[:=#]|is\b)?[\s"'([]*(\d{1,8})(?![\w.])/gi
const BRACKETED_CODE = /[[(](\d{4,8})[\])]/g
const WHOLE_CODE = /^\s*(\d{4,8})\s*(?:$|[:,;-])/

/** The same small number means something else to a recorder, and nothing to anybody else. */
const ABOUT_RECORDING = /\brecord(?:s|er|ed|ing|ings)?\b|录制/i
const SIGN_INVALID = /\bsign(?:ature)?\s*(?:is\s+|was\s+)?(?:invalid|wrong|incorrect|mismatch(?:ed)?|not\s+match)|\b(?:invalid|wrong|bad|incorrect)\s+sign(?:ature)?\b|\bsign(?:ature)?\s+(?:check|verification)\s+failed/i
const TIME_EXPIRED = /\btime\s*(?:is\s+|was\s+|has\s+)?expired|\bexpired\s+(?:time|sign(?:ature)?|txtime)|\b(?:sign(?:ature)?|txtime|address|url)\s+(?:is\s+|has\s+)?expired/i

/**
 * Finds a code of the table, or a refusal that is known by its words, in what a server said: an RTMP description,
 * a problem+json detail, the body of an HTTP answer. Null when there is none. Pure; the text itself decides nothing else.
 */
export function findServiceCode(said: string, { httpStatus }: AnswerKind = {}): ServiceCode | null {
  const text = said.slice(0, SEARCHED_CHARACTERS)
  const aboutRecording = ABOUT_RECORDING.test(text)
  for (const number of numbersIn(text)) {
    const code = codeOf(number, aboutRecording)
    if (code) return code
  }
  // "Expired" first: services that say both mean that the time made the signature worthless.
  if (TIME_EXPIRED.test(text)) return 'time-expired'
  if (SIGN_INVALID.test(text)) return 'sign-invalid'
  if (httpStatus === 403) return 'http-403'
  if (httpStatus === 404) return 'http-404'
  return null
}

function numbersIn(text: string): string[] {
  const named = [...text.matchAll(NAMED_CODE), ...text.matchAll(LONG_CODE), ...text.matchAll(BRACKETED_CODE)].map((match) => match[1] ?? '')
  const whole = WHOLE_CODE.exec(text)?.[1]
  return whole ? [whole, ...named] : named
}

function codeOf(number: string, aboutRecording: boolean): ServiceCode | null {
  const wanted = aboutRecording && (number === '1' || number === '2') ? `recording-${number}` : number
  return knownCode(wanted)
}
