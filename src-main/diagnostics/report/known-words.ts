import { REASONS } from '@shared/domain/errors.ts'

/** Words of hardware and systems as makers use them. Anything else in such a name may be somebody's own. */
const HARDWARE = new Set(
  `intel amd nvidia apple qualcomm arm arm64 x64 google microsoft mesa angle vulkan opengl opengles metal direct3d11 d3d11 direct3d gallium swiftshader llvmpipe llvm subzero
   core ryzen threadripper epyc xeon celeron pentium atom athlon radeon geforce rtx gtx quadro tesla iris xe uhd hd graphics arc snapdragon adreno mali pro max ultra plus ti super
   gold silver platinum processor cpu gpu ghz gen mobile laptop series with duo quad device driver basic render rendering adapter none software unknown renderer core-processor
   debian ubuntu fedora arch linux mint opensuse suse red hat enterprise centos manjaro alpine gnu lts bookworm trixie windows windows_nt server home education macos darwin raspberry pi os
   chrome chromium headlesschrome edge edg edgium electron firefox safari brave opera mozilla node`.split(/\s+/),
)
/** A model's or a version's number: `i7-12700K`, `5600G`, `M2`, `0x0000C0DE` is none. */
const MODEL = /^(?:[a-z]{0,3}\d?-?\d{1,5}[a-z]{0,3}|\d{1,4}\.\d{1,5}(?:\.\d{1,5})?(?:ghz)?)$/i
/** What a system or a browser calls its own failures. */
const FAILURES = new Set(
  `NotAllowedError NotFoundError NotReadableError AbortError OverconstrainedError SecurityError TypeError NotSupportedError InvalidStateError EncodingError OperationError TimeoutError
   ENOENT EACCES EPERM ENOSPC EROFS EIO EBUSY EMFILE ENOTDIR EDQUOT ECONNREFUSED ECONNRESET ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN EPIPE`.split(/\s+/),
)

/** What is left of a name of hardware or a system when only makers' words and model numbers may stay. */
export const knownHardware = (text: string): string =>
  text.split(/[^\w.+-]+/).filter((word) => HARDWARE.has(word.toLowerCase()) || MODEL.test(word)).join(' ') || '…'

/** What is left of an evidence: the reasons and errors that it names; empty where there are none. */
export const knownFailures = (text: string): string =>
  (text.match(/[A-Za-z][\w-]{2,40}/g) ?? []).filter((word) => Object.hasOwn(REASONS, word) || FAILURES.has(word)).slice(0, 10).join(' ')

/** The first version number in a text, e.g. `156.0.8078.79`; an IP address is none. Empty where there is none. */
export function knownVersion(text: string): string {
  const found = /(?<![\w.])v?(\d{1,4}(?:\.\d{1,5}){1,3})(?![\d.])/.exec(text)?.[1] ?? ''
  const parts = found.split('.').map(Number)
  return parts.length === 4 && parts.every((part) => part <= 255) ? '' : found
}
