import { z } from 'zod'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import { Scope } from '../../base/scope.ts'
import { type Child, startChild } from '../../process/child.ts'
import type { StudioWindow, WindowOptions } from '../host.ts'
import { browserFlags } from './browser-flags.ts'
import { BrowserPipe } from './browser-pipe.ts'
import { forwardConsole } from './page-console.ts'
import { watchPage } from './page-watch.ts'

const START_TIMEOUT_MS = 20_000
/** A page that can still be reloaded starts to within this; one that hangs has to be killed first. */
const RELOAD_TIMEOUT_MS = 2500
const CRASH_TIMEOUT_MS = 2000
const CLOSE_TIMEOUT_MS = 3000

export interface BrowserWindowOptions extends WindowOptions {
  browserPath: string
  profileDir: string
  /** The page's origin, without a slash at the end. */
  origin: string
  /** A new address that opens the page once: the token goes to the browser by the pipe alone. */
  newAddress(): string
  /** Calls back with the number of connected page loads whenever it changes. */
  onPageCount(handler: (count: number) => void): void
  asRoot: boolean
  clock: Clock
  log: Logger
}

const targets = z.object({ targetInfos: z.array(z.object({ targetId: z.string(), type: z.string() })) })
const processes = z.object({ processInfo: z.array(z.object({ type: z.string(), id: z.int().positive() })) })

/** What the browser host has besides a window's usual verbs. */
export interface BrowserWindow extends StudioWindow {
  /** Name and version, e.g. `Chrome/156.0.8078.79`. */
  readonly product: string
  /** Shows a notice of the operating system in the page's name. */
  notify(title: string, body: string): Promise<void>
  /** The DevTools session of the page: for tests that crash or hang it. */
  call(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>
}

/** Starts the browser with the studio's page. Rejects with StudioError `page-gone` when it does not come up. */
export async function openBrowserWindow(options: BrowserWindowOptions): Promise<BrowserWindow> {
  const { clock, log } = options
  const child = startChild(
    { command: options.browserPath, args: browserFlags({ ...options, address: `${options.origin}/` }), extraPipes: 2 },
    clock,
  )
  const [toBrowser, fromBrowser] = child.pipes
  if (!toBrowser || !fromBrowser) {
    const { stderrTail } = await child.done
    throw new StudioError('page-gone', `the browser did not start: ${stderrTail}`)
  }
  const pipe = new BrowserPipe(toBrowser, fromBrowser, clock)
  try {
    const version = await pipe.call('Browser.getVersion', {}, undefined, START_TIMEOUT_MS)
    const page = await firstPage(pipe, child, clock)
    const window = new OpenBrowserWindow(options, child, pipe, page, String(version['product']))
    await window.start()
    return window
  } catch (error) {
    const { stderrTail } = await child.stop()
    log.warn('the browser did not come up', { stderrTail })
    throw new StudioError('page-gone', 'the browser did not come up; is another studio using this data folder?', { cause: error })
  }
}

interface PageTarget {
  targetId: string
  sessionId: string
}

async function firstPage(pipe: BrowserPipe, child: Child, clock: Clock): Promise<PageTarget> {
  const ended = new AbortController()
  void child.done.then(() => ended.abort(new Error('the browser ended at once')))
  for (;;) {
    const { targetInfos } = targets.parse(await pipe.call('Target.getTargets'))
    const page = targetInfos.find((target) => target.type === 'page')
    if (page) {
      const { sessionId } = z.object({ sessionId: z.string() }).parse(await pipe.call('Target.attachToTarget', { targetId: page.targetId, flatten: true }))
      return { targetId: page.targetId, sessionId }
    }
    await clock.sleep(50, ended.signal)
  }
}

class OpenBrowserWindow implements BrowserWindow {
  readonly #scope = new Scope()
  readonly #goneHandlers = new Set<(evidence: string) => void>()
  readonly #closedHandlers = new Set<() => void>()
  #state: 'open' | 'reloading' | 'closed' = 'open'

  constructor(
    private readonly options: BrowserWindowOptions,
    private readonly child: Child,
    private readonly pipe: BrowserPipe,
    private readonly page: PageTarget,
    readonly product: string,
  ) {}

  async start(): Promise<void> {
    const { pipe, child, options } = this
    void child.done.then(() => this.#closedByUser())
    pipe.on('Target.targetDestroyed', (params) => {
      if (params['targetId'] === this.page.targetId) this.#closedByUser()
    })
    pipe.on('Page.javascriptDialogOpening', () => {
      // "Leave the page?" is for the user's own closing, not for the studio's reload.
      if (this.#state === 'reloading') void this.call('Page.handleJavaScriptDialog', { accept: true }).catch(() => {})
    })
    await pipe.call('Target.setDiscoverTargets', { discover: true })
    await this.call('Page.enable')
    await this.call('Inspector.enable')
    await forwardConsole(pipe, this.page.sessionId, options.log)
    if (options.headless && !options.fakeDevices) await this.#grantUnattended()
    watchPage({ pipe, sessionId: this.page.sessionId, onPageCount: options.onPageCount, clock: options.clock, signal: this.#scope.signal, gone: (evidence) => this.#gone(evidence) })
    await this.#navigate()
  }

  async reload(): Promise<void> {
    if (this.#state === 'closed') throw new StudioError('page-gone', 'the window is closed')
    this.#state = 'reloading'
    try {
      if (await this.#navigate().then(() => true, () => false)) return
      this.options.log.warn('the page does not let go: its process is killed')
      const crashed = this.#next('Inspector.targetCrashed', CRASH_TIMEOUT_MS)
      for (const pid of await this.#rendererPids()) kill(pid)
      await crashed.catch(() => {})
      await this.#navigate()
    } catch (error) {
      throw new StudioError('page-gone', 'the page could not be reloaded', { cause: error })
    } finally {
      if (this.#state === 'reloading') this.#state = 'open'
    }
  }

  focus(): void {
    void this.call('Page.bringToFront').catch(() => {})
  }

  onGone(handler: (evidence: string) => void): void {
    this.#goneHandlers.add(handler)
  }

  onClosed(handler: () => void): void {
    this.#closedHandlers.add(handler)
  }

  async close(): Promise<void> {
    this.#state = 'closed'
    await this.#scope.close()
    await this.pipe.call('Browser.close').catch(() => {})
    const ended = new AbortController()
    void this.child.done.then(() => ended.abort())
    await this.options.clock.sleep(CLOSE_TIMEOUT_MS, ended.signal).catch(() => {})
    await this.child.stop()
  }

  async processIds(): Promise<Record<string, number>> {
    const { processInfo } = processes.parse(await this.pipe.call('SystemInfo.getProcessInfo'))
    const byRole: Record<string, number> = {}
    for (const { type, id } of processInfo) {
      const role = roleOf(type)
      let name = role
      for (let n = 2; name in byRole; n++) name = `${role} ${n}`
      byRole[name] = id
    }
    return byRole
  }

  async notify(title: string, body: string): Promise<void> {
    const { origin } = this.options
    await this.pipe.call('Browser.setPermission', { permission: { name: 'notifications' }, setting: 'granted', origin })
    await this.call('Runtime.evaluate', { expression: `void new Notification(${JSON.stringify(title)}, { body: ${JSON.stringify(body)} })` })
  }

  call(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return this.pipe.call(method, params, this.page.sessionId)
  }

  /** Loads the page anew and resolves once it has begun to be ours. */
  async #navigate(): Promise<void> {
    const arrived = this.#next('Page.frameNavigated', RELOAD_TIMEOUT_MS)
    arrived.catch(() => {})
    // Not awaited: on a page that hangs, the answer may never come.
    void this.call('Page.navigate', { url: this.options.newAddress() }).catch(() => {})
    await arrived
  }

  /** The page's next event of this kind; rejects after `timeoutMs`. */
  async #next(method: string, timeoutMs: number): Promise<void> {
    const seen = new AbortController()
    const off = this.pipe.on(method, (_params, sessionId) => {
      if (sessionId === this.page.sessionId) seen.abort()
    })
    const timedOut = await this.options.clock.sleep(timeoutMs, seen.signal).then(() => true, () => false)
    off()
    if (timedOut) throw new Error(`${method} did not come within ${timeoutMs} ms`)
  }

  /** Without a window nobody can answer a prompt. With one, the user's own answers count. */
  async #grantUnattended(): Promise<void> {
    const permissions = ['audioCapture', 'videoCapture', 'displayCapture']
    await this.pipe.call('Browser.grantPermissions', { origin: this.options.origin, permissions })
  }

  async #rendererPids(): Promise<number[]> {
    const { processInfo } = processes.parse(await this.pipe.call('SystemInfo.getProcessInfo'))
    return processInfo.filter((each) => each.type === 'renderer').map((each) => each.id)
  }

  #gone(evidence: string): void {
    if (this.#state === 'open') for (const handler of this.#goneHandlers) handler(evidence)
  }

  #closedByUser(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    void this.#scope.close()
    void this.child.stop()
    for (const handler of this.#closedHandlers) handler()
  }
}

/** `network.mojom.NetworkService` → `network`. */
const roleOf = (type: string): string => (type.split('.')[0] ?? type).toLowerCase()

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
