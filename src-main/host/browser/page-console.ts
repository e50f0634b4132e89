import { z } from 'zod'
import type { Logger } from '../../base/logger.ts'
import type { BrowserPipe, PipeParams } from './browser-pipe.ts'

const LONGEST_TEXT = 2000

const consoleCall = z.object({
  type: z.string(),
  args: z.array(z.object({ value: z.unknown().optional(), description: z.string().optional() })),
})
const exception = z.object({
  exceptionDetails: z.object({ text: z.string(), exception: z.object({ description: z.string().optional() }).optional() }),
})
const logEntry = z.object({ entry: z.object({ level: z.string(), text: z.string(), url: z.string().optional() }) })
const attached = z.object({ sessionId: z.string(), targetInfo: z.object({ type: z.string() }) })

/** Writes what the page and its workers complain about into the studio's log, at `warn`. */
export async function forwardConsole(pipe: BrowserPipe, sessionId: string, log: Logger): Promise<void> {
  const tell = (text: string): void => log.warn('the page complains', { text: withoutSecrets(text).slice(0, LONGEST_TEXT) })
  pipe.on('Runtime.consoleAPICalled', (params) => {
    const parsed = consoleCall.safeParse(params)
    if (!parsed.success || !['error', 'warning', 'assert'].includes(parsed.data.type)) return
    tell(parsed.data.args.map((arg) => (typeof arg.value === 'string' ? arg.value : (arg.description ?? JSON.stringify(arg.value)))).join(' '))
  })
  pipe.on('Runtime.exceptionThrown', (params) => {
    const details = exception.safeParse(params).data?.exceptionDetails
    if (details) tell(details.exception?.description ?? details.text)
  })
  pipe.on('Log.entryAdded', (params) => {
    const entry = logEntry.safeParse(params).data?.entry
    if (entry?.level === 'error') tell(entry.url ? `${entry.text} ${entry.url}` : entry.text)
  })
  // Workers are sessions of their own.
  pipe.on('Target.attachedToTarget', (params: PipeParams) => {
    const target = attached.safeParse(params).data
    if (target?.targetInfo.type.endsWith('worker')) void pipe.call('Runtime.enable', {}, target.sessionId).catch(() => {})
  })
  await pipe.call('Runtime.enable', {}, sessionId)
  await pipe.call('Log.enable', {}, sessionId)
  await pipe.call('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, sessionId)
}

/** Addresses lose their query and, unless they are the page's own, everything behind the host: a stream key is a path. */
export function withoutSecrets(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*):\/\/([^\s/"'`<>()]*)([^\s"'`<>()]*)/gi, (_whole, scheme: string, host: string, rest: string) => {
    const authority = host.slice(host.lastIndexOf('@') + 1)
    const isOurs = scheme === 'http' && /^127\.0\.0\.1(:\d+)?$/.test(authority)
    if (isOurs) return `${scheme}://${authority}${rest.replace(/\?.*?(?=(:\d+){0,2}$)/, '')}`
    return `${scheme}://${authority}${rest ? '/…' : ''}`
  })
}
