import { createPinia, setActivePinia } from 'pinia'
import { createApp, effectScope, type EffectScope } from 'vue'
import { afterEach, expect, it } from 'vitest'
import type { LogLine } from '@shared/contracts/logs.ts'
import { FakePageClock } from '../../base/fake-page-clock.ts'
import { give } from '../../base/given.ts'
import { FakeBridge } from '../../dev/fake-bridge.ts'
import { FakeEngine } from '../../dev/fake-engine.ts'
import { asText } from './log-text.ts'
import { MAX_LINES, useLogTail } from './log-tail.ts'

let scope: EffectScope
afterEach(() => scope.stop())

const line = (n: number, more: Partial<LogLine> = {}): LogLine => ({ id: `f:${n}`, atMs: n * 1000, level: 'info', name: 'page', message: `line ${n}`, more: '', ...more })

function rig(count: number) {
  const bridge = new FakeBridge()
  const clock = new FakePageClock()
  bridge.safety.lines = Array.from({ length: count }, (_each, n) => line(n))
  const app = createApp({ render: () => null })
  give(app, { bridge, engine: new FakeEngine(), clock })
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
  scope = effectScope()
  const log = app.runWithContext(() => scope.run(useLogTail)!)
  const seen = () => log.lines.value.map(({ message }) => message)
  return { bridge, clock, log, seen }
}

it('shows the end of the log, grows with it, and reads older pages while nothing pushes them away', async () => {
  const { bridge, clock, log, seen } = rig(450)
  await expect.poll(seen).toHaveLength(200)
  expect(seen().at(-1)).toBe('line 449')
  bridge.safety.lines.push(line(450))
  clock.advance(1000)
  await expect.poll(() => seen().at(-1)).toBe('line 450')
  await log.older()
  expect([seen()[0], log.following.value]).toEqual(['line 50', false])
  bridge.safety.lines.push(line(451))
  const calls = bridge.calls.length
  clock.advance(5000)
  expect(bridge.calls).toHaveLength(calls)
  await log.older()
  expect([seen()[0], log.before.value, new Set(log.lines.value.map(({ id }) => id)).size]).toEqual(['line 0', null, 451])
})

it('holds no more lines than it may, however long it is looked at', async () => {
  const { bridge, clock, log, seen } = rig(200)
  await expect.poll(() => log.busy.value).toBe(false)
  for (let n = 200; n < MAX_LINES + 500; n += 100) {
    for (let i = 0; i < 100; i++) bridge.safety.lines.push(line(n + i))
    clock.advance(1000)
    await expect.poll(() => seen().at(-1)).toBe(`line ${n + 99}`)
  }
  expect([log.lines.value.length, log.before.value]).toEqual([MAX_LINES, 'f:500'])
})

it('asks anew when level or words change, and copies what is shown as text', async () => {
  const { bridge, clock, log, seen } = rig(3)
  await expect.poll(() => log.busy.value).toBe(false)
  bridge.safety.lines.push(line(3, { level: 'error', message: 'the Needle', more: '{"a":1}' }))
  clock.advance(1000)
  await expect.poll(seen).toHaveLength(4)
  log.level.value = 'warn'
  await expect.poll(seen).toEqual(['the Needle'])
  log.level.value = 'info'
  log.text.value = 'needle'
  await expect.poll(seen).toEqual(['the Needle'])
  expect(asText(log.lines.value)).toBe('1970-01-01T00:00:03.000Z error page the Needle {"a":1}')
})
