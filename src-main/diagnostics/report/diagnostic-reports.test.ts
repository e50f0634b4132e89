import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import Ajv2020 from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { CheckState, DiagnosticRun, Finding } from '@shared/domain/diagnostics.ts'
import { diagnosticReport, type DiagnosticReport } from '@shared/domain/diagnostic-report.ts'
import { CHECKS_EN } from '@shared/texts/checks/checks.en.ts'
import { Topic } from '../../rpc/topic.ts'
import { API_NAMES, DATA } from './allow-list.ts'
import { knownFailures, knownHardware, knownVersion } from './known-words.ts'
import { diagnosticsJsonSchema, makeReport } from './make-report.ts'
import { redactReport } from './redact-report.ts'
import { ReportKeeper } from './report-keeper.ts'

const ABOUT = { version: '1.2.3', host: 'browser', versions: { node: '24.1.0', browser: 'Chrome/156.0.8078.79' }, locale: 'en-GB', now: () => 1_700_000_000_000 }
const state = (name: string, finding: Partial<Finding> = {}): CheckState => ({ name, group: 'system', status: 'pass', progress: 1, startedAtMs: 1, durationMs: 2, finding: { status: 'pass', code: 'enough', ...finding } })
const redacted = (...results: CheckState[]): DiagnosticReport => redactReport(makeReport(results, ABOUT))

/** Every text in it, keys included. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)])
}

describe('redactReport', () => {
  it('keeps what helps', () => {
    const report = redacted(
      state('environment.system', { code: 'told', params: { os: 'Debian GNU/Linux 12 (bookworm)', cpu: 'Intel(R) Core(TM) i7-12700K of Ann', cores: 4, memoryGb: 16 }, data: { cores: 4, cpu: 'Intel i7-12700K ann-laptop', release: '6.1.0-13-amd64', host: 'ann-laptop' } }),
      state('system.disk', { params: { freeGb: 7 }, value: 7, unit: 'GB', threshold: { warn: 5, worse: 'below' }, evidence: 'ENOSPC at /home/ann/videos', about: '/home/ann' }),
      state('camera.present', { code: 'found', params: { count: 2, names: 'Ann’s iPhone, Brio' }, data: { count: 2, names: ['Ann’s iPhone', 'Brio'] } }),
    )
    expect(report.redacted).toBe(true)
    expect(report.app).toMatchObject({ version: '1.2.3', host: 'browser', locale: 'en-GB', versions: { node: '24.1.0', browser: '156.0.8078.79' } })
    const [system, disk, camera] = report.results.map(({ finding }) => finding)
    expect(system).toMatchObject({ code: 'told', params: { os: 'Debian GNU Linux 12 bookworm', cpu: 'Intel Core i7-12700K', cores: 4 }, data: { cores: 4, cpu: 'Intel i7-12700K', release: '6.1.0' } })
    expect(disk).toEqual({ status: 'pass', code: 'enough', params: { freeGb: 7 }, value: 7, unit: 'GB', threshold: { warn: 5, worse: 'below' }, evidence: 'ENOSPC' })
    expect(camera).toMatchObject({ params: { count: 2, names: '…' }, data: { count: 2, names: ['camera 1', 'camera 2'] } })
    expect(JSON.stringify(report)).not.toMatch(/ann|brio/i)
  })

  it('has an entry for nothing but checks that there are', () => {
    for (const name of Object.keys(DATA)) expect(CHECKS_EN).toHaveProperty([name])
    expect(new Set(API_NAMES).size).toBe(API_NAMES.length)
  })

  it('keeps of an unknown check that it was one', () => {
    expect(redacted(state('secret.check', { evidence: 'NotFoundError', data: { cores: 1 } })).results[0]).toMatchObject({ name: 'unknown', finding: { status: 'pass', code: 'unknown' } })
    expect(redacted(state('system.disk', { code: 'toString' })).results[0]!.finding).toEqual({ status: 'pass', code: 'unknown' })
  })

  // Secrets of every kind, put wherever a report has room for text: none of them may be in what goes out.
  it.each(Array.from({ length: SETS }, (_each, seed) => seed))('lets none of the secrets of set %d through', (seed) => {
    const secret = secretsOf(seed)
    const seeded: string[] = []
    const next = (): string => {
      const made = secret()
      seeded.push(made)
      return made
    }
    const anything = (depth: number): NonNullable<Finding['data']> =>
      Object.fromEntries([[next(), next()], [next(), [next(), { [next()]: next() }]], ...ALLOWED_KEYS.map((key, i) => [key, i % 3 === seed % 3 && depth > 0 ? [next(), anything(0)] : i % 3 === 1 ? { [next()]: next(), by: next(), label: next(), host: next() } : next()])])
    const results = [...Object.entries(CHECKS_EN).filter((_each, i) => i % SETS === seed).flatMap(([name, { findings }]) => [Object.keys(findings)[seed % Object.keys(findings).length]!, next()].map((code) => ({ name, code }))), { name: next(), code: next() }].map(({ name, code }): CheckState => {
      const places = Object.keys(CHECKS_EN).includes(name) ? ['os', 'cpu', 'renderer', 'names', 'host', 'missing', 'encodes', 'version', 'browser', 'locale', 'best', 'grade', 'wanted', 'default'] : []
      return {
        ...state(name, { code, params: Object.fromEntries([...places, next()].map((place) => [place, next()])), unit: next().slice(0, 20), evidence: `${next()} ENOENT ${next()}`, about: next(), data: anything(2) }),
        live: { [next()]: next() },
      }
    }).slice(0, 200)
    const app = { version: next(), host: next(), platform: next(), arch: next(), locale: next(), versions: { node: next(), [next()]: next() } }
    const full: DiagnosticReport = { ...makeReport(results, ABOUT), id: next(), app }
    const wanted = new Set(seeded)
    expect(texts(full).filter((text) => wanted.has(text)).length).toBeGreaterThan(300)
    const out = JSON.stringify(redactReport(full)).toLowerCase()
    // A secret's parts, too: a user's name in a path, a token in an address.
    const parts = seeded.flatMap((each) => [each, ...each.split(/\W+/).filter((part) => part.length >= 8)])
    expect(parts.filter((each) => out.includes(JSON.stringify(each).slice(1, -1).toLowerCase()))).toEqual([])
  })
})

/** Each looks at another share of the checks. */
const SETS = 20
const ALLOWED_KEYS = ['os', 'release', 'arch', 'cpu', 'cores', 'versions', 'version', 'vendor', 'renderer', 'missing', 'has', 'encode', 'decode', 'devices', 'names', 'servers', 'hops', 'by', 'state', 'perDestination', 'recommended', 'locale', 'languages', 'browser', 'bloatGrade', 'advice', 'modes', 'errMsg', 'ip', 'gateway', 'server']
/** From a seed, so that a failure can be looked at again. */
function secretsOf(seed: number): () => string {
  let at = seed * 7919 + 17
  const random = (below: number): number => ((at = (at * 1_103_515_245 + 12_345) % 2_147_483_648) >> 8) % below
  const word = (length: number): string => Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'[random(63)]).join('')
  const shapes = [
    () => word(16), () => `live_${word(24)}`, () => `/home/${word(9)}/Videos`, () => `C:\\Users\\${word(9)}`, () => `${10 + random(240)}.${random(256)}.${random(256)}.${random(256)}`,
    () => `fe80::${word(4)}:${word(12)}`, () => `rtmp://${word(8)}.example/app/${word(12)}?token=${word(12)}`, () => `${word(10)}@${word(8)}.example`, () => `${word(10)}’s iPhone`, () => `Wi-Fi ${word(12)}`, () => `Intel ${word(14)}`,
    () => `<img src=x onerror=${word(12)}>`, () => `${word(8)}-${word(4)}-${word(4)}-${word(12)}`,
  ]
  return () => shapes[random(shapes.length)]!()
}

describe('what may stay of a text', () => {
  it('is makers’ words and model numbers', () => {
    expect(knownHardware('ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x2504) Direct3D11)')).toBe('ANGLE NVIDIA NVIDIA GeForce RTX 3060 Direct3D11')
    expect(knownHardware('ann-laptop')).toBe('…')
  })
  it('is versions, never addresses', () => {
    expect(knownVersion('5.1.9-0+deb12u1')).toBe('5.1.9')
    expect(knownVersion('Chromium 156.0.8078.79')).toBe('156.0.8078.79')
    for (const none of ['192.168.1.7', 'ann', 'x1.2', '']) expect(knownVersion(none)).toBe('')
  })
  it('is what failures are called', () => expect(knownFailures('NotReadableError: Could not start Ann’s camera (device-busy, constructor)')).toBe('NotReadableError device-busy'))
})

describe('ReportKeeper', () => {
  const run = (checks: CheckState[]): DiagnosticRun => ({ runId: 'r', running: false, startedAtMs: 0, checks })
  it('has the newest finding of each check, whichever run found it', () => {
    const topic = new Topic(run([]))
    const keeper = new ReportKeeper(topic, ABOUT)
    topic.set(run([state('system.disk', { code: 'little' }), state('system.memory')]))
    topic.set(run([state('system.disk', { code: 'none' }), { ...state('system.power'), finding: null }]))
    const { report, text } = keeper.handlers.report({ redacted: false, language: 'zh-CN' }) as { report: DiagnosticReport; text: string }
    expect(report.results.map(({ name, finding }) => [name, finding?.code])).toEqual([['system.disk', 'none'], ['system.memory', 'enough']])
    expect(text).toContain('检查报告')
    expect(diagnosticReport.parse(report)).toEqual(report)
    expect((keeper.handlers.importReport({ text: JSON.stringify(report), language: 'en' }) as { report: DiagnosticReport }).report).toEqual(report)
  })
})

describe('docs/diagnostics.schema.json', () => {
  const path = fileURLToPath(new URL('../../../docs/diagnostics.schema.json', import.meta.url))

  it('is what the code says (vitest -u writes it anew)', async () => {
    await expect(diagnosticsJsonSchema()).toMatchFileSnapshot(path)
  })
  it('takes real reports and refuses others', async () => {
    const check = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(JSON.parse(await readFile(path, 'utf8')) as object)
    const made = makeReport([state('system.disk')], ABOUT)
    expect(check(made)).toBe(true)
    expect(check(redactReport(made))).toBe(true)
    expect(check({ ...made, schema: 2 })).toBe(false)
    expect(check({ ...made, results: [{}] })).toBe(false)
  })
})
