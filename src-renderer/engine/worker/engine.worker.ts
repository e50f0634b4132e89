/// <reference lib="webworker" />
import { pageClock } from '../clock.ts'
import { EngineProgram } from './engine-program.ts'
import type { FromWorker, ToWorker } from './messages.ts'

declare const self: DedicatedWorkerGlobalScope

/** The engine's worker: composes, codes and sends. The first message says how; see `messages.ts` for the others. */
let program: EngineProgram | null = null

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data
  if (message.type === 'init') {
    program = new EngineProgram(message, pageClock, (answer: FromWorker) => self.postMessage(answer))
  } else {
    program?.handle(message)
  }
})
