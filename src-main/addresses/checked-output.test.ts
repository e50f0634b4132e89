import { expect, it } from 'vitest'
import { newDestination } from '@shared/domain/destination.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Secret } from '../base/secret.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import { FakeOutput } from '../outputs/fake-output.ts'
import { OutputRunner } from '../outputs/runner.ts'
import { checkedFirst } from './checked-output.ts'
import { factsOf, refuseUnusable } from './target-facts.ts'

it('a line that breaks after its address ran out is not tried again, and says why', async () => {
  const clock = new FakeClock(1_700_000_000_000)
  const endsAtMs = clock.now() + 60_000
  const destination = newDestination({ id: 'd', name: '', kind: 'rtmp', enabled: true, address: 'rtmp://h/live' })
  const target = { destination, key: new Secret(`name?txSecret=${'a'.repeat(32)}&txTime=${Math.floor(endsAtMs / 1000).toString(16)}`) }
  const output = new FakeOutput((run) => run.connect())
  const open = checkedFirst<typeof target>((checked) => refuseUnusable(factsOf(checked, { pictures: [], sounds: [] }), clock.now()), (_target, run) => output.open(run))
  const bus = new ProgramBus(clock)
  const runner = new OutputRunner({
    destinationId: 'd', clock, logger: silentLogger, subscribe: () => bus.subscribe({ start: 'cached-group' }), settings: () => ({ failAfterMs: 600_000, failedIsFinal: false }),
  })
  runner.start((run) => open(target, run), clock.monotonicMs())
  await clock.advance(30_000)
  output.last.fail('connection-lost')
  await clock.advance(10_000)
  expect([runner.status.value.state, output.runs.length]).toEqual(['running', 2])
  await clock.advance(60_000)
  output.last.fail('connection-lost')
  await clock.advance(120_000)
  expect(runner.status.value).toMatchObject({ state: 'failed', final: true, failure: { reason: 'token-expired' } })
  expect(output.runs).toHaveLength(2)
})
