/**
 * Watches the engine's memory over minutes: `node --experimental-transform-types e2e/engine/soak.ts
 * [--seconds 180] [--sources everything]`. Prints the renderer's resident
 * memory and its JS heap (after a collection) every 15 s, and whatever page and workers complained about.
 */
import { parseArgs } from 'node:util'
import { descendants, residentMiB } from '../fixtures/process-table.ts'
import { sleep } from '../fixtures/until.ts'
import { EnginePage } from './engine-page.ts'
import { buildPage, removeFolder } from './engine-rig.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '180' }, sources: { type: 'string', default: 'everything' } } })
const EVERY_S = 15
const folder = await buildPage()
const engine = await EnginePage.open(folder, { sources: values.sources as 'everything' })
try {
  const cdp = await engine.page.context().newCDPSession(engine.page)
  await engine.goLive()
  const renderer = descendants(engine.pid).filter(({ command }) => command.includes('--type=renderer')).map(({ pid }) => pid)
  for (let seconds = 0; seconds <= Number(values.seconds); seconds += EVERY_S) {
    await cdp.send('HeapProfiler.collectGarbage')
    const { usedSize } = await cdp.send('Runtime.getHeapUsage')
    const figures = await engine.figures()
    // The rig keeps what it receives, in this process; the browser's memory is what counts.
    engine.received.packets.length = 0
    engine.received.arrivedMs.length = 0
    console.log(
      `${seconds} s: renderer ${residentMiB(renderer).toFixed(0)} MiB, page's heap ${(usedSize / 1024 / 1024).toFixed(1)} MiB; ` +
        `${figures?.framesEncoded} frames, ${figures?.framesDropped} dropped, ${figures?.fps.toFixed(1)} fps, compose ${figures?.composeMs.toFixed(1)} ms`,
    )
    await engine.change({ camera: { rotationDeg: (seconds * 7) % 360 } })
    await sleep(EVERY_S * 1000)
  }
  console.log(engine.complaints.length === 0 ? 'No complaints.' : `Complaints: ${engine.complaints.join(' | ')}`)
  console.log(`Failures: ${JSON.stringify(await engine.failures())}`)
} finally {
  await engine.close()
  await removeFolder(folder)
}
