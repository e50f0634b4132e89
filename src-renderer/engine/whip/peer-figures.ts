import type { WhipFigures } from '@shared/contracts/whip.ts'

/** One entry of an RTCStatsReport. */
export interface StatEntry {
  id: string
  type: string
  timestamp: number
  [name: string]: unknown
}

/** What a later reading is compared with. */
export interface FiguresBefore {
  atMs: number
  bytesSent: number
  /** The far side's last report of each stream, by its id: when it came, and how many packets it proves. */
  reports: Readonly<Record<string, { atMs: number; packets: number }>>
  /** Packets sent by then, by the id of the outbound stream. */
  packetsSent: Readonly<Record<string, number>>
  kbps: number
  /** What the line was estimated to carry before anybody said what arrived, bit/s. */
  firstEstimate: number | null
}

/** An estimate that has risen by so much has heard of packets that arrived; another route alone moves it by less. */
const RISEN = 1.1

/**
 * Figures of a peer that sends, from one `getStats`. `before` is the reading before this one, or null. `startKbps` is what the
 * answer made the estimate begin with; null = unknown.
 *
 * What counts as acknowledged: packets in the far side's own receiver reports (`remote-inbound-rtp`). A report block for a
 * stream exists only when the far side has received packets of just that stream (RFC 3550, 6.4.1), so it proves media, which
 * ICE's consent checks and packets received on the transport do not. Chromium does not say which packet a report reached to:
 * when a new one has come, counted are the packets sent by the reading before, less those reported lost; the first report
 * proves one. Old reports stay in the statistics when the line is cut; they prove nothing more.
 * Reports come each second or less often. Sooner, transport feedback does the same for the first packet: the estimate of what
 * the line carries starts at a value of ours (Chromium 156: exactly) and rises only when the far side says when packets arrived.
 * A busy page may take its first reading after that.
 *
 * `targetKbps` is what the line leaves for the picture now; null while that is not known, or nothing is sent.
 */
export function peerFigures(stats: readonly StatEntry[], before: FiguresBefore | null, startKbps: number | null = null): { figures: WhipFigures; before: FiguresBefore; targetKbps: number | null } {
  const outbound = stats.filter(({ type }) => type === 'outbound-rtp')
  const remote = stats.filter(({ type }) => type === 'remote-inbound-rtp')
  const video = outbound.find(({ kind }) => kind === 'video')
  const pair = selectedPair(stats)
  const sum = (name: string): number => outbound.reduce((total, each) => total + (number(each, name) ?? 0), 0)
  const [bytesSent, framesSent] = [sum('bytesSent'), number(video, 'framesSent') ?? number(video, 'framesEncoded') ?? 0]
  const atMs = stats.reduce((latest, { timestamp }) => Math.max(latest, timestamp), 0)
  const elapsedMs = before ? atMs - before.atMs : 0
  const kbps = before && elapsedMs > 0 ? ((bytesSent - before.bytesSent) * 8) / elapsedMs : 0
  const estimate = number(pair, 'availableOutgoingBitrate')
  const firstEstimate = before?.firstEstimate ?? (estimate === null ? null : Math.min(estimate, startKbps === null ? Infinity : startKbps * 1000))
  const fedBack = estimate !== null && firstEstimate !== null && estimate > firstEstimate * RISEN ? 1 : 0
  const reports = Object.fromEntries(remote.map((report) => [report.id, acknowledged(report, before)]))
  const figures: WhipFigures = {
    // Half a second of video is mostly one frame more or less: the mean with the reading before is calmer.
    bitrateKbps: Math.max(0, before?.kbps ? (kbps + before.kbps) / 2 : kbps),
    bytesSent,
    packetsAcknowledged: Math.max(fedBack, Object.values(reports).reduce((total, { packets }) => total + packets, 0)),
    framesSent,
    rttMs: milliseconds(number(pair, 'currentRoundTripTime') ?? largest(remote, 'roundTripTime')),
    lossPercent: percent(largest(remote, 'fractionLost')),
    retransmits: sum('retransmittedPacketsSent'),
    codec: codecOf(stats, video),
    width: number(video, 'frameWidth'),
    height: number(video, 'frameHeight'),
    fps: number(video, 'framesPerSecond'),
    limitedBy: text(video, 'qualityLimitationReason'),
  }
  const packetsSent = Object.fromEntries(outbound.map((each) => [each.id, number(each, 'packetsSent') ?? 0]))
  const target = number(video, 'targetBitrate')
  return { figures, targetKbps: target ? target / 1000 : null, before: { atMs, bytesSent, reports, packetsSent, kbps, firstEstimate } }
}

function acknowledged(report: StatEntry, before: FiguresBefore | null): { atMs: number; packets: number } {
  const last = before?.reports[report.id] ?? { atMs: 0, packets: 0 }
  if (report.timestamp <= last.atMs) return last
  const sent = before?.packetsSent[text(report, 'localId') ?? ''] ?? 0
  const packets = number(report, 'packetsReceived') ?? sent - (number(report, 'packetsLost') ?? 0)
  return { atMs: report.timestamp, packets: Math.max(1, last.packets, packets) }
}

/** The pair that carries the media: the transport names it. */
function selectedPair(stats: readonly StatEntry[]): StatEntry | undefined {
  const chosen = stats.find(({ type }) => type === 'transport')?.['selectedCandidatePairId']
  return stats.find(({ id, type }) => type === 'candidate-pair' && id === chosen)
}

/** e.g. `H264 42e01f`, `VP8`, with the implementation that codes it, e.g. `H264 42e01f (OpenH264)`. */
function codecOf(stats: readonly StatEntry[], video: StatEntry | undefined): string | null {
  const codec = stats.find(({ id }) => id === video?.['codecId'])
  const name = text(codec, 'mimeType')?.replace('video/', '')
  if (!name) return null
  const profile = /profile-level-id=([0-9a-f]+)/i.exec(text(codec, 'sdpFmtpLine') ?? '')?.[1]
  const implementation = text(video, 'encoderImplementation')
  return [name, profile ?? '', implementation ? `(${implementation})` : ''].filter(Boolean).join(' ')
}

function largest(entries: readonly StatEntry[], name: string): number | null {
  const values = entries.map((each) => number(each, name)).filter((each) => each !== null)
  return values.length === 0 ? null : Math.max(...values)
}

function number(entry: StatEntry | undefined, name: string): number | null {
  const value = entry?.[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function text(entry: StatEntry | undefined, name: string): string | null {
  const value = entry?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}

const milliseconds = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds * 100_000) / 100)
const percent = (share: number | null): number | null => (share === null ? null : Math.round(share * 10_000) / 100)
