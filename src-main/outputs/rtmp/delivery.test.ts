import { describe, expect, it } from 'vitest'
import { Delivery } from './delivery.ts'
import { findTransmitQueue } from './kernel-queue.ts'
import { Timeline } from './timeline.ts'

/** Sends `bytes` every 100 ms from `fromMs` on; all of it is taken by the system at once. */
const send = (delivery: Delivery, fromMs: number, untilMs: number, bytes: number, each: (nowMs: number) => void = () => {}) => {
  for (let nowMs = fromMs; nowMs <= untilMs; nowMs += 100) {
    delivery.written(bytes, nowMs)
    delivery.drained(bytes, nowMs)
    each(nowMs)
  }
}

describe('Delivery', () => {
  it('knows the rate of the last second', () => {
    const delivery = new Delivery()
    send(delivery, 0, 5000, 12_500, (nowMs) => nowMs % 500 === 0 && delivery.sample(nowMs))
    expect(delivery.bitrateKbps).toBeCloseTo(1000, 0)
  })

  it('is stuck while a write waits, counted from the last progress', () => {
    const delivery = new Delivery()
    delivery.written(1000, 100)
    delivery.written(1000, 5000)
    expect(delivery.stuckForMs(6100)).toBe(6000)
    delivery.drained(1000, 6200)
    expect(delivery.stuckForMs(7200)).toBe(1000)
    delivery.drained(1000, 7300)
    expect(delivery.stuckForMs(99_000)).toBe(0)
  })

  it('is stuck when a server that acknowledged regularly stops, although the system still takes bytes', () => {
    const delivery = new Delivery()
    delivery.asked(50_000)
    send(delivery, 0, 3000, 10_000, () => delivery.drainedBytes % 50_000 === 0 && delivery.acknowledged(delivery.drainedBytes, 0))
    expect(delivery.stuckForMs(3000)).toBe(0)
    send(delivery, 3100, 14_500, 10_000)
    expect(delivery.stuckForMs(14_500)).toBeGreaterThan(10_000)
    delivery.acknowledged(delivery.drainedBytes, 14_600)
    expect(delivery.stuckForMs(14_600)).toBe(0)
  })

  it('follows a server that is asked for smaller steps, and one that keeps its own', () => {
    const [obedient, stubborn] = [new Delivery(), new Delivery()]
    for (const delivery of [obedient, stubborn]) {
      delivery.asked(150_000)
      send(delivery, 0, 6000, 5000, (nowMs) => delivery.drainedBytes % 150_000 === 0 && delivery.acknowledged(delivery.drainedBytes, nowMs))
      delivery.asked(20_000)
      const step = delivery === obedient ? 20_000 : 150_000
      send(delivery, 6100, 18_000, 5000, (nowMs) => delivery.drainedBytes % step === 0 && delivery.acknowledged(delivery.drainedBytes, nowMs))
      expect(delivery.stuckForMs(18_000)).toBe(0)
      send(delivery, 18_100, 32_000, 5000)
    }
    expect(obedient.stuckForMs(29_500)).toBeGreaterThan(11_000)
    expect(stubborn.stuckForMs(29_500)).toBeLessThan(9500)
  })

  it.each([
    ['counts the handshake', 0], ['does not count the handshake', 3073],
  ])('knows how long the way is to a server that %s, however little is sent', (_, uncounted) => {
    const delivery = new Delivery(3073)
    delivery.written(3073, 0)
    delivery.drained(3073, 0)
    delivery.asked(4096)
    let acknowledged = 0
    const ages: number[] = []
    // 80 kbit/s, acknowledged 10 ms later.
    send(delivery, 100, 20_000, 1000, (nowMs) => {
      ages.push(delivery.onTheWay.ageMs(nowMs))
      const counted = delivery.drainedBytes - uncounted
      if (counted - acknowledged >= 4096) delivery.acknowledged((acknowledged = counted), nowMs + 10)
    })
    expect(delivery.delayMs).toBe(10)
    expect(Math.max(...ages)).toBeLessThan(100)
    expect(delivery.onTheWay.lineKbps(20_000)).toBeNull()
    expect(delivery.stuckForMs(20_000)).toBe(0)
  })

  it('expects nothing of a server that never acknowledged, or only once at the start', () => {
    const [silent, once] = [new Delivery(), new Delivery()]
    for (const delivery of [silent, once]) {
      delivery.asked(50_000)
      if (delivery === once) delivery.acknowledged(3500, 0)
      send(delivery, 0, 30_000, 10_000)
      expect(delivery.stuckForMs(30_000)).toBe(0)
      expect(delivery.overdueBytes).toBe(0)
    }
    expect(silent.acknowledgedBytes).toBeNull()
  })

  it('is stuck when the system keeps bytes that the peer does not take', () => {
    const delivery = new Delivery()
    send(delivery, 0, 1000, 10_000)
    delivery.keptBySystem(0, 1000)
    send(delivery, 1100, 2000, 10_000)
    delivery.keptBySystem(100_000, 2000)
    send(delivery, 2100, 9000, 10_000)
    delivery.keptBySystem(800_000, 9000)
    expect(delivery.stuckForMs(9000)).toBe(7000)
    delivery.keptBySystem(700_000, 9500)
    expect(delivery.stuckForMs(9500)).toBe(0)
  })

  it('measures the delay of the acknowledged byte and unwraps the counter', () => {
    const delivery = new Delivery()
    delivery.written(5_000_000_000, 0)
    delivery.drained(5_000_000_000, 100)
    delivery.acknowledged(2_000_000_000, 130)
    delivery.acknowledged(4_000_000_000, 140)
    delivery.acknowledged(5_000_000_000 - 2 ** 32, 150)
    expect(delivery.acknowledgedBytes).toBe(5_000_000_000)
    expect(delivery.delayMs).toBe(50)
  })

  it('loses nothing of what is acknowledged while the rest of a large write still waits', () => {
    const delivery = new Delivery()
    delivery.asked(50_000)
    for (let write = 1; write <= 10; write++) {
      delivery.written(300_000, write)
      delivery.acknowledged(write * 300_000 - 100_000, write)
      expect(delivery.acknowledgedBytes).toBeLessThanOrEqual(delivery.drainedBytes)
      delivery.drained(300_000, write)
    }
    delivery.acknowledged(3_000_000, 11)
    expect(delivery.acknowledgedBytes).toBe(3_000_000)
    expect(delivery.overdueBytes).toBe(0)
  })

  it('does not believe an acknowledgement that goes back or runs ahead', () => {
    const delivery = new Delivery()
    delivery.written(1000, 0)
    delivery.drained(1000, 0)
    delivery.acknowledged(900, 1)
    delivery.acknowledged(100, 2)
    expect(delivery.acknowledgedBytes).toBe(900)
    delivery.acknowledged(1_000_000, 3)
    expect(delivery.acknowledgedBytes).toBe(1000)
  })
})

describe('findTransmitQueue', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0',
    '   1: 0100007F:A3D2 0100007F:078F 01 0002A5F8:00000000 01:00000014 00000000     0        0 2 2 0 20 4 30 10 -1',
    '   2: 0100007F:078F 0100007F:A3D2 01 00000000:0001F000 00:00000000 00000000     0        0 3 1 0 20 4 0 10 -1',
  ].join('\n')

  it('finds the connection by its ports, this end only', () => {
    expect(findTransmitQueue(table, 0xa3d2, 1935)).toBe(0x2a5f8)
    expect(findTransmitQueue(table, 1935, 0xa3d2)).toBe(0)
    expect(findTransmitQueue(table, 8080, 0)).toBeNull()
    expect(findTransmitQueue('', 1, 2)).toBeNull()
  })
})

describe('Timeline', () => {
  it('starts at zero and counts whole ms', () => {
    const timeline = new Timeline()
    expect(timeline.toMs('video', 5_000_000_000)).toBe(0)
    expect(timeline.toMs('audio', 5_000_021_333)).toBe(21)
    expect(timeline.toMs('video', 5_000_033_333)).toBe(33)
  })

  it('leaves out sound from before the first picture', () => {
    const timeline = new Timeline()
    expect(timeline.toMs('video', 1_000_000)).toBe(0)
    expect(timeline.toMs('audio', 910_000)).toBeNull()
    expect(timeline.toMs('audio', 990_000)).toBeNull()
    expect(timeline.toMs('audio', 1_011_000)).toBe(11)
  })

  it('never goes back within a kind', () => {
    const timeline = new Timeline()
    expect(timeline.toMs('video', 1_000_000)).toBe(0)
    timeline.toMs('video', 1_100_000)
    expect(timeline.toMs('video', 1_090_000)).toBe(100)
  })

  it('goes on where it was when the clock begins anew', () => {
    const timeline = new Timeline()
    timeline.toMs('video', 0)
    expect(timeline.toMs('video', 60_000_000)).toBe(60_000)
    expect(timeline.toMs('video', 0)).toBe(60_001)
    expect(timeline.toMs('audio', 20_000)).toBe(60_021)
  })
})
