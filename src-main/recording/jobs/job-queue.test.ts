import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { silentLogger } from '../../base/logger.ts'
import { type JobContext, JobQueue } from './job-queue.ts'

/** A job that ends when the test says so, or when it is cancelled. */
function open(title: string) {
  let context: JobContext | null = null
  const handle = { end: (_result: string[]) => {}, fail: (_error: Error) => {}, context: () => context }
  return Object.assign(handle, {
    spec: {
      kind: 'join' as const,
      title,
      run: (given: JobContext) =>
        new Promise<string[]>((resolve, reject) => {
          context = given
          Object.assign(handle, { end: resolve, fail: reject })
          given.signal.addEventListener('abort', () => reject(new Error('cancelled')))
        }),
    },
  })
}
const states = (queue: JobQueue) => queue.jobs.value.map(({ title, state }) => `${title} ${state}`)

describe('JobQueue', () => {
  it('runs one at a time, in order', async () => {
    const queue = new JobQueue(silentLogger)
    const [a, b] = [open('a'), open('b')]
    const first = queue.add(a.spec)
    const second = queue.add(b.spec)
    expect(states(queue)).toEqual(['a running', 'b waiting'])
    expect(b.context()).toBeNull()
    a.end(['x.mp4'])
    expect(await first.done).toMatchObject({ state: 'done', progress: 1, result: ['x.mp4'] })
    await expect.poll(() => states(queue)).toEqual(['a done', 'b running'])
    b.fail(new StudioError('disk-full', 'ENOSPC'))
    expect(await second.done).toMatchObject({ state: 'failed', failure: { reason: 'disk-full', evidence: 'ENOSPC' } })
  })

  it('tells progress in steps, never backwards', async () => {
    const queue = new JobQueue(silentLogger)
    const a = open('a')
    queue.add(a.spec)
    await expect.poll(() => a.context()).not.toBeNull()
    const told: (number | null)[] = []
    queue.jobs.watch(([job]) => told.push(job?.progress ?? null))
    for (const done of [0, 0.001, 0.2, 0.1, 0.201, 0.9]) a.context()?.progress(done)
    expect(told).toEqual([null, 0, 0.2, 0.9])
  })

  it('cancels what waits and what runs, and goes on', async () => {
    const queue = new JobQueue(silentLogger)
    const [a, b, c] = [open('a'), open('b'), open('c')]
    const first = queue.add(a.spec)
    const second = queue.add(b.spec)
    queue.add(c.spec)
    queue.cancel(second.jobId)
    expect(await second.done).toMatchObject({ state: 'cancelled' })
    queue.cancel(first.jobId)
    expect(await first.done).toMatchObject({ state: 'cancelled', failure: null })
    await expect.poll(() => states(queue)).toEqual(['a cancelled', 'b cancelled', 'c running'])
    expect(() => queue.cancel('nobody')).toThrow('not-found')
  })

  it('takes off the list only what is over', async () => {
    const queue = new JobQueue(silentLogger)
    const a = open('a')
    const { jobId, done } = queue.add(a.spec)
    queue.dismiss(jobId)
    expect(states(queue)).toEqual(['a running'])
    a.end([])
    await done
    queue.dismiss(jobId)
    expect(queue.jobs.value).toEqual([])
  })

  it('ends with nothing running', async () => {
    const queue = new JobQueue(silentLogger)
    const [a, b] = [open('a'), open('b')]
    queue.add(a.spec)
    queue.add(b.spec)
    await queue.close()
    expect(states(queue)).toEqual(['a cancelled', 'b cancelled'])
  })
})
