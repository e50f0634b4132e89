import { describe, expect, it } from 'vitest'
import { callFailure, closedFailure, socketFailure, statusFailure, timeoutFailure } from './rtmp-reasons.ts'
import type { Phase } from './rtmp-reasons.ts'

const error = (code: string, description = '') => ({ level: 'error', code, description })

describe('a code of the service', () => {
  it.each([
    ['NetConnection.Connect.Rejected', '[40000403] room does not exist', 'not-found', '40000403'],
    ['NetConnection.Connect.Rejected', 'error code: 20406', 'connect-rejected', '20406'],
    ['NetStream.Publish.Denied', 'sign invalid', 'signature-wrong', 'sign-invalid'],
    ['NetStream.Publish.BadName', 'txTime expired', 'token-expired', 'time-expired'],
  ])('%s, %s', (code, description, reason, serviceCode) => {
    expect(statusFailure('publishing', error(code, description), ['secret'])).toMatchObject({ reason, serviceCode })
  })

  it('is not read from a key that looks like one', () => {
    const failure = statusFailure('publishing', error('NetStream.Publish.BadName', 'no stream 40000403 here'), ['40000403'])
    expect(failure).toMatchObject({ reason: 'key-rejected' })
    expect(failure?.serviceCode).toBeUndefined()
  })
})

describe('onStatus', () => {
  it.each([
    // nginx-rtmp 1.2.2
    ['publishing', error('NetStream.Publish.BadName', 'Already publishing'), 'already-publishing'],
    // Flash Media Server, Wowza
    ['publishing', error('NetStream.Publish.BadName', 'Stream already exists.'), 'already-publishing'],
    ['publishing', error('NetStream.Publish.BadName', "Stream name 's3cret' is already in use"), 'already-publishing'],
    ['publishing', error('NetStream.Publish.BadName', 'Invalid stream name'), 'key-rejected'],
    ['publishing', error('NetStream.Publish.BadName', ''), 'key-rejected'],
    ['publishing', error('NetStream.Publish.Denied', 'Publishing denied'), 'key-rejected'],
    // MediaMTX
    ['publishing', error('NetStream.Publish.Unauthorized', 'Unauthorized'), 'key-rejected'],
    // Apache brpc
    ['publishing', error('NetStream.Publish.Rejected', 'Reject publish'), 'key-rejected'],
    ['publishing', error('NetStream.Play.StreamNotFound', 'No such stream'), 'key-rejected'],
    ['publishing', error('NetStream.Publish.Whatever', 'Something of their own'), 'key-rejected'],
    ['opening', error('NetConnection.Connect.Rejected', 'Connection rejected'), 'connect-rejected'],
    ['opening', error('NetConnection.Connect.InvalidApp', 'Application does not exist'), 'connect-rejected'],
    ['sending', error('NetConnection.Connect.AppShutdown', ''), 'server-closed'],
    ['sending', error('NetConnection.Connect.Closed', ''), 'server-closed'],
    ['sending', { level: 'status', code: 'NetStream.Unpublish.Success', description: 'Stop publishing' }, 'server-closed'],
    ['sending', error('NetStream.Publish.BadName', 'Already publishing'), 'already-publishing'],
    ['sending', error('NetStream.Failed', 'internal'), 'server-closed'],
  ] as const)('%s: %o is %s', (phase, info, reason) => {
    expect(statusFailure(phase as Phase, info, [])?.reason).toBe(reason)
  })

  it.each([
    { level: 'status', code: 'NetStream.Publish.Start', description: 'Start publishing' },
    { level: 'status', code: 'NetConnection.Connect.ReconnectRequest', description: '' },
    { level: 'warning', code: 'NetStream.Publish.Slow', description: '' },
    { level: '', code: '', description: '' },
  ])('%o is no failure', (info) => {
    expect(statusFailure('publishing', info, [])).toBeNull()
  })

  it('quotes the server without the key and without control characters', () => {
    const failure = statusFailure('publishing', error('NetStream.Publish.Denied', 'key s3cret\u0007\n refused, token t0ken'), ['s3cret?auth=t0ken'])
    expect(failure?.evidence).toBe('NetStream.Publish.Denied key *** refused, token ***')
  })

  it('a refused call without a code is still a refusal', () => {
    expect(callFailure('opening', { level: '', code: '', description: '' }, []).reason).toBe('connect-rejected')
    expect(callFailure('publishing', { level: 'status', code: '', description: 'no' }, []).reason).toBe('key-rejected')
  })
})

describe('closed without a word', () => {
  it.each([
    ['handshaking', 'end', false, 'handshake-failed'],
    ['securing', 'reset', false, 'tls-failed'],
    ['opening', 'end', false, 'connect-rejected'],
    ['publishing', 'end', false, 'key-rejected'],
    ['publishing', 'reset', false, 'key-rejected'],
    ['accepted', 'end', false, 'closed-at-once'],
    ['accepted', 'end', true, 'server-closed'],
    ['sending', 'end', false, 'server-closed'],
    ['sending', 'reset', true, 'connection-lost'],
  ] as const)('%s, %s, acknowledged %s: %s', (phase, how, acknowledged, reason) => {
    const failure = closedFailure(phase, how, acknowledged)
    expect(failure.reason).toBe(reason)
    expect(failure.evidence).toMatch(/without (giving )?a reason/)
  })
})

describe('errors of the system', () => {
  const failed = (phase: Phase, code: string) => socketFailure(phase, Object.assign(new Error('x'), { code }), false).reason
  it.each([
    ['resolving', 'ENOTFOUND', 'name-not-resolved'],
    ['resolving', 'EAI_AGAIN', 'name-not-resolved'],
    ['connecting', 'ECONNREFUSED', 'connection-refused'],
    ['connecting', 'EHOSTUNREACH', 'address-unreachable'],
    ['connecting', 'ENETUNREACH', 'address-unreachable'],
    ['connecting', 'ETIMEDOUT', 'connect-timeout'],
    ['securing', 'CERT_HAS_EXPIRED', 'certificate-expired'],
    ['securing', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-unknown-issuer'],
    ['securing', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-unknown-issuer'],
    ['securing', 'ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-wrong-host'],
    ['securing', 'ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
    ['securing', 'EPROTO', 'tls-failed'],
    ['sending', 'ETIMEDOUT', 'connection-lost'],
    ['sending', 'ECONNRESET', 'connection-lost'],
    ['sending', 'EPIPE', 'connection-lost'],
    ['publishing', 'ECONNRESET', 'key-rejected'],
  ] as const)('%s, %s: %s', (phase, code, reason) => {
    expect(failed(phase, code)).toBe(reason)
  })

  it('of several addresses the one that answered tells', () => {
    const of = (code: string) => Object.assign(new Error(code), { code })
    expect(socketFailure('connecting', new AggregateError([of('ENETUNREACH'), of('ECONNREFUSED')]), false).reason).toBe('connection-refused')
    expect(socketFailure('connecting', new AggregateError([]), false).evidence).toBe('unknown')
  })

  it.each([
    ['resolving', 'connect-timeout'], ['connecting', 'connect-timeout'], ['securing', 'connect-timeout'],
    ['handshaking', 'handshake-failed'], ['opening', 'publish-timeout'], ['publishing', 'publish-timeout'],
  ] as const)('nothing in time while %s: %s', (phase, reason) => {
    expect(timeoutFailure(phase, 8000)).toMatchObject({ reason, evidence: expect.stringContaining('within 8 s') })
  })
})
