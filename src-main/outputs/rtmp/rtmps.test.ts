import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parsePushAddress } from '@shared/domain/address.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { systemClock } from '../../base/clock.ts'
import { FakeRtmpServer } from './fake-rtmp-server.ts'
import { RtmpConnection } from './rtmp-connection.ts'
import { RTMP_LIMITS } from './rtmp-limits.ts'

interface Certificate {
  key: string
  cert: string
}

/** Made anew for each run by the `openssl` command: a certificate in the repository would expire. */
let folder = ''
let authority = ''
const certificates: Record<'good' | 'expired' | 'elsewhere', Certificate> = { good: none(), expired: none(), elsewhere: none() }

function none(): Certificate {
  return { key: '', cert: '' }
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
}

function issue(name: string, altName: string, days: number): Certificate {
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`, '-addext', `subjectAltName=${altName}`)
  openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', String(days), '-copy_extensions', 'copy', '-out', `${name}.pem`)
  return { key: readFileSync(join(folder, `${name}.key`), 'utf8'), cert: readFileSync(join(folder, `${name}.pem`), 'utf8') }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rtmps-test-'))
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority')
  authority = readFileSync(join(folder, 'ca.pem'), 'utf8')
  certificates.good = issue('good', 'DNS:localhost,IP:127.0.0.1', 2)
  certificates.expired = issue('expired', 'DNS:localhost', -1)
  certificates.elsewhere = issue('elsewhere', 'DNS:elsewhere.example', 2)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** 'accepted' or the reason; the server sees the whole RTMP opening or nothing. */
async function connectTo(certificate: Certificate | null, trust: { ca?: string; verify?: boolean; host?: string } = {}): Promise<string> {
  const server = new FakeRtmpServer({}, certificate)
  const port = await server.listen()
  try {
    const connection = await RtmpConnection.open(
      {
        target: parsePushAddress(`rtmps://${trust.host ?? 'localhost'}:${port}/live`, 'key'),
        trust: { certificateAuthority: trust.ca ?? '', verifyCertificate: trust.verify ?? true },
        clock: systemClock,
        limits: { ...RTMP_LIMITS, connectMs: 2000 },
        onPhase: () => {},
      },
      new AbortController().signal,
    )
    await connection.close()
    return server.peers[0]?.commands.includes('publish') ? 'accepted' : 'accepted without publishing'
  } catch (error) {
    return error instanceof StudioError ? error.reason : String(error)
  } finally {
    await server.close()
  }
}

describe('rtmps', () => {
  it('trusts the authority of the destination, by name and by IP address', async () => {
    expect(await connectTo(certificates.good, { ca: authority })).toBe('accepted')
    expect(await connectTo(certificates.good, { ca: authority, host: '127.0.0.1' })).toBe('accepted')
  })

  it('does not trust an authority that it does not know', async () => {
    expect(await connectTo(certificates.good)).toBe('certificate-unknown-issuer')
  })

  it('refuses an expired certificate and one for another host', async () => {
    expect(await connectTo(certificates.expired, { ca: authority })).toBe('certificate-expired')
    expect(await connectTo(certificates.elsewhere, { ca: authority })).toBe('certificate-wrong-host')
  })

  it('takes any certificate when checking is off', async () => {
    expect(await connectTo(certificates.expired, { verify: false })).toBe('accepted')
  })

  it('says so when the authority is no certificate', async () => {
    expect(await connectTo(certificates.good, { ca: 'not a certificate' })).toBe('certificate-unknown-issuer')
    expect(await connectTo(certificates.good, { ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' })).toBe('certificate-unknown-issuer')
  })

  it('fails in time against a server without TLS', async () => {
    expect(await connectTo(null)).toMatch(/^(tls-failed|connect-timeout)$/)
  })

  it('tells the server the name that it wants (SNI), and no name for an IP address', async () => {
    const seen: unknown[] = []
    for (const host of ['localhost', '127.0.0.1']) {
      const server = new FakeRtmpServer({ handshake: (peer) => {
        seen.push('servername' in peer.socket ? peer.socket.servername : 'no TLS')
        peer.socket.end()
      } }, certificates.good)
      const port = await server.listen()
      await RtmpConnection.open(
        { target: parsePushAddress(`rtmps://${host}:${port}/live`, 'k'), trust: { certificateAuthority: authority, verifyCertificate: true }, clock: systemClock, limits: RTMP_LIMITS, onPhase: () => {} },
        new AbortController().signal,
      ).catch(() => {})
      await server.close()
    }
    expect(seen).toEqual(['localhost', false])
  })
})
