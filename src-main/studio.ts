import { join } from 'node:path'
import { randomBytes, randomUUID } from 'node:crypto'
import { addresses as addressesContract } from '@shared/contracts/addresses.ts'
import { broadcast } from '@shared/contracts/broadcast.ts'
import { diagnostics as diagnosticsContract } from '@shared/contracts/diagnostics.ts'
import { destinations as destinationsContract } from '@shared/contracts/destinations.ts'
import { engine } from '@shared/contracts/engine.ts'
import { hotkeys as hotkeysContract } from '@shared/contracts/hotkeys.ts'
import { logs as logsContract } from '@shared/contracts/logs.ts'
import { preflight as preflightContract } from '@shared/contracts/preflight.ts'
import { profiles as profilesContract } from '@shared/contracts/profiles.ts'
import { recorder as recorderContract, recordings as recordingsContract } from '@shared/contracts/recordings.ts'
import { rehearsal as rehearsalContract } from '@shared/contracts/rehearsal.ts'
import { safeStart as safeStartContract } from '@shared/contracts/safe-start.ts'
import { shows as showsContract } from '@shared/contracts/shows.ts'
import { statistics } from '@shared/contracts/statistics.ts'
import { type CapturedDevice, studio as studioContract, type StudioInfo } from '@shared/contracts/studio.ts'
import { watchdogs as watchdogsContract } from '@shared/contracts/watchdogs.ts'
import { webhooks as webhooksContract } from '@shared/contracts/webhooks.ts'
import { whip as whipContract } from '@shared/contracts/whip.ts'
import { carriedSources } from '@shared/domain/carried-sources.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Show } from '@shared/domain/show.ts'
import { Addresses } from './addresses/addresses.ts'
import { ExpiryWatch } from './addresses/expiry-watch.ts'
import type { Clock } from './base/clock.ts'
import type { Logger } from './base/logger.ts'
import type { Redactor } from './base/redact.ts'
import { Scope } from './base/scope.ts'
import { AutomaticStart } from './broadcast/automatic-start.ts'
import { pictureIsOn } from './broadcast/picture-on.ts'
import { BroadcastSession } from './broadcast/session.ts'
import { Singles } from './broadcast/singles.ts'
import type { Diagnostics } from './diagnostics/diagnostics.ts'
import { ingestParts } from './diagnostics/ingest/ingest-parts.ts'
import type { Host, PageConnection } from './host/host.ts'
import { GlobalHotkeys } from './hotkeys/global-hotkeys.ts'
import { LogReader } from './logs/log-reader.ts'
import { whepRequests } from './outputs/whip/whep-requests.ts'
import { WhipPeers } from './outputs/whip/whip-peers.ts'
import { whipRatesIn } from './outputs/whip/whip-rates.ts'
import { CpuFigures } from './process/cpu-figures.ts'
import { ffmpegLookup } from './process/ffmpeg-lookup.ts'
import { askVersionOf, findFfmpeg } from './process/find-ffmpeg.ts'
import { ProgramContents } from './program/program-contents.ts'
import { Vp8Transcoder } from './program/transcode/vp8-transcoder.ts'
import { WaitingTranscoder } from './program/transcode/waiting-transcoder.ts'
import { Profiles } from './profiles/profiles.ts'
import type { RecorderService } from './recording/recorder-service.ts'
import { Snapshots } from './recording/snapshots.ts'
import { Rehearsal } from './rehearsal/rehearsal.ts'
import { serve } from './rpc/serve.ts'
import type { SafeStart } from './safe-start/safe-start.ts'
import { heldKeys } from './safe-start/held-keys.ts'
import { Topic } from './rpc/topic.ts'
import { Destinations, openDestinationsFile } from './settings/destinations.ts'
import { Notices } from './settings/notices.ts'
import { PreferencesStore } from './settings/preferences.ts'
import { runDestinations } from './settings/run-destinations.ts'
import { ShowStore } from './shows/show-store.ts'
import { refusedWhileLive } from './shows/while-live.ts'
import { PastShows } from './statistics/past-shows.ts'
import { sideMoments } from './statistics/side-moments.ts'
import { Statistics } from './statistics/statistics.ts'
import { openDiagnostics } from './studio-diagnostics.ts'
import { holdAwakeWhileOn } from './studio-awake.ts'
import { openServerTime } from './studio-clock.ts'
import { openOutputs, renewing } from './studio-outputs.ts'
import { openPreflight, showCheckParts } from './studio-preflight.ts'
import { openRecordings } from './studio-recordings.ts'
import { openSafeStart, openSentinel, type StartWishes } from './studio-safe-start.ts'
import { openWatchdogs } from './studio-watchdogs.ts'
import { openSources } from './studio-sources.ts'
import { destinationFacts } from './webhooks/destination-facts.ts'
import { Webhooks } from './webhooks/webhooks.ts'

export interface StudioParts {
  clock: Clock
  log: Logger
  redactor: Redactor
  version: string
  headless: boolean
  fakeDevices: boolean
  /** The show to start with instead of the last one; null = the last one. */
  startWith: Show | null
  /** Where this run goes instead of the saved destinations; empty = the saved ones. */
  addresses: readonly string[]
  /** A data folder of one's own: recordings go there too, unless the settings say where. */
  ownDataDir: boolean
  /** Where this run records to, whatever the settings say; null = as they say. */
  recordTo: string | null
  /** Whether to hold back everything risky, and what to do when the last run was cut off. */
  start: StartWishes
  /** The system's language. */
  locale: string
}

export interface Studio {
  readonly session: BroadcastSession
  readonly recorder: RecorderService
  readonly destinations: Destinations
  readonly notices: Notices
  readonly diagnostics: Diagnostics
  readonly show: Show
  /** Process ids besides this one whose CPU counts, by role; asked now and then. */
  countProcesses(ids: () => Promise<Record<string, number>>): void
  close(): Promise<void>
}

/** The one place where everything is wired. Opens no window; whoever runs it does. */
export async function createStudio(host: Host, parts: StudioParts): Promise<Studio> {
  const { clock, log, redactor } = parts
  const { dataDir } = host
  const root = new Scope()
  const sentinel = await openSentinel(root, { dataDir, version: parts.version, start: parts.start, clock, log })
  const notices = new Notices(clock, log.child('notices'), (text) => redactor.text(text))
  const onFailure = (failure: StudioError) => notices.raise(failure, failure.reason === 'settings-broken' ? 'warning' : 'error')
  const onSecret = (value: string) => redactor.add(value)

  const serverTime = openServerTime(root, clock)
  const preferences = await PreferencesStore.open({ dataDir, locale: parts.locale, clock, onFailure })
  root.add(() => preferences.settled())
  const shows = await ShowStore.open({ dataDir, clock, onFailure, newId: randomUUID, startWith: parts.startWith ?? undefined })
  root.add(() => shows.settled())
  const destinations = await Destinations.open({
    ...(parts.addresses.length > 0
      ? runDestinations(parts.addresses)
      : { store: await openDestinationsFile({ dataDir, clock, onFailure }), secrets: host.secrets }),
    onSecret,
    onFailure,
  })
  root.add(() => destinations.settled())

  const addresses = root.own(
    new Addresses({ targets: destinations.targets, carried: (content) => carriedSources(shows.currentShow, content), secrets: host.secrets, onSecret, onFailure, clock: serverTime.clock }),
  )
  root.add(shows.list.watch(() => addresses.refresh()))

  const rehearsal = new Rehearsal({
    startNode: (entry, args) => host.startNode(entry, args),
    clock,
    log: log.child('rehearsal'),
    randomName: () => randomBytes(16).toString('hex'),
    onSecret,
  })
  root.own(rehearsal)

  const webhooks = root.own(
    await Webhooks.open({
      dataDir, secrets: host.secrets, clock, clockOffset: serverTime.heard, serverNow: serverTime.clock.now, logger: log.child('webhooks'), redact: (text) => redactor.text(text), onSecret, onFailure, newId: randomUUID, platform: process.platform,
      factsOf: (destinationId) => {
        const target = destinations.targets.value.find(({ destination }) => destination.id === destinationId)
        return target ? destinationFacts(target.destination, target.key.reveal()) : null
      },
    }),
  )

  const lookForFfmpeg = ffmpegLookup(() => findFfmpeg('', askVersionOf(clock)))
  const ffmpegPath = (): Promise<string | null> => lookForFfmpeg().then((found) => found?.path ?? null)
  const program: ProgramContents = root.own(
    new ProgramContents({
      clock, log, onFeeds: () => (session.readersChanged(), singles.refresh(), whipPeers.refresh()),
      contentOf: (id) => destinations.targets.value.find(({ destination }) => destination.id === id)?.destination.content ?? 'mix',
      mayAskKeyFrames: (id) => destinations.targets.value.find(({ destination }) => destination.id === id)?.destination.priority !== 'best-effort',
      createTranscoder: (content) => (events) =>
        new WaitingTranscoder(ffmpegPath(), (path) => new Vp8Transcoder(path, singles.encodingOf(content) ?? session.encodingInForce, events, clock), (failure) => events.onFailure(failure)),
    }),
  )
  const { mix: { bus, intake }, second, main, aux } = program.lines
  const usage = root.own(new CpuFigures(clock))
  const whipRates = new Topic(whipRatesIn(shows.currentShow, preferences.topic.value.congestion))
  const whipPeers = root.own(new WhipPeers(whipRates, randomUUID, (id) => program.feeds.readBy(id)))
  const outputs = openOutputs({
    destinations, addresses, rehearsal, whipPeers, program, webhooks, preferences: preferences.topic, ffmpegPath, redactor, clock, serverClock: serverTime.clock, log,
    contentReady: (id, signal) => singles.ready(id, signal),
  })
  const session: BroadcastSession = root.own(
    new BroadcastSession({
      targets: destinations.targets,
      outputs,
      program: intake,
      mixIsStillRead: () => program.feeds.left.has('mix') || program.feeds.awaited.has('mix'),
      encoding: shows.currentShow.encoding,
      preferences: preferences.topic,
      usage: () => usage.latest,
      pictureIsOn: (statuses) => pictureIsOn(statuses, shows.currentShow.sources),
      clock,
      logger: log.child('broadcast'),
    }),
  )
  const singles: Singles = root.own(
    new Singles({
      session, targets: destinations.targets, clock, show: () => shows.currentShow, showChanged: shows.list,
      feeds: program.feeds, flows: { second: second.intake, main: main.intake, aux: aux.intake }, retry: (id) => outputs.retryNow(id),
      figures: () => outputs.figures, preferences: preferences.topic, logger: log.child('singles'),
    }),
  )
  webhooks.follow({ status: session.status, sources: session.sources, kindOf: (sourceId) => shows.currentShow.sources.find(({ id }) => id === sourceId)?.kind ?? null })
  const followWhipRates = () => whipRates.set(whipRatesIn(singles.wish.value, preferences.topic.value.congestion))
  for (const watched of [singles.wish, preferences.topic]) root.add(watched.watch(followWhipRates))
  root.own(new ExpiryWatch({ facts: addresses.facts, destinationOf: (id) => destinations.list.value.find((each) => each.id === id) ?? null, live: session.status, notices, clock: serverTime.clock }))
  const profiles = root.own(await Profiles.open({ dataDir, clock, onFailure, destinations, secrets: host.secrets, showChanged: shows.list, show: () => shows.currentShow, isLive: () => session.status.value.live, newId: randomUUID, forgets: parts.addresses.length > 0 }))
  const snapshots = new Snapshots(clock)
  host.onBack(() => session.wake())
  root.own(
    new AutomaticStart({
      session, clock, logger: log.child('automatic'),
      enabled: () => preferences.topic.value.startMode === 'automatic' && !parts.headless && !safeStart.state.value.safe,
      pictureIsOn: () => pictureIsOn(session.sources.value, shows.currentShow.sources, { devicesOnly: true }),
    }),
  )
  const measured = root.own(
    new Statistics({
      status: session.status, figures: session.figures, sources: session.sources, clock, onFailure, newId: randomUUID,
      destinations: () => destinations.list.value,
      showName: () => shows.currentShow.name,
      keyFrameAgeMs: () => bus.keyFrameAgeMs,
      sides: () => sideMoments(singles.wish.value, singles.status.value, program.lines),
      past: await PastShows.open(join(dataDir, 'statistics')),
    }),
  )

  const { recorder, recordings, settings: recordingSettings } = await openRecordings(root, host, {
    session, singles, busOf: (content) => program.lines[content].bus, shows, snapshots, notices, webhooks, ffmpegPath, clock, log, onFailure, ownDataDir: parts.ownDataDir, recordTo: parts.recordTo,
  })
  const safeStart: SafeStart = openSafeStart(root, parts.start, { sentinel, destinations, status: session.status, recording: recorder.status, goLive: () => session.goLive(), startRecording: () => recorder.start(), clock, log })
  root.add(holdAwakeWhileOn(host, [session.status, recorder.status]))
  const watching = openWatchdogs(root, host, { session, recorder, measured, preferences, show: () => shows.currentShow, clock, log })
  const show = showCheckParts({ session, shows, destinations, addresses, recorder, recordingSettings, serverTime, clock })
  const diagnostics = openDiagnostics(root, { session, recordingsFolder: recordingSettings.folder, destinations: destinations.list, serverTime, show, ingest: ingestParts({ destinations, addresses, shows, session, redactor, rehearsal, ffmpegPath, clock, renewing: renewing({ destinations, serverClock: serverTime.clock, log }) }), ffmpeg: lookForFfmpeg, about: { version: parts.version, host: host.kind, versions: host.versions, locale: parts.locale, now: () => clock.now() }, clock, log })
  const preflight = openPreflight(root, { show, diagnostics, clock, log })

  const info = (): StudioInfo => ({
    version: parts.version, host: host.kind, platform: process.platform, headless: parts.headless, fakeDevices: parts.fakeDevices, safe: safeStart.state.value.safe,
    versions: { ...host.versions }, secretStore: host.secrets.protection, can: { webPages: host.webPages !== undefined, chooseFiles: host.chooseFile !== undefined, privacySettings: host.openPrivacySettings !== undefined },
  })
  const globalHotkeys = root.own(new GlobalHotkeys(host.globalKeys))
  const globalKeys = root.own(heldKeys(globalHotkeys, safeStart.state))
  const logReader = new LogReader({ folder: join(dataDir, 'logs'), redact: (text) => redactor.text(text), reveal: (path) => host.revealFile(path) })
  const studioHandlers = {
    info,
    updatePreferences: (change: Parameters<PreferencesStore['update']>[0]) => preferences.update(change),
    dismissNotice: ({ noticeId }: { noticeId: string }) => notices.dismiss(noticeId),
    networkUp: () => session.wake(),
    openPrivacySettings: ({ device }: { device: CapturedDevice }) => host.openPrivacySettings?.(device) ?? Promise.reject(new StudioError('not-found')),
  }

  const sources = await openSources(root, host, { shows, clock, onFailure })
  host.serveAssets((assetId) => shows.assets.read(assetId))
  host.onPage((page: PageConnection) => {
    const pageLog = log.child('page')
    pageLog.info('page connected')
    page.onProgram((port, content) => program.attach(port, content))
    page.onClose(() => pageLog.info('page gone'))
    const player = whepRequests(clock)
    page.onClose(() => (whipPeers.pageGone(page.id), player.pageGone(), diagnostics.page.pageGone(page.id)))
    if (destinations.list.value.some((each) => each.kind === 'rehearsal')) rehearsal.start()
    serve(
      page.rpc,
      [
        [broadcast, session.broadcastHandlers, { status: session.status, figures: session.figures, singles: singles.status }],
        [engine, { ...session.engineHandlers, failure: singles.toldFailure(session.engineHandlers.failure), ...snapshots.handlers }, { wish: singles.wish, snapshot: snapshots.wanted, restart: watching.restart }],
        [destinationsContract, destinations, { list: destinations.list }],
        [addressesContract, addresses.handlers, { facts: addresses.facts }],
        [showsContract, refusedWhileLive(shows, () => session.status.value.live), { list: shows.list }],
        [profilesContract, profiles, { state: profiles.state }],
        [studioContract, studioHandlers, { preferences: preferences.topic, notices: notices.list }],
        [hotkeysContract, globalKeys.handlers, globalHotkeys.topics],
        [watchdogsContract, watching.keeper.handlers, { active: watching.keeper.active, history: watching.keeper.history }],
        [safeStartContract, safeStart.handlers, { state: safeStart.state }],
        [logsContract, logReader.handlers, {}],
        [diagnosticsContract, diagnostics.handlersOf(page.id), diagnostics.topics],
        [preflightContract, preflight.handlers, {}],
        [statistics, measured.handlers, { now: measured.now, past: measured.past }],
        [webhooksContract, webhooks.handlers, webhooks.topics],
        [recorderContract, recorder.handlers, { status: recorder.status, settings: recordingSettings.topic }],
        [recordingsContract, recordings.handlers, recordings.topics],
        [rehearsalContract, {}, { state: rehearsal.state }],
        ...sources,
        [whipContract, { ...whipPeers.handlersOf(page.id), play: player.play }, { peers: whipPeers.peers }],
      ],
      pageLog,
    )
  })

  return {
    session,
    recorder,
    destinations,
    notices,
    diagnostics,
    get show() {
      return shows.currentShow
    },
    countProcesses: (ids) => usage.count(async () => ({ ...(await ids()), ...(rehearsal.processId ? { rehearsal: rehearsal.processId } : {}) })),
    close: () => root.close(),
  }
}
