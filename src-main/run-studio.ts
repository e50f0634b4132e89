import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import packageFile from '../package.json' with { type: 'json' }
import { diagnosticReport } from '@shared/domain/diagnostic-report.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { hasPicture, sourceFailure } from '@shared/domain/source.ts'
import { REASONS_EN } from '@shared/texts/reasons.en.ts'
import { systemCode } from './base/atomic-file.ts'
import { type Clock, systemClock } from './base/clock.ts'
import { consoleSink, outliveReaders } from './base/logger-console.ts'
import { FileLog } from './base/logger-file.ts'
import { createLogger, type Logger } from './base/logger.ts'
import { makeFolder } from './base/make-folder.ts'
import { Redactor } from './base/redact.ts'
import { Scope } from './base/scope.ts'
import { runUnattended } from './broadcast/unattended.ts'
import { parseOptions, type StudioOptions } from './cli/options.ts'
import { refuseDuplicates, resolveAddresses, secretsIn } from './cli/to-addresses.ts'
import { EXIT_WRONG_CALL, USAGE, UsageError, wrongCallText } from './cli/usage.ts'
import { diagnoseUnattended, exitCodeOfChecks } from './diagnostics/diagnose-unattended.ts'
import { makeReport } from './diagnostics/report/make-report.ts'
import { redactReport } from './diagnostics/report/redact-report.ts'
import type { Host } from './host/host.ts'
import { lockFolder } from './host/folder-lock.ts'
import { keepWindow } from './host/window-keeper.ts'
import { sweepSecrets } from './outputs/srt/srt-secrets-file.ts'
import { exitCodeOf, report as reportSchema, type Report } from './report/report.ts'
import { ShowRecorder } from './report/show-recorder.ts'
import { checkReportTarget, writeReport } from './report/write-report.ts'
import { chooseShow } from './shows/choose-show.ts'
import { serveSpeedTests } from './speed-server/serve-speed-tests.ts'
import { createStudio, type Studio } from './studio.ts'
import type { StartWishes } from './studio-safe-start.ts'

/** Makes the host that the entry stands for. */
export type MakeHost = (options: StudioOptions, log: Logger) => Promise<Host>

/** An unexpected failure of the studio itself, as opposed to an output's. */
const EXIT_FAILED = 1

/**
 * Runs one studio from the command line to its end, and answers the exit code: 0 as asked, 1 an output (or the studio)
 * failed, 2 a wrong call. Everything for people goes to stderr; stdout belongs to the report.
 */
export async function runStudio(makeHost: MakeHost, argv: readonly string[]): Promise<number> {
  const redactor = new Redactor()
  outliveReaders([process.stdout, process.stderr])
  try {
    const options = parseOptions(argv, { env: process.env, platform: process.platform, homeDir: homedir() })
    if (options.action === 'help') process.stdout.write(USAGE)
    else if (options.action === 'version') process.stdout.write(`${packageFile.version}\n`)
    else if (options.action === 'speed-server') return await serveSpeedTests({ port: options.speedServerPort ?? 0, clock: systemClock, write: (text) => process.stdout.write(text) })
    else return await run(makeHost, options, redactor)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(wrongCallText(error))
      return EXIT_WRONG_CALL
    }
    process.stderr.write(`castwright: ${redactor.text(sentenceOf(error))}\n`)
    return EXIT_FAILED
  }
}

async function run(makeHost: MakeHost, options: StudioOptions, redactor: Redactor): Promise<number> {
  const clock = systemClock
  const startedMs = clock.monotonicMs()
  const root = new Scope()
  const file = new FileLog({
    folder: join(options.dataDir, 'logs'),
    onFailure: (failure) => process.stderr.write(`castwright: the log cannot be written (${StudioError.from(failure).evidence})\n`),
  })
  const log = createLogger({ clock, redactor, level: options.logLevel, sinks: [file, consoleSink(process.stderr)] })
  root.add(() => file.close())
  const lastWords = (error: Error) => {
    log.error('the studio failed', { error })
    file.flushNow()
    process.exit(EXIT_FAILED)
  }
  process.on('uncaughtException', lastWords)
  root.add(() => process.off('uncaughtException', lastWords))
  try {
    await requireFolder(options.dataDir)
    if (options.reportTo !== null) await checkReportTarget(options.reportTo)
    const addresses = await resolveAddresses(options.to, { env: process.env, readInput: () => text(process.stdin) })
    for (const secret of secretsIn(addresses)) redactor.add(secret)
    refuseDuplicates(addresses)
    const startWith = await chooseShow(options)
    // From here on there is something to end; before, a signal ends the program as it does any other.
    const stop = stopOnSignals(root)
    const host = root.own(await makeHost(options, log.child('host')).catch((failure: unknown) => { throw portTaken(options, failure) }))
    root.own(await lockFolder(options.dataDir))
    void sweepSecrets()
    const studio = root.own(
      await createStudio(host, {
        clock, log, redactor, version: packageFile.version, headless: options.headless, fakeDevices: options.fakeDevices, startWith, addresses,
        ownDataDir: options.ownDataDir, recordTo: options.recordTo, start: startWishes(options),
        locale: Intl.DateTimeFormat().resolvedOptions().locale,
      }),
    )
    if (stop.signal.aborted) return options.startsLive ? EXIT_FAILED : 0
    const window = root.own(await host.openWindow({ headless: options.headless, fakeDevices: options.fakeDevices }))
    keepWindow(window, clock, log.child('window'), root.signal)
    window.onClosed(() => stop.abort(new StudioError('stopped')))
    studio.countProcesses(() => window.processIds())
    log.info('the studio is open', { host: host.kind, afterMs: Math.round(clock.monotonicMs() - startedMs) })

    if (options.diagnose !== null) return await diagnose(studio, host, options, clock, stop.signal)

    const { session, destinations } = studio
    const recorder = new ShowRecorder({
      host: host.kind, versions: { castwright: packageFile.version, ...host.versions }, status: session.status, figures: session.figures,
      destinations: () => destinations.targets.value, redact: (evidence) => redactor.text(evidence),
    })
    root.own(recorder)
    root.add(studio.notices.list.watch((list) => list.forEach((notice) => recorder.addError(notice))))
    if (options.startsLive) await live(studio, options, clock, log, stop.signal)
    else if (!stop.signal.aborted) await new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve(), { once: true }))
    // While the page is still there: what is queued leaves with its goodbye.
    await session.end()
    await studio.recorder.recorder.close()
    const recorded = options.reportTo !== null || options.recordTo !== null ? await studio.recorder.recorded() : []
    const report = recorder.report(recorded.map(({ path, format, durationMs, sizeBytes, finished }) => ({ path: join(studio.recorder.status.value.folder, path), format, durationMs, sizeBytes, finished })))
    if (options.reportTo !== null) await writeReport(options.reportTo, reportSchema.parse(report), process.stdout)
    return options.startsLive ? exitCode(studio, options, report) : 0
  } finally {
    await root.close()
  }
}

/** Checks instead of a show: a line per check for people on stderr, the report where it was asked for. */
async function diagnose(studio: Studio, host: Host, options: StudioOptions, clock: Clock, signal: AbortSignal): Promise<number> {
  const results = await diagnoseUnattended({ diagnostics: studio.diagnostics, names: options.diagnose ?? [], options: options.diagnosticOptions, clock, out: process.stderr, signal }).catch((failure: unknown) => {
    if (failure instanceof StudioError && failure.reason === 'input-invalid') throw new UsageError(`--diagnose: there is ${failure.evidence}.`)
    throw failure
  })
  const surroundings = { version: packageFile.version, host: host.kind, versions: host.versions, locale: Intl.DateTimeFormat().resolvedOptions().locale, now: () => clock.now() }
  const made = makeReport(results, surroundings)
  if (options.reportTo !== null) await writeReport(options.reportTo, diagnosticReport.parse(options.redact ? redactReport(made) : made), process.stdout)
  return exitCodeOfChecks(results)
}

/** A port that somebody asked for and that is not free is a wrong call; anything else stays what it is. */
function portTaken({ port }: StudioOptions, failure: unknown): unknown {
  const taken = port !== null && failure instanceof StudioError && failure.reason === 'address-unreachable'
  return taken ? new UsageError(`--port ${port}: another program uses this port; choose another one, or leave the option out for any free one.`) : failure
}

/** Without a folder for settings there is no sense in starting. Throws UsageError. */
async function requireFolder(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir)
    await access(dataDir, constants.W_OK)
  } catch (error) {
    throw new UsageError(`--data-dir: the folder ${dataDir} cannot be written (${systemCode(error)}).`)
  }
}

/** 0 when everything that was asked for happened: sent, recorded, or both. */
function exitCode(studio: Studio, options: StudioOptions, report: Report): 0 | 1 {
  const recordedAsAsked = options.recordTo === null || (studio.recorder.status.value.failure === null && report.recordings.length > 0)
  const sentAsAsked = recordsOnly(options) || exitCodeOf(report) === 0
  return recordedAsAsked && sentAsAsked ? 0 : 1
}

/** What is recorded goes nowhere else unless an address says so. */
const recordsOnly = ({ recordTo, to }: StudioOptions): boolean => recordTo !== null && to.length === 0

/** A show that begins by itself waits for nobody's answer; one that only checks leaves the question to the next. */
const startWishes = ({ safe, startsLive, diagnose }: StudioOptions): StartWishes => ({ safe, uncleanEnd: diagnose !== null ? 'ignore' : startsLive ? 'log' : 'ask' })

/** With a window, a show that has begun by itself leaves the window open only until its time is over. */
async function live(studio: Studio, options: StudioOptions, clock: Clock, log: Logger, signal: AbortSignal): Promise<void> {
  await runUnattended(
    {
      session: studio.session,
      ...(options.recordTo !== null && { recording: { start: () => studio.recorder.start(), stop: () => studio.recorder.handlers.stop({}) as Promise<void>, status: studio.recorder.status, only: recordsOnly(options) } }),
      clock,
      logger: log.child('unattended'),
      forMs: options.forSeconds === null ? null : options.forSeconds * 1000,
      expectsPicture: studio.show.sources.some((source) => hasPicture(source.kind)),
      onMissing: (sources) => sources.forEach((source) => studio.notices.raise(sourceFailure(source, studio.show), 'warning')),
    },
    signal,
  )
}

/** The first signal ends the show cleanly; a second one ends the program at once. */
function stopOnSignals(root: Scope): AbortController {
  const stop = new AbortController()
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort(new StudioError('stopped'))
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, onSignal)
    root.add(() => process.off(name, onSignal))
  }
  return stop
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof StudioError)) return error instanceof Error ? (error.stack ?? error.message) : String(error)
  const { says, advice } = REASONS_EN[error.reason]
  return `${says} ${advice}${error.evidence ? ` (${error.evidence})` : ''}`
}
