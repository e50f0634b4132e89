import { describe, expect, it } from 'vitest'
import { newDestination } from '@shared/domain/destination.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { StudioError, type Reason } from '@shared/domain/errors.ts'
import type { IngestFigures } from '@shared/domain/ingest-push.ts'
import { judgeIngest, type Pushed } from './judge-ingest.ts'

const pushed = (id: string, change: Partial<IngestFigures>, failure: StudioError | null = null): Pushed => ({
  destination: newDestination({ id, name: id, kind: 'rtmp', address: `rtmp://${id}.example/live`, enabled: true }), host: `${id}.example`, failure,
  figures: {
    destinationId: id, outcome: 'measured', testFlag: false, reason: null, stages: { dnsMs: null, tcpMs: null, tlsMs: null, handshakeMs: null, connectMs: null, publishMs: null },
    steps: [], bestKbps: null, p10Kbps: null, meanKbps: null, minSecondKbps: null, lineLimited: true, ackLagMs: null, idleMs: null, loadedMs: null, bloatGrade: null, limitKbps: null, ...change,
  },
})
const judge = (...all: Pushed[]) => judgeIngest({ pushed: all, togetherKbps: null, sharing: all.length, encoding: DEFAULT_ENCODING })

describe('what pushing showed', () => {
  it.each([
    ['key-rejected', 'refused'], ['connect-rejected', 'refused'], ['token-expired', 'refused'], ['name-not-resolved', 'unreachable'], ['connection-refused', 'unreachable'],
    ['certificate-expired', 'tls'], ['tls-failed', 'tls'], ['stalled', 'broke'], ['server-closed', 'broke'], ['handshake-failed', 'not-pushed'],
  ] as [Reason, string][])('a destination that ends with %s is told as %s, whatever the others took', (reason, code) => {
    const finding = judge(pushed('good', { bestKbps: 9000 }), pushed('bad', { outcome: 'failed', reason }, new StudioError(reason, 'as it said')))
    expect(finding).toMatchObject({ status: 'fail', code, params: { host: 'bad.example' }, about: 'bad', evidence: `${reason}: as it said`, actions: ['go-to-destination', 'again'] })
    expect(finding.data).toMatchObject({ recommended: { width: 1280 } })
  })

  it.each([[3755, 'pass'], [3750, 'warn'], [2892, 'warn'], [2890, 'fail']])('%i kbit/s for a show of 2628: %s', (bestKbps, status) => {
    expect(judge(pushed('a', { bestKbps }))).toMatchObject({ status, value: bestKbps, threshold: { warn: 3755, fail: 2891, worse: 'below' } })
  })

  it('asks before viewers may see anything', () => {
    expect(judge(pushed('a', { outcome: 'needs-agreement' }), pushed('b', { outcome: 'kind-unsupported' }))).toMatchObject({ status: 'skipped', code: 'needs-agreement', about: 'a' })
    expect(judge(pushed('a', { outcome: 'address-unreadable' }))).toMatchObject({ status: 'fail', code: 'address', about: 'a' })
  })

  it('offers no preset where the show may stay as it is', () => {
    expect(judge(pushed('a', { bestKbps: 9000 })).actions).toBeUndefined()
    expect(judge(pushed('a', { bestKbps: 3000 })).actions).toEqual(['apply-preset'])
  })
})
