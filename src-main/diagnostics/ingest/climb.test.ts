import { describe, expect, it } from 'vitest'
import { INGEST_LADDER_KBPS, ladderUpTo } from '@shared/domain/ingest-plan.ts'
import type { IngestStep } from '@shared/domain/ingest-push.ts'
import { climb } from './climb.ts'

/** A line that takes so much. */
const line = (kbps: number) => async (targetKbps: number): Promise<IngestStep> => ({
  targetKbps, goodputKbps: Math.min(kbps, targetKbps), queueMs: 0, failed: targetKbps > kbps ? 'goodput' : null,
})
const tried = ({ steps }: { steps: IngestStep[] }) => steps.map(({ targetKbps }) => targetKbps)

describe('climbing the rates', () => {
  it('ends with the first that does not hold, and knows what the full line took', async () => {
    const climbed = await climb(INGEST_LADDER_KBPS, line(3100))
    expect(tried(climbed)).toEqual([2500, 4000])
    expect(climbed).toMatchObject({ bestKbps: 3100, lineLimited: true })
  })
  it('goes down when the first does not hold', async () => {
    const climbed = await climb(INGEST_LADDER_KBPS, line(1200))
    expect(tried(climbed)).toEqual([2500, 1500, 1000])
    expect(climbed).toMatchObject({ bestKbps: 1200, lineLimited: true })
    expect(await climb(INGEST_LADDER_KBPS, line(400))).toMatchObject({ bestKbps: 400, lineLimited: true })
  })
  it('ends at the end of the ladder, which says nothing about the line', async () => {
    expect(await climb(INGEST_LADDER_KBPS, line(50_000))).toMatchObject({ bestKbps: 12_000, lineLimited: false })
    const limited = await climb(ladderUpTo(6320), line(50_000))
    expect(tried(limited)).toEqual([2500, 4000, 6000])
    expect(limited).toMatchObject({ bestKbps: 6000, lineLimited: false })
  })
  it('ends with a break, and believes no rate at which it broke', async () => {
    const breaking = (at: number) => async (targetKbps: number): Promise<IngestStep> => ({ targetKbps, goodputKbps: targetKbps, queueMs: 0, failed: targetKbps >= at ? 'broken' : null })
    expect(await climb(INGEST_LADDER_KBPS, breaking(6000))).toMatchObject({ bestKbps: 4000, lineLimited: true })
    const atOnce = await climb(INGEST_LADDER_KBPS, breaking(0))
    expect(tried(atOnce)).toEqual([2500])
    expect(atOnce.bestKbps).toBe(null)
  })
  it('believes less than the rate at which frames waited although all of them arrived', async () => {
    const late = async (targetKbps: number): Promise<IngestStep> => ({ targetKbps, goodputKbps: targetKbps * 1.02, queueMs: 2000, failed: targetKbps > 2500 ? 'queue' : null })
    expect((await climb(INGEST_LADDER_KBPS, late)).bestKbps).toBe(3800)
  })
})
