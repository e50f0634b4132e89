/**
 * The closed list of reasons for which something can fail.
 * `retry` says what the studio does by itself:
 * - `yes`: worth retrying at any time;
 * - `recovering`: retried only while an output that was live is being restored (the old session may
 *   still hold its place at the server), otherwise the user must act;
 * - `twice`: may be a refusal without words or a coincidence: retried twice, after that the user must act;
 * - `no`: the user must act.
 * The sentence and the advice for each are in `src-shared/texts/reasons.*.ts`.
 */
export const REASONS = {
  // addresses
  'address-invalid': { retry: 'no' },
  'address-scheme-unknown': { retry: 'no' },
  'address-duplicate': { retry: 'no' },
  // reaching a server
  'name-not-resolved': { retry: 'yes' },
  'connection-refused': { retry: 'yes' },
  'port-taken': { retry: 'yes' },
  'address-unreachable': { retry: 'yes' },
  'connect-timeout': { retry: 'yes' },
  'certificate-expired': { retry: 'no' },
  'certificate-unknown-issuer': { retry: 'no' },
  'certificate-wrong-host': { retry: 'no' },
  'tls-failed': { retry: 'yes' },
  'handshake-failed': { retry: 'yes' },
  'not-rtmp': { retry: 'no' },
  'protocol-error': { retry: 'yes' },
  // being let in
  'connect-rejected': { retry: 'recovering' },
  'key-rejected': { retry: 'recovering' },
  'already-publishing': { retry: 'recovering' },
  'closed-at-once': { retry: 'twice' },
  'publish-timeout': { retry: 'yes' },
  'token-rejected': { retry: 'recovering' },
  'token-expired': { retry: 'no' },
  'token-expiring': { retry: 'no' },
  'signature-wrong': { retry: 'no' },
  'right-missing': { retry: 'no' },
  'endpoint-not-found': { retry: 'recovering' },
  'offer-rejected': { retry: 'no' },
  'server-busy': { retry: 'yes' },
  'server-error': { retry: 'yes' },
  'redirect-refused': { retry: 'no' },
  'passphrase-wrong': { retry: 'recovering' },
  'upload-refused': { retry: 'no' },
  // staying there
  'connection-lost': { retry: 'yes' },
  'server-closed': { retry: 'yes' },
  stalled: { retry: 'yes' },
  'ice-failed': { retry: 'yes' },
  'dtls-failed': { retry: 'yes' },
  'ffmpeg-failed': { retry: 'yes' },
  // the program
  'no-program': { retry: 'yes' },
  'no-picture': { retry: 'no' },
  'page-gone': { retry: 'yes' },
  'encoder-unavailable': { retry: 'no' },
  'encoder-failed': { retry: 'yes' },
  // sources
  'device-gone': { retry: 'yes' },
  'device-busy': { retry: 'yes' },
  'permission-denied': { retry: 'no' },
  'source-ended': { retry: 'yes' },
  // this computer
  'rehearsal-unavailable': { retry: 'yes' },
  'ffmpeg-missing': { retry: 'no' },
  'disk-full': { retry: 'no' },
  'disk-low': { retry: 'no' },
  'disk-slow': { retry: 'yes' },
  'recording-idle': { retry: 'no' },
  'recording-failed': { retry: 'no' },
  'already-recording': { retry: 'no' },
  'not-recording': { retry: 'no' },
  'file-broken': { retry: 'no' },
  'recording-repaired': { retry: 'no' },
  'recording-name-taken': { retry: 'no' },
  'folder-shared': { retry: 'no' },
  'pieces-differ': { retry: 'no' },
  'file-job-failed': { retry: 'no' },
  'no-file-manager': { retry: 'no' },
  'notice-refused': { retry: 'yes' },
  'folder-not-writable': { retry: 'no' },
  'settings-broken': { retry: 'no' },
  'show-broken': { retry: 'no' },
  'show-newer': { retry: 'no' },
  'show-invalid': { retry: 'no' },
  'profile-broken': { retry: 'no' },
  'profile-in-use': { retry: 'no' },
  'not-while-live': { retry: 'no' },
  'not-found': { retry: 'no' },
  'input-invalid': { retry: 'no' },
  'report-unreadable': { retry: 'no' },
  'too-soon': { retry: 'no' },
  'no-destination': { retry: 'no' },
  'already-live': { retry: 'no' },
  stopped: { retry: 'no' },
  ended: { retry: 'yes' },
  unexpected: { retry: 'yes' },
} as const satisfies Record<string, { retry: 'yes' | 'recovering' | 'twice' | 'no' }>

export type Reason = keyof typeof REASONS
export const reasons = Object.keys(REASONS) as [Reason, ...Reason[]]

/**
 * A failure with a reason from the list. `evidence` is what a server, a library or the system said;
 * it is shown as evidence and never decides anything. It must not contain a key, a token or a query.
 */
export class StudioError extends Error {
  override readonly name = 'StudioError'
  /** What the service itself called it, if it did: a code of service-codes.ts, whose retry rule goes before the reason's. */
  readonly serviceCode?: string
  /** The other side wants to be left alone for so long, ms from when this happened. */
  readonly retryAfterMs?: number
  /** How long it had been broken when it was noticed, ms; absent = noticed at once. */
  readonly brokenForMs?: number

  constructor(
    readonly reason: Reason,
    readonly evidence = '',
    options?: ErrorOptions & { serviceCode?: string | undefined; retryAfterMs?: number | undefined; brokenForMs?: number | undefined },
  ) {
    super(evidence ? `${reason}: ${evidence}` : reason, options)
    if (options?.serviceCode !== undefined) this.serviceCode = options.serviceCode
    if (options?.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs
    if (options?.brokenForMs !== undefined) this.brokenForMs = options.brokenForMs
  }

  /** Wraps whatever was thrown; a StudioError passes unchanged. */
  static from(thrown: unknown, reason: Reason = 'unexpected'): StudioError {
    if (thrown instanceof StudioError) return thrown
    const evidence = thrown instanceof Error ? thrown.message : String(thrown)
    return new StudioError(reason, evidence, { cause: thrown })
  }
}
