import { describe, expect, it } from 'vitest'
import { FakeEngineClock } from '../fake-clock.ts'
import type { AacCandidate, AacSink } from './aac/aac-candidate.ts'
import { type AudioFigures, type AudioPacket, createAudioCoder } from './audio-coder.ts'
import type { SoundFormat } from './sound-format.ts'
import { BATCH_FRAMES } from './tap-protocol.ts'

const BATCH_MS = (BATCH_FRAMES / 48_000) * 1000

/** An encoder that hands each frame out two frames later, marked with the frame's first sample. */
class FakeAac implements AacCandidate {
  usualPrimingFrames = 1024
  opened = 0
  closed = 0
  fed = 0
  stuck = false
  sink: AacSink | null = null
  lastFed: Float32Array | null = null
  constructor(readonly name: string, public refusal: string | null = null) {}

  open(_format: SoundFormat, sink: AacSink) {
    this.opened++
    this.sink = sink
    if (this.refusal) return Promise.reject(new Error(this.refusal))
    const inside: number[] = []
    return Promise.resolve({
      encode: (planar: Float32Array) => {
        this.fed++
        if (this.stuck) return
        this.lastFed = planar
        inside.push(planar[0]!)
        if (inside.length > 2) sink.onPacket(new Uint8Array([inside.shift()!]), Uint8Array.of(0x11, 0x90))
      },
      close: () => void this.closed++,
    })
  }
}

/** A tap that is served by hand: batches are events on a port that never leaves this thread. */
class FakePort extends EventTarget {
  returned = 0
  started = false
  closed = false
  start = () => (this.started = true)
  close = () => (this.closed = true)
  postMessage = () => void this.returned++
}

function rig(candidates: FakeAac[], channels: 1 | 2 = 2) {
  const clock = new FakeEngineClock()
  const port = new FakePort()
  const packets: AudioPacket[] = []
  const headers: unknown[] = []
  const figures: AudioFigures[] = []
  const coder = createAudioCoder(
    { port: port as unknown as MessagePort, bitrateKbps: 128, channels, onHeader: (header) => headers.push(header), onPacket: (packet) => packets.push(packet), onFigures: (each) => figures.push(each) },
    {
      clock, candidates,
      measure: async (stream) => {
        for (let i = 0; i < 3; i++) stream.encode(new Float32Array(2 * BATCH_FRAMES), 0)
        stream.forget()
        return null
      },
    },
  )
  let frame = 0
  const run = async (batches: number, right = false) => {
    for (let i = 0; i < batches; i++) {
      await clock.advance(BATCH_MS)
      const planar = new Float32Array(2 * BATCH_FRAMES).fill((frame / BATCH_FRAMES) % 200)
      planar.fill(0, 0, right ? BATCH_FRAMES : 0)
      port.dispatchEvent(new MessageEvent('message', { data: { frame, buffer: planar.buffer } }))
      frame += BATCH_FRAMES
    }
  }
  return { clock, port, packets, headers, figures, coder, run }
}

describe('createAudioCoder', () => {
  it('gives every buffer back, coding or not', async () => {
    const { port, run, packets } = rig([new FakeAac('one')])
    await run(40)
    expect(port.returned).toBe(40)
    expect(packets).toHaveLength(0)
  })

  it('says the header before the first packet and takes the priming off the stamps', async () => {
    const { coder, run, packets, headers, clock } = rig([new FakeAac('one')])
    await run(10)
    const startedUs = clock.wallUs()
    coder.start()
    expect(headers).toEqual([{ codec: 'aac', sampleRate: 48_000, channels: 2, bitrateKbps: 128, asc: Uint8Array.of(0x11, 0x90) }])
    await run(20)
    expect(packets.length).toBeGreaterThan(14)
    // The frame fed second is stamped with the first one's time: what it sounds like first is 1024 samples older.
    expect(packets[0]!.data[0]).toBe(11)
    expect(Math.abs(packets[0]!.timestampUs - startedUs)).toBeLessThan(1000)
    packets.forEach((packet, i) => {
      expect(packet).toMatchObject({ kind: 'audio', key: true })
      if (i > 0) expect(Math.abs(packet.timestampUs - packets[i - 1]!.timestampUs - 21_333.3)).toBeLessThanOrEqual(1)
    })
  })

  it('codes one channel, where that is asked for, from the mean of both', async () => {
    const one = new FakeAac('one')
    const { coder, run, headers } = rig([one], 1)
    coder.start()
    await run(41)
    expect(headers).toMatchObject([{ channels: 1 }])
    expect(one.lastFed).toHaveLength(BATCH_FRAMES)
    const both = one.lastFed![0]!
    await run(3, true)
    expect(one.lastFed![0]! / both).toBeCloseTo(0.5, 1)
  })

  it('hands out nothing of an earlier show after stop and start, and stamps that rise', async () => {
    const { coder, run, packets, headers } = rig([new FakeAac('one')])
    coder.start()
    await run(30)
    coder.stop()
    const before = packets.length
    await run(30)
    expect(packets).toHaveLength(before)
    coder.start()
    await run(10)
    expect(headers).toHaveLength(2)
    expect(packets.length).toBeGreaterThan(before)
    expect(packets[before]!.data[0]).toBeGreaterThanOrEqual(60)
    expect(packets.every((packet, i) => i === 0 || packet.timestampUs > packets[i - 1]!.timestampUs)).toBe(true)
  })

  it('goes on with silence when the mixer stands', async () => {
    const { coder, run, packets, clock } = rig([new FakeAac('one')])
    coder.start()
    await run(30)
    const before = packets.length
    await clock.advance(3000)
    expect(packets.length - before).toBeGreaterThan(110)
    expect(packets.at(-1)!.data[0]).toBe(0)
  })

  it('takes the next encoder where the first is missing, and says why', async () => {
    const { run, figures } = rig([new FakeAac('platform', 'not supported'), new FakeAac('bundled')])
    await run(60)
    expect(figures.at(-1)).toMatchObject({ audioEncoder: 'bundled', encoderReason: 'platform: not supported' })
  })

  it('replaces an encoder that fails on the way, with its header', async () => {
    const first = new FakeAac('platform')
    const { coder, run, figures, headers, packets } = rig([first, new FakeAac('bundled')])
    coder.start()
    await run(30)
    first.sink!.onError(new Error('device lost'))
    const before = packets.length
    await run(60)
    expect(first.closed).toBe(1)
    expect(first.opened).toBe(1)
    expect(headers).toHaveLength(2)
    expect(packets.length - before).toBeGreaterThan(50)
    expect(figures.at(-1)).toMatchObject({ audioEncoder: 'bundled', encoderReason: 'platform: device lost' })
  })

  it('tries again when there is no encoder at all', async () => {
    const only = new FakeAac('only', 'out of memory')
    const { coder, run, packets, figures } = rig([only])
    coder.start()
    await run(60)
    expect(figures.at(-1)).toMatchObject({ audioEncoder: '', encoderReason: 'only: out of memory' })
    only.refusal = null
    await run(120)
    expect(packets.length).toBeGreaterThan(0)
  })

  it('feeds an encoder that does not answer no more than 11 s', async () => {
    const one = new FakeAac('one')
    const { coder, run } = rig([one])
    coder.start()
    await run(10)
    one.stuck = true
    await run(1000)
    expect(one.fed).toBeLessThan(530)
  })

  it('leaves nothing running after close', async () => {
    const one = new FakeAac('one')
    const { coder, run, port, clock, packets } = rig([one])
    coder.start()
    await run(10)
    const before = packets.length
    coder.close()
    expect(clock.timers).toBe(0)
    expect(port.closed).toBe(true)
    expect(one.closed).toBe(1)
    await run(10)
    expect(packets).toHaveLength(before)
  })
})
