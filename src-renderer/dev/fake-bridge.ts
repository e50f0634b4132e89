import { newDestination } from '@shared/domain/destination.ts'
import type { GlobalKeysState } from '@shared/contracts/hotkeys.ts'
import type { DestinationFacts } from '@shared/contracts/addresses.ts'
import type { BroadcastFigures, BroadcastStatus, SinglesStatus } from '@shared/contracts/broadcast.ts'
import type { TextFile } from '@shared/contracts/text-files.ts'
import type { Notice, Preferences, StudioInfo } from '@shared/contracts/studio.ts'
import type { ProgramWish } from '@shared/contracts/engine.ts'
import { sameDestination, splitAddress } from '@shared/domain/address.ts'
import type { DestinationView } from '@shared/domain/destination.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { DEFAULT_APPEARANCE } from '@shared/domain/appearance.ts'
import { NO_HOTKEY_CHANGES } from '@shared/domain/hotkeys.ts'
import { DEFAULT_SINGLE_QUALITIES } from '@shared/domain/single-presets.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Bottleneck, PastShow, StatisticsSample } from '@shared/domain/statistics.ts'
import type { Show } from '@shared/domain/show.ts'
import type { WatchEvent } from '@shared/domain/watchdogs.ts'
import type { WhipPeer } from '@shared/contracts/whip.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import type { LossCause } from '../bridge/page-channel.ts'
import { emptyShow } from '../show-editing/sample-show.ts'
import { FakeWebhooks } from './fake-webhooks.ts'
import { fakeAddresses } from './fake-addresses.ts'
import { FakeDiagnostics } from './fake-diagnostics.ts'
import { FakePreflight } from './fake-preflight.ts'
import { FakeRecorder } from './fake-recorder.ts'
import { FakeRecordings } from './fake-recordings.ts'
import { FakeProfiles } from './fake-profiles.ts'
import { FakeSafety } from './fake-safety.ts'
import { FakeShows } from './fake-shows.ts'
import { Topic } from './topic.ts'

export interface FakeBridgeOptions {
  show?: Show
  firstRun?: boolean
  preferences?: Partial<Preferences>
  destinations?: DestinationView[]
  notices?: Notice[]
  headless?: boolean
}

const PREFERENCES: Preferences = { language: 'en', theme: 'dark', layout: {}, failAfterSeconds: 60, failedIsFinal: false, startMode: 'manual', congestion: { enabled: true, floorKbps: 500 }, singles: DEFAULT_SINGLE_QUALITIES, appearance: DEFAULT_APPEARANCE, hotkeys: NO_HOTKEY_CHANGES }
const REHEARSAL: DestinationView = { ...newDestination({ id: 'rehearsal', name: '', kind: 'rehearsal', address: '', enabled: true }), hasKey: false, hasPassphrase: false }

/** Main without main: services that keep everything in memory, with their topics open to be set. */
export class FakeBridge implements Bridge {
  readonly calls: { service: string; call: string; input: unknown }[] = []
  readonly keys = new Map<string, string>()
  readonly status = new Topic<BroadcastStatus>({
    live: false, liveSinceMs: null, ending: false, encoding: DEFAULT_ENCODING, programFailure: null, outputs: [],
  })
  readonly singles = new Topic<SinglesStatus>({})
  readonly figures = new Topic<BroadcastFigures>({ atMs: 0, program: null, outputs: {}, cpuPercent: null, rssMiB: null })
  readonly list: Topic<DestinationView[]>
  readonly notices: Topic<Notice[]>
  readonly preferences: Topic<Preferences>
  readonly rehearsalState = new Topic<{ running: boolean; publishing: boolean; playbackUrl: string | null }>({ running: true, publishing: false, playbackUrl: null })
  readonly wish = new Topic<ProgramWish>({ wanted: false, encoding: DEFAULT_ENCODING })
  readonly whipPeers = new Topic<WhipPeer[]>([])
  readonly hooks = new FakeWebhooks()
  readonly webhooks: Bridge['webhooks'] = this.hooks.client((call, input, answer) => this.#answer('webhooks', call, input, answer))
  /** The next call rejects with this, once. */
  failNext: StudioError | null = null
  /** Wall time, for *live since*. */
  nowMs: () => number = () => 0
  readonly #options: FakeBridgeOptions
  readonly #lost = new Set<(why: LossCause) => void>()

  constructor(options: FakeBridgeOptions = {}) {
    this.#options = options
    this.shows = this.kept.client(options.show ?? emptyShow('show-1', 'My show'), options.firstRun ?? false, (call, input, answer) => this.#answer('shows', call, input, answer))
    this.list = new Topic(options.destinations ?? [REHEARSAL])
    this.notices = new Topic(options.notices ?? [])
    this.preferences = new Topic({ ...PREFERENCES, ...options.preferences })
  }

  readonly broadcast: Bridge['broadcast'] = {
    goLive: (input) => this.#answer('broadcast', 'goLive', input, () => this.status.set({ ...this.status.state, live: true, liveSinceMs: this.nowMs() })),
    end: (input) => this.#answer('broadcast', 'end', input, () => this.status.set({ ...this.status.state, live: false, liveSinceMs: null })),
    retryNow: (input) => this.#answer('broadcast', 'retryNow', input, () => {}),
    setVideoKbps: (input) => this.#answer('broadcast', 'setVideoKbps', input, () => {}),
    setEncoding: (input) => this.#answer('broadcast', 'setEncoding', input, () => this.status.set({ ...this.status.state, encoding: input })),
    watch: (topic, onState) => ({ status: this.status, figures: this.figures, singles: this.singles })[topic].watch(onState as never),
  }

  readonly destinations: Bridge['destinations'] = {
    save: ({ destination, key, query, tokenSource }) =>
      this.#answer('destinations', 'save', { destination, query, ...(tokenSource !== undefined && { tokenSource }) }, () => this.#saveDestination({ ...newDestination(destination), hasKey: false, hasPassphrase: false, ...(query && { hasQuery: true }), ...(tokenSource && { renews: true }) }, key)),
    remove: (input) => this.#answer('destinations', 'remove', input, () => this.list.set(this.list.state.filter((each) => each.id !== input.destinationId))),
    setEnabled: (input) =>
      this.#answer('destinations', 'setEnabled', input, () =>
        this.list.set(this.list.state.map((each) => (each.id === input.destinationId ? { ...each, enabled: input.enabled } : each))),
      ),
    reorder: (input) => this.#answer('destinations', 'reorder', input, () => {}),
    revealKey: (input) => this.#answer('destinations', 'revealKey', input, () => ({ key: this.keys.get(input.destinationId) ?? '', passphrase: '', query: '' })),
    watch: (_topic, onState) => this.list.watch(onState as never),
  }

  readonly facts = new Topic<DestinationFacts[]>([])
  readonly addresses: Bridge['addresses'] = fakeAddresses(this.facts, (call, input, answer) => this.#answer('addresses', call, input, answer))

  readonly profiled = new FakeProfiles()
  readonly profiles: Bridge['profiles'] = this.profiled.client((call, input, answer) => this.#answer('profiles', call, input, answer))
  readonly kept = new FakeShows()
  readonly shows: Bridge['shows']

  readonly studio: Bridge['studio'] = {
    info: (input) => this.#answer('studio', 'info', input, () => this.#info()),
    updatePreferences: (input) => this.#answer('studio', 'updatePreferences', input, () => this.preferences.set({ ...this.preferences.state, ...input })),
    dismissNotice: (input) => this.#answer('studio', 'dismissNotice', input, () => this.notices.set(this.notices.state.filter((each) => each.id !== input.noticeId))),
    openPrivacySettings: (input) => this.#answer('studio', 'openPrivacySettings', input, () => {}),
    networkUp: (input) => this.#answer('studio', 'networkUp', input, () => {}),
    watch: (topic, onState) => (topic === 'preferences' ? this.preferences.watch(onState as never) : this.notices.watch(onState as never)),
  }

  readonly measured = new Topic<{ sample: StatisticsSample; bottlenecks: Bottleneck[] } | null>(null)
  readonly past = new Topic<PastShow[]>([])
  /** What `recent` and `samples` answer. */
  samples: StatisticsSample[] = []

  readonly statistics: Bridge['statistics'] = {
    recent: (input) => this.#answer('statistics', 'recent', input, () => this.samples),
    samples: (input) => this.#answer('statistics', 'samples', input, () => this.samples),
    export: (input) => this.#answer('statistics', 'export', input, () => ({ fileName: `show.${input.format}`, text: '', next: null })),
    remove: (input) => this.#answer('statistics', 'remove', input, () => this.past.set(this.past.state.filter(({ id }) => id !== input.showId))),
    watch: (topic, onState) => (topic === 'now' ? this.measured.watch(onState as never) : this.past.watch(onState as never)),
  }

  readonly recorded = new FakeRecordings()
  readonly recording = new FakeRecorder()
  readonly recorder: Bridge['recorder'] = this.recording.client((call, input, answer) => this.#answer('recorder', call, input, answer))
  readonly checked = new FakeDiagnostics()
  readonly diagnostics: Bridge['diagnostics'] = this.checked.client((call, input, answer) => this.#answer('diagnostics', call, input, answer))
  readonly ahead = new FakePreflight()
  readonly preflight: Bridge['preflight'] = this.ahead.client((call, input, answer) => this.#answer('preflight', call, input, answer))
  readonly recordings: Bridge['recordings'] = this.recorded.client((call, input, answer) => this.#answer('recordings', call, input, answer))
  recordingUrl = (path: string): string => `recordings/${path}`

  readonly globalKeys = new Topic<GlobalKeysState>({ host: 'window-only', working: [], refused: [] })
  readonly pressed = new Topic<{ combination: string; count: number }>({ combination: '', count: 0 })
  readonly hotkeys: Bridge['hotkeys'] = {
    setGlobal: (input) => this.#answer('hotkeys', 'setGlobal', input, () => {}),
    watch: (topic, onState) => (topic === 'state' ? this.globalKeys.watch(onState as never) : this.pressed.watch(onState as never)),
  }

  readonly rehearsal: Bridge['rehearsal'] = { watch: (_topic, onState) => this.rehearsalState.watch(onState as never) }

  readonly engine: Bridge['engine'] = {
    report: (input) => this.#answer('engine', 'report', input, () => {}),
    failure: (input) => this.#answer('engine', 'failure', input, () => {}),
    snapshot: (input) => this.#answer('engine', 'snapshot', input, () => {}),
    watch: (topic, onState) => (topic === 'wish' ? this.wish : new Topic({ count: 0, sourceId: null, snapshotId: null })).watch(onState as never),
  }

  /** What the watchdogs bark at now, and did. */
  readonly barks = { active: new Topic<WatchEvent[]>([]), history: new Topic<WatchEvent[]>([]) }
  readonly watchdogs: Bridge['watchdogs'] = {
    ignore: (input) => this.#answer('watchdogs', 'ignore', input, () => this.barks.active.set(this.barks.active.state.filter(({ id }) => id !== input.eventId))),
    battery: (input) => this.#answer('watchdogs', 'battery', input, () => {}),
    watch: (topic, onState) => this.barks[topic].watch(onState as never),
  }

  readonly safety = new FakeSafety()
  readonly safeStart: Bridge['safeStart'] = this.safety.safeStart((call, input, answer) => this.#answer('safeStart', call, input, answer))
  readonly logs: Bridge['logs'] = this.safety.logs((call, input, answer) => this.#answer('logs', call, input, answer))

  readonly whip: Bridge['whip'] = {
    offer: (input) => this.#answer('whip', 'offer', { peerId: input.peerId }, () => ({ answerSdp: '', iceServers: [] })),
    candidate: (input) => this.#answer('whip', 'candidate', { peerId: input.peerId }, () => {}),
    restart: (input) => this.#answer('whip', 'restart', { peerId: input.peerId }, () => ({ fragment: null })),
    connection: (input) => this.#answer('whip', 'connection', input, () => {}),
    report: (input) => this.#answer('whip', 'report', input, () => {}),
    failure: (input) => this.#answer('whip', 'failure', input, () => {}),
    play: ({ method, address }) => this.#answer('whip', 'play', { method, address }, () => ({ status: 404, body: '', session: '', iceServers: [], retryAfterMs: null })),
    watch: (_topic, onState) => this.whipPeers.watch(onState as never),
  }

  readonly files = new Topic<TextFile[]>([])
  readonly textFiles: Bridge['textFiles'] = {
    choose: (input) => this.#answer('textFiles', 'choose', input, () => ({ path: null })),
    allow: (input) => this.#answer('textFiles', 'allow', input, () => {}),
    watch: (_topic, onState) => this.files.watch(onState as never),
  }
  readonly webPages: Bridge['webPages'] = {
    open: (input) => this.#answer('webPages', 'open', input, () => ({ mediaSourceId: '' })),
    close: (input) => this.#answer('webPages', 'close', input, () => {}),
    watch: () => () => {},
  }

  readonly engineLink: Bridge['engineLink'] = {
    programPort: () => ({ kind: 'websocket', url: 'ws://127.0.0.1:9/' }),
    singlePort: async () => ({ kind: 'websocket', url: 'ws://127.0.0.1:9/' }),
    onWish: (handler) => this.wish.watch(handler),
    report: () => {},
    failure: () => {},
    onSnapshot: () => () => {},
    snapshot: () => {},
  }

  assetUrl(assetId: string): string {
    return `assets/${assetId}`
  }

  onLost(handler: (why: LossCause) => void): void {
    this.#lost.add(handler)
  }

  lose(why: LossCause = 'ended'): void {
    for (const each of this.#lost) each(why)
  }

  get saved(): Show[] {
    return this.kept.saved
  }

  get shown(): FakeShows['list'] {
    return this.kept.list
  }

  async #answer<T>(service: string, call: string, input: unknown, answer: () => T): Promise<T> {
    this.calls.push({ service, call, input })
    const failure = this.failNext
    this.failNext = null
    if (failure) throw failure
    return structuredClone(answer())
  }

  #saveDestination(destination: DestinationView, key: string | undefined): DestinationView {
    const split = destination.kind !== 'rtmp' || key ? { address: destination.address, key: '' } : splitAddress(destination.address)
    const typed = key || split.key
    const others = this.list.state.filter((each) => each.id !== destination.id)
    if (others.some((each) => each.kind === 'rtmp' && sameDestination({ address: each.address, key: this.keys.get(each.id) ?? '' }, { address: split.address, key: typed }))) {
      throw new StudioError('address-duplicate')
    }
    if (typed) this.keys.set(destination.id, typed)
    const view = { ...destination, address: split.address, hasKey: this.keys.has(destination.id) }
    const known = this.list.state.some((each) => each.id === view.id)
    this.list.set(known ? this.list.state.map((each) => (each.id === view.id ? view : each)) : [...this.list.state, view])
    return view
  }

  #info(): StudioInfo {
    return {
      version: '0.1.0', host: 'browser', platform: 'linux', headless: this.#options.headless ?? false, fakeDevices: true,
      versions: { node: '24' }, secretStore: 'memory', can: { webPages: false, chooseFiles: false },
    }
  }
}
