import { describe, expect, it } from 'vitest'
import { newDestination } from '@shared/domain/destination.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { Show } from '@shared/domain/show.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import { DEFAULT_STRIP, type Strip } from '@shared/domain/strip.ts'
import { sourceOfEachKind } from '../../../src-renderer/show-editing/sample-show.ts'
import { FakeClock } from '../../base/fake-clock.ts'
import { silentLogger } from '../../base/logger.ts'
import { Secret } from '../../base/secret.ts'
import { showSound } from './show-sound.ts'
import { showSources } from './show-sources.ts'

type Change = Partial<SourceStatus> | 'unknown'
type Statuses = Readonly<Record<string, Change>>

/** A show with one source of each kind, all of them as well as can be but for what is said. */
function rig({ statuses = {}, strips = {}, change = (show: Show) => show, content = 'mix' }: { statuses?: Statuses; strips?: Record<string, Partial<Strip>>; change?: (show: Show) => Show; content?: ProgramContent } = {}) {
  const clock = new FakeClock()
  const now = { statuses }
  const sample = sourceOfEachKind('show-1')
  const show = change({ ...sample, strips: { ...sample.strips, ...Object.fromEntries(Object.entries(strips).map(([id, strip]) => [id, { ...DEFAULT_STRIP, ...strip }])) } })
  const parts = {
    show: () => show,
    sources: () => show.sources.flatMap(({ id, name }): SourceStatus[] => {
      const changed = now.statuses[id] ?? {}
      return changed === 'unknown' ? [] : [{ sourceId: id, condition: 'active', width: 640, height: 360, frameRate: 30, hasAudio: false, label: name, evidence: '', ...changed }]
    }),
    targets: () => [{ destination: newDestination({ id: 'd', name: 'D', kind: 'rehearsal', address: '', enabled: true, content }), key: new Secret(''), passphrase: new Secret('') }],
  }
  const given = { log: silentLogger, clock, signal: new AbortController().signal, options: {}, progress() {} }
  return { clock, now, sources: () => showSources(parts).perform(given), sound: () => showSound(parts).perform(given) }
}

const CAMERA = 'source-camera'
const MICROPHONE = 'source-microphone'
const picture = (part: Partial<NonNullable<NonNullable<SourceStatus['vitals']>['picture']>>): Change => ({ vitals: { picture: { stillForMs: 0, blackForMs: 0, luma: 100, ...part } } })
const sound = (part: Partial<NonNullable<NonNullable<SourceStatus['vitals']>['sound']>>): Change => ({ vitals: { sound: { peakDbfs: -20, silentForMs: 0, clippingForMs: 0, ...part } } })
const hide = (kept: string | null) => (show: Show): Show => ({ ...show, scenes: show.scenes.map((scene) => ({ ...scene, items: scene.items.map((item) => ({ ...item, visible: item.sourceId === kept })) })) })
const muteAll = Object.fromEntries(['source-test-pattern', 'source-screen', MICROPHONE].map((id) => [id, { muted: true }]))

describe('show.sources', () => {
  it('finds nothing wrong where all is well', async () => {
    expect(await rig().sources()).toMatchObject({ status: 'pass', code: 'good' })
  })

  it.each([
    [{ condition: 'denied', evidence: 'NotAllowedError' }, 'fail', 'denied'],
    [{ condition: 'busy' }, 'fail', 'busy'],
    [{ condition: 'missing' }, 'fail', 'missing'],
    [{ condition: 'ended' }, 'fail', 'off'],
    [{ condition: 'failed' }, 'fail', 'off'],
    [picture({ stillForMs: 3000 }), 'fail', 'frozen'],
    [picture({ blackForMs: 2000 }), 'warn', 'black'],
    [{ standIn: true }, 'warn', 'stand-in'],
  ] as [Change, string, string][])('%j: %s, %s', async (status, expected, code) => {
    const found = await rig({ statuses: { [CAMERA]: status } }).sources()
    expect(found).toMatchObject({ status: expected, code, about: CAMERA, actions: ['go-to-source'] })
  })

  it.each([picture({ stillForMs: 2900 }), picture({ blackForMs: 1900 })])('%j is no trouble yet', async (status) => {
    expect(await rig({ statuses: { [CAMERA]: status } }).sources()).toMatchObject({ status: 'pass' })
  })

  it('lets a screen stand still', async () => {
    expect(await rig({ statuses: { 'source-screen': picture({ stillForMs: 600_000 }) } }).sources()).toMatchObject({ status: 'pass' })
  })

  it('does not ask for what the scene on air does not show', async () => {
    const statuses: Statuses = { [CAMERA]: { condition: 'missing' } }
    expect(await rig({ statuses, change: hide('source-colour') }).sources()).toMatchObject({ status: 'pass', params: { n: 1 } })
    expect(await rig({ statuses, change: hide('source-colour'), content: 'main' }).sources()).toMatchObject({ status: 'fail', code: 'missing' })
  })

  it('tells an empty scene from a show without pictures', async () => {
    expect(await rig({ change: hide(null) }).sources()).toMatchObject({ status: 'warn', code: 'empty' })
    expect(await rig({ change: (show) => ({ ...show, media: 'sound' }) }).sources()).toMatchObject({ status: 'skipped', code: 'sound-only' })
  })

  it('waits for what is starting, and not for ever', async () => {
    const slow = rig({ statuses: { [CAMERA]: { condition: 'starting' }, 'source-screen': 'unknown' } })
    const found = slow.sources()
    await slow.clock.advance(300)
    slow.now.statuses = {}
    await slow.clock.advance(100)
    expect(await found).toMatchObject({ status: 'pass' })

    const never = rig({ statuses: { [CAMERA]: 'unknown' } })
    const late = never.sources()
    await never.clock.advance(1500)
    expect(await late).toMatchObject({ status: 'warn', code: 'starting', actions: ['again'] })
    expect(never.clock.pending).toBe(0)
  })
})

describe('show.sound', () => {
  it('finds nothing wrong where all is well', async () => {
    expect(await rig().sound()).toMatchObject({ status: 'pass', code: 'good' })
  })

  it.each([
    ['all is muted', { strips: muteAll }, 'fail', 'all-muted', 'unmute'],
    ['all faders are down', { strips: Object.fromEntries(Object.keys(muteAll).map((id) => [id, { volumeDb: -100 }])) }, 'fail', 'all-muted', 'unmute'],
    ['the microphone alone is muted', { strips: { [MICROPHONE]: { muted: true } } }, 'warn', 'microphone-muted', 'unmute'],
    ['the microphone is gone', { statuses: { [MICROPHONE]: { condition: 'missing' } } }, 'fail', 'off', 'go-to-source'],
    ['the microphone is silent beside other sounds', { statuses: { [MICROPHONE]: sound({ silentForMs: 3000 }) } }, 'warn', 'silent', 'go-to-source'],
    ['nothing but a silent microphone', { statuses: { [MICROPHONE]: sound({ silentForMs: 3000 }) }, strips: { ...muteAll, [MICROPHONE]: {} } }, 'fail', 'silent', 'go-to-source'],
    ['it is too loud', { statuses: { [MICROPHONE]: sound({ clippingForMs: 2000, peakDbfs: 0 }) } }, 'warn', 'clipping', 'go-to-source'],
  ] as [string, Parameters<typeof rig>[0], string, string, string][])('%s', async (_what, given, status, code, action) => {
    expect(await rig(given).sound()).toMatchObject({ status, code, about: MICROPHONE, actions: [action] })
  })

  it.each([sound({ silentForMs: 2900 }), sound({ clippingForMs: 1900 })])('%j is no trouble yet', async (status) => {
    expect(await rig({ statuses: { [MICROPHONE]: status } }).sound()).toMatchObject({ status: 'pass' })
  })

  it('takes a show without sound for what it is', async () => {
    expect(await rig({ change: (show) => ({ ...show, media: 'picture' }), strips: muteAll }).sound()).toMatchObject({ status: 'skipped', code: 'without-sound' })
    expect(await rig({ change: (show) => ({ ...show, sources: show.sources.filter(({ id }) => !(id in muteAll)), scenes: show.scenes.map((scene) => ({ ...scene, items: [] })) }) }).sound()).toMatchObject({ status: 'skipped', code: 'no-source' })
  })
})
