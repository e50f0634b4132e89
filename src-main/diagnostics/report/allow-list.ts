import { z } from 'zod'
import { reasons } from '@shared/domain/errors.ts'
import { ingestOutcome, stepFailure } from '@shared/domain/ingest-push.ts'
import type { CheckName } from '@shared/texts/checks/checks.en.ts'
import { knownHardware, knownVersion } from './known-words.ts'

/** A field that is not what is allowed is left out; so is every field that is not named. */
const field = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)
const number = field(z.number().nullable())
const flag = field(z.boolean().nullable())
const hardware = field(z.string().transform(knownHardware))
const version = field(z.string().transform(knownVersion))
const locale = field(z.string().regex(/^[a-z]{2}(-[A-Z]{2}|-[A-Z][a-z]{3})?$/))
const numbers = <const K extends string>(...keys: K[]) => Object.fromEntries(keys.map((key) => [key, number]))
const flags = <const K extends string>(...keys: K[]) => Object.fromEntries(keys.map((key) => [key, flag]))
const oneOf = (...words: [string, ...string[]]) => field(z.enum(words))
const list = (item: z.ZodType) => field(z.array(z.unknown()).max(500).transform((all) => all.flatMap((each) => item.safeParse(each).data ?? [])))
const words = (...allowed: [string, ...string[]]) => list(z.enum(allowed))
const of = (shape: z.ZodRawShape) => field(z.object(shape))
/** `a, b`, of allowed ones. */
const enumeration = (allowed: readonly string[]) => field(z.string().transform((text) => text.split(', ').filter((each) => allowed.includes(each)).join(', ') || '…'))
/** Devices carry people's names (`Ann's iPhone`): each becomes its kind and a number. */
const numbered = (kind: string) => field(z.array(z.unknown()).max(500).transform((names) => names.map((_name, i) => `${kind} ${i + 1}`)))

const FFMPEG = ['libx264', 'aac', 'file', 'pipe', 'srt', 'mp4', 'matroska', 'flv', 'mpegts', 'hls'] as const
/** As `environment-apis.ts` names them. */
export const API_NAMES = [
  'user-media', 'web-rtc', 'web-codecs', 'web-gl-2', 'audio-worklet', 'track-processor', 'offscreen-canvas', 'web-socket', 'screen-capture', 'canvas-capture', 'video-capture',
  'replace-track', 'apply-constraints', 'track-generator', 'sink-choice', 'web-gpu', 'web-transport', 'media-recorder', 'media-source', 'shared-memory',
] as const
const CODECS = ['H.264', 'H.265', 'VP8', 'VP9', 'AV1', 'AAC', 'Opus'] as const
const BY = ['hardware', 'software', 'yes', 'no', 'unknown'] as const
const SIZE = numbers('width', 'height', 'frameRate', 'fps')
const SERVER_TIMES = { servers: list(z.object(numbers('dnsMs', 'tcpMs', 'tlsMs', 'port'))) }

/** The fields of a check's `data` that may leave the house; a check without an entry has none. */
export const DATA: Partial<Record<CheckName, z.ZodType>> = {
  'environment.system': z.object({ os: hardware, release: version, arch: oneOf('x64', 'arm64', 'arm', 'ia32', 'riscv64', 'loong64', 'ppc64', 's390x'), cpu: hardware, ...numbers('cores', 'memoryGb'), versions: of({ node: version, electron: version, chrome: version, browser: version }) }),
  'environment.ffmpeg': z.object({ version, encoders: words(...FFMPEG), protocols: words(...FFMPEG), muxers: words(...FFMPEG), missing: words(...FFMPEG) }),
  'environment.display': z.object({ ...numbers('width', 'height', 'availableWidth', 'availableHeight', 'scale', 'colorDepth', 'hz', 'cores', 'memoryGb'), ...flags('several'), locale, languages: list(z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/)), browser: hardware, browserVersion: version }),
  'environment.graphics': z.object({ vendor: hardware, renderer: hardware, ...flags('webGl2', 'webGpu', 'software', 'hardwareAcceleration'), maxTextureSize: number, webGpuVendor: hardware, webGpuArchitecture: hardware }),
  'environment.apis': z.object({ has: words(...API_NAMES), missing: words(...API_NAMES) }),
  'environment.codecs': z.object({ encode: of(Object.fromEntries(CODECS.map((name) => [name, oneOf(...BY)]))), decode: of(Object.fromEntries(CODECS.map((name) => [name, oneOf(...BY)]))) }),
  'environment.encode': z.object({ ...numbers('percent', 'frames', 'ms', 'msPerFrame'), by: oneOf(...BY) }),
  'environment.devices': z.object({ ...numbers('cameras', 'microphones', 'speakers'), devices: list(z.object({ kind: oneOf('camera', 'microphone', 'speaker'), ...SIZE, ...numbers('sampleRate', 'channels') })) }),
  'system.disk': z.object(numbers('freeGb')),
  'system.processor': z.object(numbers('percent')),
  'system.memory': z.object(numbers('totalGb', 'availableGb')),
  'system.power': z.object({ ...flags('battery', 'onBattery', 'saving'), percent: number }),
  'system.disk-speed': z.object(numbers('mbPerSecond', 'longestMs', 'bytes')),
  'system.clock': z.object(numbers('offsetMs')),
  'camera.present': z.object({ count: number, names: numbered('camera') }),
  'microphone.present': z.object({ count: number, names: numbered('microphone') }),
  'speaker.present': z.object({ count: number, names: numbered('speaker') }),
  'camera.permission': z.object({ state: oneOf('granted', 'denied', 'prompt') }),
  'microphone.permission': z.object({ state: oneOf('granted', 'denied', 'prompt') }),
  'camera.picture': z.object(numbers('width', 'height', 'fps', 'claimedFps', 'jitterMs', 'luma', 'askedWidth', 'askedHeight', 'blackShare', 'frozenShare', 'frames', 'longestGapMs', 'unplugged')),
  'camera.modes': z.object({ complete: flag, modes: list(z.object(numbers('width', 'height', 'claimedFps', 'realFps', 'jitterMs'))) }),
  'devices.sync': z.object(numbers('flashes', 'beeps', 'events', 'offsetMs', 'driftPpm', 'driftErrorPpm')),
  'microphone.level': z.object(numbers('dbfs', 'peakDbfs', 'clips', 'dead', 'channels', 'seconds', 'sampleRate', 'unplugged')),
  'microphone.noise': z.object(numbers('dbfs', 'sampleRate', 'unplugged')),
  'microphone.rate': z.object(numbers('deviceHz', 'contextHz', 'programHz')),
  'microphone.loop': z.object(numbers('seconds', 'dbfs')),
  'speaker.tone': z.object(numbers('sampleRate', 'outputLatencyMs')),
  'speaker.loopback': z.object(numbers('likeness', 'standsOut', 'sampleRate', 'delayMs', 'riseDb')),
  'screen.capture': z.object({ ...SIZE, ...numbers('frames', 'luma') }),
  'network.dns': z.object(SERVER_TIMES),
  'network.reach': z.object(SERVER_TIMES),
  'network.gateway': z.object({ sent: number, rttsMs: list(z.number()), by: oneOf('ping', 'arp', 'tcp') }),
  'network.wifi': z.object(numbers('dbm', 'bandGhz')),
  'network.route': z.object({ hops: list(z.object(numbers('number', 'lossRate', 'rttMs'))), by: oneOf('mtr', 'traceroute', 'tracert', 'tracepath') }),
  'network.clock': z.object({ offsetMs: number, by: oneOf('ntp', 'http') }),
  'network.line': z.object({
    ...flags('success', 'udp'), ...numbers('quality', 'upLostRate', 'downLostRate', 'rtt', 'availableUpBandwidth', 'availableDownBandwidth', 'jitter', 'rttUnderLoad', 'safeUpKbps'),
    bloatGrade: oneOf('A+', 'A', 'B', 'C', 'D', 'F'), advice: words('lower-bitrate', 'cable', 'another-network', 'sound-only'),
  }),
  'network.channel': z.object(numbers('quality', 'upLostRate', 'downLostRate', 'rtt', 'jitter', 'sent', 'back', 'there')),
  'network.ndt7': z.object(numbers('upKbps', 'downKbps')),
  'ingest.push': z.object({
    ...numbers('togetherKbps', 'sharing'),
    recommended: field(z.object(numbers('kbps', 'width', 'height', 'frameRate'))),
    perDestination: list(
      z.object({
        outcome: field(ingestOutcome), testFlag: flag, reason: field(z.enum(reasons)), lineLimited: flag, bloatGrade: oneOf('A+', 'A', 'B', 'C', 'D', 'F'),
        stages: of(numbers('dnsMs', 'tcpMs', 'tlsMs', 'handshakeMs', 'connectMs', 'publishMs')),
        steps: list(z.object({ ...numbers('targetKbps', 'goodputKbps', 'queueMs'), failed: field(stepFailure) })),
        ...numbers('bestKbps', 'p10Kbps', 'meanKbps', 'minSecondKbps', 'ackLagMs', 'idleMs', 'loadedMs', 'limitKbps'),
      }),
    ),
  }),
}

/** Texts among a finding's parameters that may leave the house; every other one becomes `…`. Figures stay where the sentence has them. */
export const TEXT_PARAMS: Partial<Record<CheckName, z.ZodObject>> = {
  'environment.system': z.object({ os: hardware, cpu: hardware }),
  'environment.ffmpeg': z.object({ version, missing: enumeration(FFMPEG) }),
  'environment.display': z.object({ browser: hardware, locale }),
  'environment.graphics': z.object({ renderer: hardware }),
  'environment.apis': z.object({ missing: enumeration(API_NAMES) }),
  'environment.codecs': z.object({ encodes: enumeration(CODECS) }),
  'camera.modes': z.object({ best: field(z.string().regex(/^\d{1,5} × \d{1,5}, \d{1,4} fps$/)) }),
  'network.line': z.object({ grade: oneOf('A+', 'A', 'B', 'C', 'D', 'F') }),
}
