import { describe, expect, it } from 'vitest'
import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import { newDestination } from '@shared/domain/destination.ts'
import type { Finding } from '@shared/domain/diagnostics.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Secret } from '../base/secret.ts'
import { showDestinations } from '../diagnostics/checks/show-destinations.ts'
import { Preflight } from './preflight.ts'

const GOOD: Finding = { status: 'pass', code: 'good' }
const check = (name: string, perform: RunnableCheck['perform'], timeoutMs = 1900): RunnableCheck => ({ name, group: 'show', uses: 'nothing', timeoutMs, perform })
const rig = (...checks: RunnableCheck[]) => {
  const clock = new FakeClock()
  return { clock, preflight: new Preflight({ checks: () => checks, clock, log: silentLogger }) }
}

describe('Preflight', () => {
  it('answers as soon as all is looked at, in the order of the checks', async () => {
    const { clock, preflight } = rig(
      check('show.sources', async ({ clock: by, signal }) => (await by.sleep(300, signal), GOOD)),
      check('show.sound', async () => ({ status: 'warn', code: 'silent' })),
    )
    const report = preflight.check()
    await clock.advance(300)
    expect(await report).toMatchObject({ durationMs: 300, checks: [{ name: 'show.sources', status: 'pass' }, { name: 'show.sound', status: 'warn' }] })
    expect(clock.pending).toBe(0)
  })

  it('looks at everything at once', async () => {
    let running = 0
    const wait = check('show.sources', async ({ clock: by, signal }) => (running++, await by.sleep(1000, signal), GOOD))
    const { clock, preflight } = rig(wait, { ...wait, name: 'show.sound' }, { ...wait, name: 'show.clock' })
    const report = preflight.check()
    await clock.advance(10)
    expect(running).toBe(3)
    await clock.advance(990)
    expect((await report).durationMs).toBe(1000)
  })

  it('is done within 2 s whatever hangs: a name server, and a check that does not listen', async () => {
    const clock = new FakeClock()
    const destination = newDestination({ id: 'a', name: 'A', kind: 'rtmp', address: 'rtmp://slow.example/live', enabled: true })
    const hanging = showDestinations({ targets: () => [{ destination, key: new Secret('k'), passphrase: new Secret('') }], lookUp: () => new Promise(() => {}), clock })
    const preflight = new Preflight({ checks: () => [hanging, check('show.encoder', () => new Promise(() => {})), check('show.clock', async () => GOOD)], clock, log: silentLogger })
    const report = preflight.check()
    await clock.advance(2000)
    const { checks, durationMs } = await report
    expect(durationMs).toBeLessThanOrEqual(2000)
    expect(checks.map(({ status, finding }) => `${status} ${finding?.code}`)).toEqual(['fail unreachable', 'error timed-out', 'pass good'])
    await clock.advance(5000)
    expect(clock.pending).toBe(0)
  })

  it('looks once for everybody who asks meanwhile, and anew for who asks afterwards', async () => {
    let looks = 0
    const { preflight } = rig(check('show.clock', async () => (looks++, GOOD)))
    await Promise.all([preflight.check(), preflight.check()])
    expect(looks).toBe(1)
    await preflight.check()
    expect(looks).toBe(2)
  })

  it('ends at once with the studio', async () => {
    const { preflight } = rig(check('show.clock', () => new Promise(() => {})))
    const report = preflight.check()
    await preflight.close()
    expect((await report).checks).toMatchObject([{ status: 'error' }])
  })
})
