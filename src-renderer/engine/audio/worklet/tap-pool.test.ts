import { describe, expect, it } from 'vitest'
import { BATCH_FRAMES, POOL_BUFFERS, type TapBatch } from '../tap-protocol.ts'
import { TapPool } from './tap-pool.ts'

const QUANTUM = 128

function rig() {
  const sent: TapBatch[] = []
  const pool = new TapPool((batch) => sent.push(batch))
  let frame = 4096
  const run = (batches: number) => {
    for (let i = 0; i < (batches * BATCH_FRAMES) / QUANTUM; i++, frame += QUANTUM) {
      const left = Float32Array.from({ length: QUANTUM }, (_, n) => frame + n)
      pool.add(frame, left, left.map((sample) => -sample), QUANTUM)
    }
  }
  return { sent, pool, run, skip: (frames: number) => (frame += frames) }
}

describe('TapPool', () => {
  it('makes batches of planar stereo with the number of their first frame', () => {
    const { sent, run } = rig()
    run(2)
    expect(sent.map((batch) => batch.frame)).toEqual([4096, 4096 + BATCH_FRAMES])
    const planar = new Float32Array(sent[1]!.buffer)
    expect(planar[0]).toBe(4096 + BATCH_FRAMES)
    expect(planar[BATCH_FRAMES - 1]).toBe(4096 + 2 * BATCH_FRAMES - 1)
    expect(planar[BATCH_FRAMES]).toBe(-4096 - BATCH_FRAMES)
  })

  it('stops at its fixed number of buffers while the reader stands, and counts on', () => {
    const { sent, pool, run } = rig()
    run(POOL_BUFFERS * 3)
    expect(sent).toHaveLength(POOL_BUFFERS)
    pool.takeBack(sent[0]!.buffer)
    run(2)
    expect(sent).toHaveLength(POOL_BUFFERS + 1)
    const late = sent.at(-1)!
    expect(late.frame).toBe(4096 + POOL_BUFFERS * 3 * BATCH_FRAMES)
    expect(new Float32Array(late.buffer)[0]).toBe(late.frame)
  })

  it('begins a new batch when frames were skipped', () => {
    const { sent, run, skip } = rig()
    run(0.5)
    skip(1280)
    run(1)
    expect(sent.map((batch) => batch.frame)).toEqual([4096 + 512 + 1280])
  })

  it('is silent where nothing is connected, also in a buffer that was used before', () => {
    const { sent, pool, run } = rig()
    run(1)
    pool.takeBack(sent[0]!.buffer)
    for (let i = 0; i < 8; i++) pool.add(100_000 + i * QUANTUM, undefined, undefined, QUANTUM)
    expect(new Float32Array(sent[1]!.buffer).every((sample) => sample === 0)).toBe(true)
  })
})
