import { describe, expect, it } from 'vitest'
import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import type { CheckDescription, Finding } from '@shared/domain/diagnostics.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { followDiagnostics } from '../../src-renderer/engine/diagnostics/follow-diagnostics.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Diagnostics } from './diagnostics.ts'
import { LineWatch } from './line-watch.ts'

const GOOD: Finding = { status: 'pass', code: 'enough' }
const CAMERA: CheckDescription = { name: 'camera.picture', group: 'camera', uses: 'camera', timeoutMs: 1000 }

function rig({ checks = [] as RunnableCheck[], live = false } = {}) {
  const clock = new FakeClock()
  let ids = 0
  const diagnostics = new Diagnostics({ clock, log: silentLogger, newId: () => `id-${++ids}`, checks, isLive: () => live, line: new LineWatch({ clock, servers: () => [] }), about: { version: '1.2.3', host: 'browser', versions: {}, locale: 'en-GB', now: () => clock.now() } })
  return { clock, diagnostics }
}
const own = (name: string, perform: RunnableCheck['perform'] = async () => GOOD): RunnableCheck => ({ name, group: 'system', uses: 'nothing', timeoutMs: 1000, perform })

/** The real page side at the real main side, without a channel between. */
function page(diagnostics: Diagnostics, id: string, clock: FakeClock, perform: RunnableCheck['perform']) {
  const handlers = diagnostics.handlersOf(id)
  return followDiagnostics({
    checks: [{ ...CAMERA, perform }],
    clock,
    link: {
      announce: async (input) => handlers.announce(input),
      progress: async (input) => handlers.progress(input),
      found: async (input) => handlers.found(input),
      watch: (_topic, handler) => diagnostics.topics.wanted.watch(handler),
    },
  })
}

describe('Diagnostics', () => {
  it('runs by name and by group, and keeps the results', async () => {
    const { diagnostics } = rig({ checks: [own('system.disk'), own('system.processor')] })
    const { done } = await diagnostics.start(['group:system', 'system.disk'], {})
    await done
    expect(diagnostics.run.value).toMatchObject({ runId: 'id-1', running: false, checks: [{ name: 'system.disk', status: 'pass' }, { name: 'system.processor', status: 'pass' }] })
  })

  it.each(['nonsense', 'group:nonsense', 'group:camera'])('refuses %s, and leaves the last run as it is', async (name) => {
    const { diagnostics } = rig({ checks: [own('system.disk')] })
    await expect(diagnostics.start([name], {})).rejects.toThrow(StudioError)
    expect(diagnostics.run.value.runId).toBeNull()
  })

  it('disturbs no show unless the user has agreed', async () => {
    const { diagnostics } = rig({ checks: [own('system.disk')], live: true })
    await expect(diagnostics.start(['system.disk'], {})).rejects.toMatchObject({ reason: 'not-while-live' })
    await (await diagnostics.start(['system.disk'], { agreed: ['while-live'] })).done
    expect(diagnostics.run.value.checks[0]?.status).toBe('pass')
  })

  it('calls the run before off', async () => {
    const { diagnostics } = rig({ checks: [own('system.disk', ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))), own('system.processor')] })
    const first = await diagnostics.start(['system.disk'], {})
    const second = await diagnostics.start(['system.processor'], {})
    expect((await first.done)[0]?.finding?.code).toBe('cancelled')
    await second.done
    expect(diagnostics.run.value.checks.map(({ name }) => name)).toEqual(['system.processor'])
  })

  it('has the page carry out what only a page can', async () => {
    const { diagnostics, clock } = rig({ checks: [own('system.disk')] })
    page(diagnostics, 'page-1', clock, async ({ progress, options }) => (progress(0.5, { fps: 30 }), { status: 'warn', code: 'slow', evidence: options.cameraId ?? '' }))
    expect(diagnostics.checks.value.map(({ name }) => name)).toEqual(['camera.picture', 'system.disk'])
    const { done } = await diagnostics.start(['group:camera'], { cameraId: 'cam-7' })
    expect((await done)[0]).toMatchObject({ status: 'warn', finding: { code: 'slow', evidence: 'cam-7' } })
    expect(diagnostics.topics.wanted.value).toEqual([])
  })

  it('tells what the page throws as this check’s error', async () => {
    const { diagnostics, clock } = rig()
    page(diagnostics, 'page-1', clock, async () => { throw new StudioError('device-busy', 'NotReadableError') })
    expect((await (await diagnostics.start(['camera.picture'], {})).done)[0]?.finding).toEqual({ status: 'error', code: 'failed', evidence: 'device-busy: NotReadableError' })
  })

  it('is not kept waiting by a page that goes', async () => {
    const { diagnostics, clock } = rig()
    page(diagnostics, 'page-1', clock, () => new Promise(() => {}))
    const { done } = await diagnostics.start(['camera.picture'], {})
    diagnostics.page.pageGone('page-1')
    expect((await done)[0]?.finding).toEqual({ status: 'error', code: 'page-gone' })
    expect(diagnostics.checks.value).toEqual([])
    expect(diagnostics.topics.wanted.value).toEqual([])
  })

  it('calls the page off, which then tells nothing more', async () => {
    const { diagnostics, clock } = rig()
    let seen: AbortSignal | null = null
    page(diagnostics, 'page-1', clock, ({ signal }) => new Promise(() => (seen = signal)))
    const { done } = await diagnostics.start(['camera.picture'], {})
    await diagnostics.cancel()
    expect((await done)[0]?.status).toBe('skipped')
    expect(seen!.aborted).toBe(true)
  })

  it('listens to no other page about a check', async () => {
    const { diagnostics, clock } = rig()
    page(diagnostics, 'page-1', clock, () => new Promise(() => {}))
    const { done } = await diagnostics.start(['camera.picture'], {})
    const id = diagnostics.topics.wanted.value[0]!.id
    void diagnostics.handlersOf('page-2').found({ id, finding: GOOD })
    expect(diagnostics.run.value.running).toBe(true)
    void diagnostics.handlersOf('page-1').found({ id, finding: GOOD })
    expect((await done)[0]?.finding).toEqual(GOOD)
  })

  it('takes the user’s answer as a finding, of a check that there is', () => {
    const { diagnostics } = rig({ checks: [own('system.disk')] })
    const handlers = diagnostics.handlersOf('page-1')
    void handlers.answer({ check: 'system.disk', finding: GOOD })
    expect(diagnostics.run.value.checks).toMatchObject([{ name: 'system.disk', status: 'pass', finding: GOOD }])
    expect(() => handlers.answer({ check: 'none', finding: GOOD })).toThrow(StudioError)
  })
})
