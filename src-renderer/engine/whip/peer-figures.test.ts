import { describe, expect, it } from 'vitest'
import { peerFigures, type StatEntry } from './peer-figures.ts'
import { RECORDED_STATS } from './recorded-stats-sample.ts'

/** The recording `afterMs` later, with the named values of each type and kind raised. */
function later(afterMs: number, changes: Record<string, Record<string, unknown>>, stats: readonly StatEntry[] = RECORDED_STATS): StatEntry[] {
  return stats.map((each) => {
    const change = changes[`${each.type} ${String(each['kind'] ?? '')}`.trim()]
    const timestamp = each.type === 'remote-inbound-rtp' ? each.timestamp : each.timestamp + afterMs
    return { ...each, timestamp, ...change }
  })
}

describe('peerFigures', () => {
  it('reads what Chromium says', () => {
    expect(peerFigures(RECORDED_STATS, null).figures).toEqual({
      bitrateKbps: 0, bytesSent: 192_435 + 7670, packetsAcknowledged: 2, framesSent: 94, rttMs: 0, lossPercent: 0, retransmits: 0,
      codec: 'H264 42e01f', width: 640, height: 360, fps: 30, limitedBy: 'none',
    })
  })

  it('tells the bitrate between two readings', () => {
    const first = peerFigures(RECORDED_STATS, null)
    const { figures } = peerFigures(later(500, { 'outbound-rtp video': { bytesSent: 192_435 + 125_000 } }), first.before)
    expect(figures.bitrateKbps).toBe(2000)
  })

  it('counts as acknowledged what was sent before a new report, less what was lost', () => {
    const first = peerFigures(RECORDED_STATS, null)
    const reported = RECORDED_STATS.find((each) => each.type === 'remote-inbound-rtp' && each['kind'] === 'video')?.timestamp ?? 0
    const second = peerFigures(later(500, { 'outbound-rtp video': { packetsSent: 300 }, 'remote-inbound-rtp video': { timestamp: reported + 400, packetsLost: 4, fractionLost: 0.0256 } }), first.before)
    expect(second.figures.packetsAcknowledged).toBe(234 - 4 + 1)
    expect(second.figures.lossPercent).toBe(2.56)
  })

  it('takes an old report for no new proof: a cut line acknowledges nothing', () => {
    const first = peerFigures(RECORDED_STATS, null)
    const second = peerFigures(later(500, { 'outbound-rtp video': { packetsSent: 300 }, 'outbound-rtp audio': { packetsSent: 300 } }), first.before)
    const third = peerFigures(later(1000, { 'outbound-rtp video': { packetsSent: 400 }, 'outbound-rtp audio': { packetsSent: 400 } }), second.before)
    expect(third.figures.packetsAcknowledged).toBe(first.figures.packetsAcknowledged)
  })

  it('never takes an acknowledgement back', () => {
    const first = peerFigures(RECORDED_STATS, null)
    const reported = RECORDED_STATS[0]?.timestamp ?? 0
    const second = peerFigures(later(500, { 'remote-inbound-rtp video': { timestamp: reported + 500 } }), first.before)
    const third = peerFigures(later(1000, { 'remote-inbound-rtp video': { timestamp: reported + 900, packetsLost: 100_000 } }), second.before)
    expect(third.figures.packetsAcknowledged).toBe(second.figures.packetsAcknowledged)
  })

  it('acknowledges nothing while only ICE and DTLS are up', () => {
    const { figures } = peerFigures(RECORDED_STATS.filter((each) => each.type !== 'remote-inbound-rtp'), null)
    expect(figures).toMatchObject({ packetsAcknowledged: 0, lossPercent: null, rttMs: 0 })
  })

  it('takes a rising estimate for the first acknowledgement, but not another route', () => {
    const early = RECORDED_STATS.filter((each) => each.type !== 'remote-inbound-rtp')
    const estimated = (bitrate: number) => early.map((each) => (each.type === 'candidate-pair' && each['nominated'] ? { ...each, availableOutgoingBitrate: bitrate } : each))
    const first = peerFigures(estimated(1_500_000), null)
    expect(first.figures.packetsAcknowledged).toBe(0)
    const rerouted = peerFigures(estimated(1_501_000), first.before)
    expect(rerouted.figures.packetsAcknowledged).toBe(0)
    expect(peerFigures(estimated(4_500_000), rerouted.before).figures.packetsAcknowledged).toBe(1)
  })

  it('takes an estimate for an acknowledgement that has risen before the first reading', () => {
    const early = RECORDED_STATS.filter((each) => each.type !== 'remote-inbound-rtp')
    const estimated = (bitrate: number) => early.map((each) => (each.type === 'candidate-pair' && each['nominated'] ? { ...each, availableOutgoingBitrate: bitrate } : each))
    expect(peerFigures(estimated(3_600_000), null, 1500).figures.packetsAcknowledged).toBe(1)
    // As recorded: it begins exactly where it was told to, and may fall first.
    expect(peerFigures(estimated(1_500_000), null, 1500).figures.packetsAcknowledged).toBe(0)
    const fallen = peerFigures(estimated(867_000), null, 1500)
    expect(fallen.figures.packetsAcknowledged).toBe(0)
    expect(peerFigures(estimated(3_600_000), fallen.before, 1500).figures.packetsAcknowledged).toBe(1)
  })

  it('knows nothing of a connection that has not begun', () => {
    expect(peerFigures([], null).figures).toMatchObject({ bytesSent: 0, packetsAcknowledged: 0, codec: null, width: null, rttMs: null, limitedBy: null })
  })
})
