import { addresses } from '@shared/contracts/addresses.ts'
import { broadcast } from '@shared/contracts/broadcast.ts'
import { diagnostics } from '@shared/contracts/diagnostics.ts'
import { destinations } from '@shared/contracts/destinations.ts'
import { engine } from '@shared/contracts/engine.ts'
import { hotkeys } from '@shared/contracts/hotkeys.ts'
import type { Channel } from '@shared/contracts/messages.ts'
import { preflight } from '@shared/contracts/preflight.ts'
import { logs } from '@shared/contracts/logs.ts'
import { profiles } from '@shared/contracts/profiles.ts'
import { recorder, recordings } from '@shared/contracts/recordings.ts'
import { rehearsal } from '@shared/contracts/rehearsal.ts'
import type { Client } from '@shared/contracts/service.ts'
import { safeStart } from '@shared/contracts/safe-start.ts'
import { shows } from '@shared/contracts/shows.ts'
import { statistics } from '@shared/contracts/statistics.ts'
import { studio } from '@shared/contracts/studio.ts'
import { textFiles } from '@shared/contracts/text-files.ts'
import { webPages } from '@shared/contracts/web-pages.ts'
import { whip } from '@shared/contracts/whip.ts'
import { watchdogs } from '@shared/contracts/watchdogs.ts'
import { webhooks } from '@shared/contracts/webhooks.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { toBase64 } from '../base/base64.ts'
import type { EngineLink } from '../engine/engine.types.ts'
import type { SourceLink } from '../engine/sources/outside.ts'
import type { Bridge } from './bridge.types.ts'
import { connect } from './connect.ts'
import { ElectronPorts, type PreloadDoor } from './electron-ports.ts'
import type { LossCause, PageChannel } from './page-channel.ts'
import { portChannel } from './port-channel.ts'
import { openSocketChannel } from './socket-channel.ts'
import { keepAwakeWhileOn } from './wake-lock.ts'

/** How the engine's streams leave the page: the mix, and each single stream. */
export type ProgramPorts = Pick<EngineLink, 'programPort' | 'singlePort'>

/**
 * Opens the page's only door to main: Electron's ports where the preload script is, else WebSockets to
 * the server that served the page. Rejects with StudioError `connection-lost` when main does not answer.
 */
export async function openBridge(page: Window & { WebSocket?: typeof WebSocket } = window): Promise<Bridge> {
  const { castwrightDoor } = page as Window & { castwrightDoor?: PreloadDoor }
  if (castwrightDoor) {
    const ports = new ElectronPorts(castwrightDoor, page)
    return makeBridge(
      portChannel(await ports.open()),
      { programPort: () => ({ kind: 'port', port: ports.program() }), singlePort: async (content) => ({ kind: 'port', port: await ports.single(content) }) },
      page,
    )
  }
  // Names this load of the page, so that main can tell which sockets belong together.
  const pageId = crypto.randomUUID()
  const socketUrl = (path: string): string => `ws://${page.location.host}/${path}?page=${pageId}`
  const channel = await openSocketChannel(socketUrl('rpc'), page.WebSocket).catch((cause: unknown) => {
    throw new StudioError('connection-lost', 'the studio does not take this page', { cause })
  })
  const bridge = makeBridge(
    channel,
    { programPort: () => ({ kind: 'websocket', url: socketUrl('program') }), singlePort: async (content) => ({ kind: 'websocket', url: `${socketUrl('program')}&content=${content}` }) },
    page,
  )
  keepAwakeWhileOn(bridge, { document: page.document, wakeLock: page.navigator.wakeLock })
  return bridge
}

function makeBridge(channel: PageChannel, ports: ProgramPorts, page: Window): Bridge {
  let lost: LossCause | null = null
  const lostHandlers = new Set<(why: LossCause) => void>()
  channel.onClose((why) => {
    lost = why
    for (const handler of lostHandlers) handler(why)
  })
  const bridge = clients(channel)
  page.addEventListener('online', () => void bridge.studio.networkUp({}).catch(() => {}))
  return {
    ...bridge,
    engineLink: { ...engineLink(bridge.engine, ports), ...sourceLink(bridge) },
    assetUrl: (assetId) => new URL(`assets/${encodeURIComponent(assetId)}`, page.location.href).href,
    recordingUrl: (path) => new URL(`recordings/${path.split('/').map(encodeURIComponent).join('/')}`, page.location.href).href,
    onLost(handler) {
      const why = lost
      if (why) queueMicrotask(() => handler(why))
      else lostHandlers.add(handler)
    },
  }
}

function clients(channel: Channel): Omit<Bridge, 'engineLink' | 'assetUrl' | 'recordingUrl' | 'onLost'> {
  return {
    broadcast: connect(broadcast, channel),
    destinations: connect(destinations, channel),
    diagnostics: connect(diagnostics, channel),
    preflight: connect(preflight, channel),
    addresses: connect(addresses, channel),
    shows: connect(shows, channel),
    profiles: connect(profiles, channel),
    studio: connect(studio, channel),
    recorder: connect(recorder, channel),
    recordings: connect(recordings, channel),
    rehearsal: connect(rehearsal, channel),
    webhooks: connect(webhooks, channel),
    hotkeys: connect(hotkeys, channel),
    statistics: connect(statistics, channel),
    engine: connect(engine, channel),
    whip: connect(whip, channel),
    textFiles: connect(textFiles, channel),
    webPages: connect(webPages, channel),
    watchdogs: connect(watchdogs, channel),
    safeStart: connect(safeStart, channel),
    logs: connect(logs, channel),
  }
}

/** What the engine says is said once; whether main still listens is `onLost`'s business. */
export function engineLink(client: Client<typeof engine>, ports: ProgramPorts): EngineLink {
  return {
    ...ports,
    onWish: (handler) => client.watch('wish', handler),
    report: (figures, sources) => void client.report({ figures, sources }).catch(() => {}),
    failure: (reason, evidence, content) => void client.failure({ reason, evidence, content }).catch(() => {}),
    onSnapshot: (handler) => client.watch('snapshot', ({ snapshotId }) => snapshotId !== null && handler(snapshotId)),
    snapshot: (snapshotId, png) => void client.snapshot({ snapshotId, png: png && toBase64(png) }).catch(() => {}),
  }
}

/** What main does for the engine's sources. */
const sourceLink = ({ textFiles: files, webPages: pages }: Pick<Bridge, 'textFiles' | 'webPages'>): SourceLink => ({
  onTextFiles: (handler) => files.watch('files', handler),
  webPages: {
    open: async (page) => (await pages.open(page)).mediaSourceId,
    close: (sourceId) => void pages.close({ sourceId }).catch(() => {}),
  },
})
