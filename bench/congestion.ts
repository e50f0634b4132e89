import { shaperMissing } from '../e2e/fixtures/shaper.ts'
import { kernelLine, NoisyStudio, relayLine } from '../e2e/fixtures/slow-line.ts'
import type { Row } from './row.ts'

const CEILING_KBPS = 5000

/** The line goes from 6 to 1.5 and back to 6 Mbit/s: the longest queue, by the studio and at the server, and the way back. */
export async function congestion(): Promise<Row[]> {
  const missing = shaperMissing()
  const line = missing === null ? await kernelLine(6000) : await relayLine(6000)
  const how = missing === null ? 'token bucket in the kernel' : `relay (${missing})`
  const noisy = await NoisyStudio.start(CEILING_KBPS)
  try {
    const id = await noisy.settleOn(line)
    const droppedBefore = (await noisy.studio.figuresOf(id)).totalFramesDropped
    const slowSinceMs = performance.now()
    line.rate(1500)
    const slow = await noisy.watch(id, 25_000)
    const backSinceMs = performance.now()
    line.rate(6000)
    const back = await noisy.watch(id, 60_000, (sample) => (sample.congestion?.videoKbps ?? 0) >= CEILING_KBPS * 0.9)
    const all = [...slow, ...back]
    return [
      { what: 'line 6 → 1.5 → 6 Mbit/s: longest queue, twice a second', value: Math.max(...all.map(({ output }) => output.queueMs)), unit: 'ms', atMost: 2000, note: how },
      { what: 'longest delay of a frame at the server in it', value: Math.max(...line.delaysMs(slowSinceMs)), unit: 'ms', atMost: 2000 },
      { what: 'frames dropped in it', value: (all.at(-1)?.output.totalFramesDropped ?? Number.NaN) - droppedBefore, unit: 'frames' },
      { what: 'back to 90 % of the ceiling', value: ((back.at(-1)?.atMs ?? Number.NaN) - backSinceMs) / 1000, unit: 's', atMost: 15 },
    ]
  } finally {
    await noisy.close()
    await line.close()
  }
}
