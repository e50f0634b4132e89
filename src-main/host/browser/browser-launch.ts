import { z } from 'zod'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import { type Child, startChild } from '../../process/child.ts'
import type { WindowOptions } from '../host.ts'
import { browserFlags } from './browser-flags.ts'
import { BrowserPipe } from './browser-pipe.ts'

/** A browser that has only been started may be this slow to answer, and to turn to our page. */
export const START_TIMEOUT_MS = 20_000

export interface LaunchOptions extends WindowOptions {
  browserPath: string
  profileDir: string
  /** The page's origin, without a slash at the end. */
  origin: string
  asRoot: boolean
  clock: Clock
  log: Logger
}

export interface PageTarget {
  targetId: string
  sessionId: string
}

/** A browser that runs and answers, with its one page, which shows nothing of ours yet. */
export interface LaunchedBrowser {
  child: Child
  pipe: BrowserPipe
  page: PageTarget
  /** Name and version, e.g. `Chrome/156.0.8078.79`. */
  product: string
}

const targets = z.object({ targetInfos: z.array(z.object({ targetId: z.string(), type: z.string() })) })

/** Starts the browser. Rejects with StudioError `page-gone` when it does not come up; then nothing of it is left. */
export async function launchBrowser(options: LaunchOptions): Promise<LaunchedBrowser> {
  const { clock } = options
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
    return { child, pipe, page: await firstPage(pipe, child, clock), product: String(version['product']) }
  } catch (error) {
    throw await didNotComeUp(child, options.log, error)
  }
}

/** Ends a browser that is of no use, and says so. */
export async function didNotComeUp(child: Child, log: Logger, cause: unknown): Promise<StudioError> {
  const { stderrTail } = await child.stop()
  log.warn('the browser did not come up', { stderrTail })
  return new StudioError('page-gone', 'the browser did not come up; is another studio using this data folder?', { cause })
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
