/**
 * The rehearsal's server, a Node program of its own: it may crash or be killed without hurting the studio.
 * Started by `rehearsal.ts`; speaks `rehearsal-messages.ts` with it. Imports nothing by alias and uses no syntax
 * that Node cannot strip, so that tests run this very file.
 */
import { systemClock } from '../base/clock.ts'
import { connectToParent } from '../process/parent-link.ts'
import { startMediaServer } from './media-server.ts'
import { APPLICATION, toRehearsalServer, type FromRehearsalServer } from './rehearsal-messages.ts'

const studio = connectToParent()
const tell = (message: FromRehearsalServer): void => studio.send(message)
let started = false

// The media server writes a line for everything, with stream names in it; nobody reads them.
Object.assign(console, { log() {} })

studio.onEnd(() => process.exit(0))
studio.onMessage((message) => {
  const parsed = toRehearsalServer.safeParse(message)
  if (!parsed.success || started) return
  started = true
  const { streamName, publishKey } = parsed.data
  const onPublishing = (publishing: boolean) => tell({ type: 'publishing', publishing })
  startMediaServer({ application: APPLICATION, streamName, publishKey, clock: systemClock, onPublishing }).then(
    (ports) => tell({ type: 'ready', ...ports }),
    (error: unknown) => {
      tell({ type: 'failed', evidence: error instanceof Error ? error.message : String(error) })
      process.exitCode = 1
    },
  )
})
tell({ type: 'loaded' })
