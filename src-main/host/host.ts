import type { CapturedDevice } from '@shared/contracts/studio.ts'
import type { Channel, ProgramChannel } from '@shared/contracts/messages.ts'
import type { SourceOf } from '@shared/domain/source.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'

/** One load of the studio page. A reload is a new connection. */
export interface PageConnection {
  readonly id: string
  readonly rpc: Channel
  /** The engine opens one program port per content and load; a second one replaces the first. */
  onProgram(handler: (program: ProgramChannel, content: ProgramContent) => void): void
  onClose(handler: () => void): void
}

export interface StudioWindow {
  /** Loads the page anew, whatever state it is in. */
  reload(): Promise<void>
  focus(): void
  /** Crashed, killed or hung: not a close by the user. */
  onGone(handler: (evidence: string) => void): void
  /** Closed by the user. */
  onClosed(handler: () => void): void
  close(): Promise<void>
  /** Operating-system process ids of everything that belongs to the window, by role (e.g. `renderer`, `gpu`), for CPU figures. */
  processIds(): Promise<Record<string, number>>
}

/** Where keys live. Values never leave through anything but `get`. */
export interface SecretStore {
  readonly protection: 'encrypted' | 'protected-file' | 'memory'
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  delete(name: string): Promise<void>
}

/** A Node program run beside the studio, e.g. the rehearsal server. Messages are JSON. */
export interface NodeChild {
  readonly pid: number | undefined
  send(message: unknown): void
  onMessage(handler: (message: unknown) => void): void
  onExit(handler: (code: number | null) => void): void
  stop(): Promise<void>
}

/** Keys that work while another window is in front. */
export interface GlobalKeys {
  /** Wayland's portal asks the user, and the answer does not come with the registration. */
  readonly asksUser: boolean
  /** `keys` as `combination` in the domain; false when the system does not give it. */
  register(keys: string, pressed: () => void): boolean
  unregister(keys: string): void
}

export interface WindowOptions {
  headless: boolean
  fakeDevices: boolean
}

/** Web pages drawn out of sight. */
export interface WebPageHost {
  /** Draws it, in place of the one before of the same source; resolves to an id with which the studio's page can capture it. Rejects with a StudioError. */
  open(page: SourceOf<'web-page'>): Promise<string>
  closePage(sourceId: string): void
}

/** Everything that differs between the Electron host and the browser host. */
export interface Host {
  readonly kind: 'electron' | 'browser'
  readonly versions: Readonly<Record<string, string>>
  readonly dataDir: string
  readonly secrets: SecretStore
  onPage(handler: (page: PageConnection) => void): void
  /** Serves `GET assets/<id>` to the page; resolves to null for an unknown id. */
  serveAssets(read: (assetId: string) => Promise<{ bytes: Uint8Array; mimeType: string } | null>): void
  /** Serves `GET recordings/<path>` to the page, byte ranges included; null = no recording. */
  serveRecordings(find: (path: string) => Promise<{ path: string; mimeType: string } | null>): void
  openWindow(options: WindowOptions): Promise<StudioWindow>
  startNode(entry: 'rehearsal-server', args: readonly string[]): NodeChild
  /** Keeps the computer (and, with a window, the display) awake until released. */
  keepAwake(): () => void
  /** The network came back or the computer woke up. */
  onBack(handler: () => void): void
  /** null where keys work only while the window is in front. */
  readonly globalKeys: GlobalKeys | null
  notify(title: string, body: string): void
  /** Opens the file manager at a file; rejects with StudioError `no-file-manager`. */
  revealFile(path: string): Promise<void>
  /** Moves a file to the system's trash; false where there is none, and the file is still where it was. */
  moveToTrash(path: string): Promise<boolean>
  /** Opens the system's page with the switch for a device; rejects with StudioError `not-found` where there is none. Absent: this system has no such pages. */
  readonly openPrivacySettings?: ((device: CapturedDevice) => Promise<void>) | undefined
  /** The system's folder for videos, absolute; null where there is none. */
  readonly videosFolder: string | null
  /** Opens the system's dialog; null when the user gives up. Rejects with StudioError `not-found` where there is none. */
  chooseFolder(startAt: string): Promise<string | null>
  /** The same for a file; absent where there is no dialog. */
  readonly chooseFile?: (() => Promise<string | null>) | undefined
  /** Absent where the host cannot draw web pages. */
  readonly webPages?: WebPageHost | undefined
  close(): Promise<void>
}
