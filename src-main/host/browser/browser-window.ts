import { z } from 'zod'
import { StudioError } from '@shared/domain/errors.ts'
import { Scope } from '../../base/scope.ts'
import type { ChildResult } from '../../process/child.ts'
import type { StudioWindow } from '../host.ts'
import { didNotComeUp, launchBrowser, type LaunchedBrowser, type LaunchOptions, START_TIMEOUT_MS } from './browser-launch.ts'
import { forwardConsole } from './page-console.ts'
import { watchPage } from './page-watch.ts'

/** A page that can still be reloaded starts to within this; one that hangs has to be killed first. */
const RELOAD_TIMEOUT_MS = 2500
const CRASH_TIMEOUT_MS = 2000
const CLOSE_TIMEOUT_MS = 3000
/** A browser that has died is started anew this often in a row, with a rest in between; then the window counts as closed. */
const MAX_LAUNCHES = 5
const LAUNCH_REST_MS = 2000

export interface BrowserWindowOptions extends LaunchOptions {
  /** A new address that opens the page once: the token goes to the browser by the pipe alone. */
  newAddress(): string
  /** Calls back with the number of connected page loads whenever it changes. */
  onPageCount(handler: (count: number) => void): void
}

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
  const window = new OpenBrowserWindow(options, await launchBrowser(options))
  await window.start()
  return window
}

class OpenBrowserWindow implements BrowserWindow {
  readonly #scope = new Scope()
  readonly #goneHandlers = new Set<(evidence: string) => void>()
  readonly #closedHandlers = new Set<() => void>()
  #state: 'open' | 'reloading' | 'closed' = 'open'
  #browser: LaunchedBrowser
  /** What belongs to the browser of now and ends with it. */
  #run = new Scope(this.#scope.signal)
  #browserEnded = false
  #relaunching: Promise<void> | null = null
  #tellCount: (count: number) => void = () => {}

  constructor(
    private readonly options: BrowserWindowOptions,
    browser: LaunchedBrowser,
  ) {
    this.#browser = browser
    options.onPageCount((count) => this.#tellCount(count))
  }

  get product(): string {
    return this.#browser.product
  }

  async start(): Promise<void> {
    const browser = this.#browser
    const { child, pipe, page } = browser
    const { options } = this
    void child.done.then((result) => this.#ended(browser, result))
    pipe.on('Target.targetDestroyed', (params) => {
      if (params['targetId'] === page.targetId) this.#closedByUser()
    })
    pipe.on('Page.javascriptDialogOpening', () => {
      // "Leave the page?" is for the user's own closing, not for the studio's reload.
      if (this.#state === 'reloading') void this.call('Page.handleJavaScriptDialog', { accept: true }).catch(() => {})
    })
    try {
      await pipe.call('Target.setDiscoverTargets', { discover: true })
      await this.call('Page.enable')
      await this.call('Inspector.enable')
      await forwardConsole(pipe, page.sessionId, options.log)
      if (options.headless && !options.fakeDevices) await this.#grantUnattended()
      const onPageCount = (handler: (count: number) => void): void => void (this.#tellCount = handler)
      watchPage({ pipe, sessionId: page.sessionId, onPageCount, clock: options.clock, signal: this.#run.signal, gone: (evidence) => this.#gone(evidence) })
      await this.#navigate(START_TIMEOUT_MS)
    } catch (error) {
      throw await didNotComeUp(child, options.log, error)
    }
  }

  /** Loads the page anew; kills a process that does not let go of it; starts another browser where nothing else helps. */
  async reload(): Promise<void> {
    if (this.#isClosed()) throw new StudioError('page-gone', 'the window is closed')
    this.#state = 'reloading'
    try {
      const done = !this.#browserEnded && (await this.#reloadPage().then(() => true, () => false))
      if (!done) await (this.#relaunching ??= this.#relaunch().finally(() => (this.#relaunching = null)))
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
    await this.#relaunching?.catch(() => {})
    const { child, pipe } = this.#browser
    await pipe.call('Browser.close').catch(() => {})
    const ended = new AbortController()
    void child.done.then(() => ended.abort())
    await this.options.clock.sleep(CLOSE_TIMEOUT_MS, ended.signal).catch(() => {})
    await child.stop()
  }

  async processIds(): Promise<Record<string, number>> {
    const { processInfo } = processes.parse(await this.#browser.pipe.call('SystemInfo.getProcessInfo'))
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
    await this.#browser.pipe.call('Browser.setPermission', { permission: { name: 'notifications' }, setting: 'granted', origin })
    await this.call('Runtime.evaluate', { expression: `void new Notification(${JSON.stringify(title)}, { body: ${JSON.stringify(body)} })` })
  }

  call(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return this.#browser.pipe.call(method, params, this.#browser.page.sessionId)
  }

  async #reloadPage(): Promise<void> {
    if (await this.#navigate(RELOAD_TIMEOUT_MS).then(() => true, () => false)) return
    this.options.log.warn('the page does not let go: its process is killed')
    const crashed = this.#next('Inspector.targetCrashed', CRASH_TIMEOUT_MS)
    crashed.catch(() => {})
    for (const pid of await this.#rendererPids()) kill(pid)
    await crashed.catch(() => {})
    await this.#navigate(RELOAD_TIMEOUT_MS)
  }

  async #relaunch(): Promise<void> {
    for (let launches = 1; ; launches++) {
      this.options.log.warn('the browser is started anew', { launches })
      await this.#run.close()
      await this.#browser.child.stop()
      this.#scope.signal.throwIfAborted()
      try {
        this.#browser = await launchBrowser(this.options)
        this.#browserEnded = false
        this.#run = new Scope(this.#scope.signal)
        return await this.start()
      } catch (error) {
        if (launches === MAX_LAUNCHES) this.#closedByUser()
        if (this.#isClosed()) throw error
      }
      await this.options.clock.sleep(LAUNCH_REST_MS, this.#scope.signal)
    }
  }

  /** Loads the page anew and resolves once it has begun to be ours. */
  async #navigate(timeoutMs: number): Promise<void> {
    const arrived = this.#next('Page.frameNavigated', timeoutMs)
    arrived.catch(() => {})
    // Not awaited: on a page that hangs, the answer may never come.
    void this.call('Page.navigate', { url: this.options.newAddress() }).catch(() => {})
    await arrived
  }

  /** The page's next event of this kind; rejects after `timeoutMs`. */
  async #next(method: string, timeoutMs: number): Promise<void> {
    const seen = new AbortController()
    const { pipe, page } = this.#browser
    const off = pipe.on(method, (_params, sessionId) => {
      if (sessionId === page.sessionId) seen.abort()
    })
    const timedOut = await this.options.clock.sleep(timeoutMs, seen.signal).then(() => true, () => false)
    off()
    if (timedOut) throw new Error(`${method} did not come within ${timeoutMs} ms`)
  }

  /** Without a window nobody can answer a prompt. With one, the user's own answers count. */
  async #grantUnattended(): Promise<void> {
    const permissions = ['audioCapture', 'videoCapture', 'displayCapture']
    await this.#browser.pipe.call('Browser.grantPermissions', { origin: this.options.origin, permissions })
  }

  async #rendererPids(): Promise<number[]> {
    const { processInfo } = processes.parse(await this.#browser.pipe.call('SystemInfo.getProcessInfo'))
    return processInfo.filter((each) => each.type === 'renderer').map((each) => each.id)
  }

  #gone(evidence: string): void {
    if (this.#state === 'open') for (const handler of this.#goneHandlers) handler(evidence)
  }

  /** A browser ends with 0 when its last window is closed, and with anything else when it crashed or was killed. */
  #ended(browser: LaunchedBrowser, { code, signal, stopped }: ChildResult): void {
    if (stopped || browser !== this.#browser || this.#isClosed()) return
    if (code === 0) return this.#closedByUser()
    this.#browserEnded = true
    this.#gone(`the browser has ended: ${signal ?? `code ${code}`}`)
  }

  #isClosed(): boolean {
    return this.#state === 'closed'
  }

  #closedByUser(): void {
    if (this.#isClosed()) return
    this.#state = 'closed'
    void this.#scope.close()
    void this.#browser.child.stop()
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
