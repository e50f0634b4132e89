import { resolve } from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import { canvasSize, encoding, type Encoding } from '@shared/domain/encoding.ts'
import { logLevels, type LogLevel } from '../base/logger.ts'
import { redactAddresses } from '../base/redact.ts'
import { defaultDataDir, type Surroundings } from './data-dir.ts'
import { withSpeedServerPort } from './speed-server-option.ts'
import { UsageError } from './usage.ts'

/** A week; longer is a slip of the finger. */
const MAX_RUN_SECONDS = 7 * 24 * 3600

export interface StudioOptions {
  /** `help` and `version` are answered by the entry; nothing else counts then. */
  action: 'run' | 'help' | 'version' | 'speed-server'
  /** Where the test server listens; null = no test server. */
  speedServerPort: number | null
  headless: boolean
  /** A saved show to start with. */
  showFile: string | null
  /** As given: addresses, `rehearsal`, or where to read them (`resolveAddresses`). Empty = the saved destinations. */
  to: string[]
  /** Ends the show and the program, counted from *Go live*. */
  forSeconds: number | null
  /** This run is recorded to this folder, from its beginning to its end. */
  recordTo: string | null
  /** A path, or `-` for standard output. */
  reportTo: string | null
  fakeDevices: boolean
  /** Nothing is captured until the user wants it. */
  safe: boolean
  /** null = Electron when it is there. */
  host: 'electron' | 'browser' | null
  /** null = any free port. */
  port: number | null
  dataDir: string
  /** The folder was named by the caller. */
  ownDataDir: boolean
  logLevel: LogLevel
  /** What this run codes differently from the show. */
  encoding: Partial<Pick<Encoding, 'width' | 'height' | 'frameRate' | 'videoKbps'>>
  /** Looks for what is wrong instead of a show: the names of the checks (empty = the usual ones). null = a show. */
  diagnose: string[] | null
  /** The report of the checks holds only what may be sent to others. */
  redact: boolean
  /** What the checks may do and use. */
  diagnosticOptions: DiagnosticOptions
  /** The show goes live without anybody pressing the button. */
  startsLive: boolean
}

const OPTIONS = {
  headless: { type: 'boolean' },
  show: { type: 'string' },
  to: { type: 'string', multiple: true },
  record: { type: 'string' },
  for: { type: 'string' },
  report: { type: 'string' },
  diagnose: { type: 'string' },
  redact: { type: 'boolean' },
  'test-server': { type: 'string' },
  agree: { type: 'string', multiple: true },
  'fake-devices': { type: 'boolean' },
  safe: { type: 'boolean' },
  host: { type: 'string' },
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  'log-level': { type: 'string' },
  size: { type: 'string' },
  fps: { type: 'string' },
  bitrate: { type: 'string' },
  'speed-server': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options']

/** Reads the command line (without the program's own path). Throws UsageError; its text never quotes an address whole. */
export function parseOptions(argv: readonly string[], surroundings: Surroundings): StudioOptions {
  const given = readArguments(withSpeedServerPort(argv))
  const speedServerPort = readNumber('--speed-server', given['speed-server'], { from: 1, to: 65_535, unit: 'a port', whole: true })
  const action = given.help ? 'help' : given.version ? 'version' : speedServerPort !== null ? 'speed-server' : 'run'
  const to = given.to ?? []
  if (to.some((address) => address.trim() === '')) throw new UsageError('--to needs an address, for example --to rehearsal.')
  const diagnose = readDiagnose(given, to)
  if (given.redact && diagnose === null) throw new UsageError('--redact belongs to the report of --diagnose.')
  const headless = given.headless ?? diagnose !== null
  const recordTo = nonEmpty('--record', given.record, 'a folder')
  const startsLive = diagnose === null && (headless || to.length > 0 || recordTo !== null)
  const forSeconds = readNumber('--for', given.for, { from: 1, to: MAX_RUN_SECONDS, unit: 'seconds' })
  if (forSeconds !== null && !startsLive) throw new UsageError('--for needs a show that starts by itself; add --headless, --to ADDRESS or --record DIR.')
  if (given.safe && (startsLive || diagnose !== null)) throw new UsageError('--safe opens the window with nothing started; leave out --headless, --to, --record and --diagnose.')
  const host = readChoice('--host', given.host, ['electron', 'browser'] as const)
  const port = readNumber('--port', given.port, { from: 1, to: 65_535, unit: 'a port', whole: true })
  if (port !== null && host === 'electron') throw new UsageError('--port belongs to the browser host; leave it out or use --host browser.')
  return {
    action,
    speedServerPort,
    headless,
    showFile: nonEmpty('--show', given.show, 'a file'),
    to,
    forSeconds,
    recordTo: recordTo === null ? null : resolve(recordTo),
    reportTo: nonEmpty('--report', given.report, 'a file, or - for standard output'),
    fakeDevices: given['fake-devices'] ?? false,
    safe: given.safe ?? false,
    host,
    port,
    dataDir: nonEmpty('--data-dir', given['data-dir'], 'a folder') ?? defaultDataDir(surroundings),
    ownDataDir: given['data-dir'] !== undefined,
    logLevel: readChoice('--log-level', given['log-level'], logLevels) ?? 'info',
    encoding: readEncoding(given),
    diagnose,
    redact: given.redact ?? false,
    diagnosticOptions: readDiagnosticOptions(given),
    startsLive,
  }
}

type Given = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; args: string[] }>>['values']

function readArguments(argv: readonly string[]): Given {
  try {
    return parseArgs({ args: withoutOptionalValues(argv), options: OPTIONS, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(sentenceFor(error))
  }
}

/** `--diagnose` may stand alone, which Node's parser does not know of options with a value. */
const withoutOptionalValues = (argv: readonly string[]): string[] =>
  argv.map((each, i) => (each === '--diagnose' && (argv[i + 1] ?? '-').startsWith('-') ? '--diagnose=' : each))

function readDiagnose({ diagnose, record }: Given, to: readonly string[]): string[] | null {
  if (diagnose === undefined) return null
  if (to.length > 0 || record !== undefined) throw new UsageError('--diagnose looks for what is wrong and runs no show; leave out --to and --record.')
  const names = diagnose.split(',').map((name) => name.trim()).filter((name) => name !== '')
  for (const name of names) if (!/^(group:)?[a-z0-9-]+(\.[a-z0-9-]+)?$/.test(name)) throw new UsageError('--diagnose needs names of checks with commas between, for example --diagnose camera.picture,group:network.')
  return names
}

function readDiagnosticOptions({ 'test-server': testServer, agree = [] }: Given): DiagnosticOptions {
  const agreed = agree.map((text) => readChoice('--agree', text, ['public-push', 'public-service'] as const)!)
  return { ...(testServer !== undefined && { testServer: nonEmpty('--test-server', testServer, 'an address')! }), ...(agreed.length > 0 && { agreed }) }
}

/** Node's own texts explain its parser; these explain the call. */
function sentenceFor(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const option = /'(?:-\w, )?(--?[^'\s<]+)/.exec(message)?.[1]
  const quoted = redactAddresses(/'([^']*)'/.exec(message)?.[1] ?? '')
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `there is no option ${quoted}.`
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `"${quoted}" is no option; an address goes behind --to, a show behind --show.`
  if (option && message.includes('does not take an argument')) return `${option} takes no value.`
  if (option) return `${option} needs a value.`
  return 'the options cannot be read.'
}

function readEncoding(given: Given): StudioOptions['encoding'] {
  const { frameRate, videoKbps } = {
    frameRate: readNumber('--fps', given.fps, { from: encoding.shape.frameRate.minValue, to: encoding.shape.frameRate.maxValue, unit: 'frames per second', whole: true }),
    videoKbps: readNumber('--bitrate', given.bitrate, { from: encoding.shape.videoKbps.minValue, to: encoding.shape.videoKbps.maxValue, unit: 'kbit/s', whole: true }),
  }
  return { ...readSize(given.size), ...(frameRate !== null && { frameRate }), ...(videoKbps !== null && { videoKbps }) }
}

function readSize(text: string | undefined): { width: number; height: number } | null {
  if (text === undefined) return null
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/i.exec(text) ?? []
  const size = canvasSize.safeParse({ width: Number(width), height: Number(height) })
  if (!size.success) throw new UsageError('--size needs an even width and height from 160x160 to 1920x1080 (or 1080x1920), for example --size 1280x720.')
  return size.data
}

interface NumberRule {
  from: number | null
  to: number | null
  unit: string
  whole?: boolean
}

function readNumber(option: string, text: string | undefined, rule: NumberRule): number | null {
  if (text === undefined) return null
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  const [from, to] = [rule.from ?? 0, rule.to ?? Number.MAX_SAFE_INTEGER]
  if (value >= from && value <= to && (!rule.whole || Number.isInteger(value))) return value
  throw new UsageError(`${option} needs a ${rule.whole ? 'whole ' : ''}number from ${from} to ${to} (${rule.unit}).`)
}

function readChoice<const T extends string>(option: string, text: string | undefined, choices: readonly T[]): T | null {
  if (text === undefined) return null
  const found = choices.find((choice) => choice === text)
  if (found === undefined) throw new UsageError(`${option} is one of ${choices.join(', ')}.`)
  return found
}

function nonEmpty(option: string, text: string | undefined, what: string): string | null {
  if (text === '') throw new UsageError(`${option} needs ${what}.`)
  return text ?? null
}
