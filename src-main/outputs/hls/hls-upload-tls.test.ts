import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { StudioError } from '@shared/domain/errors.ts'
import { Secret } from '../../base/secret.ts'
import { HlsUpload } from './hls-upload.ts'

const folder = mkdtempSync(join(tmpdir(), 'castwright-hls-tls-'))
let server: Server
let authorizations: (string | undefined)[] = []

beforeAll(async () => {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'a.key', '-out', 'a.pem', '-days', '2', '-subj', '/CN=here', '-addext', 'subjectAltName=IP:127.0.0.1'], { cwd: folder, stdio: 'pipe' })
  server = createServer({ key: readFileSync(join(folder, 'a.key')), cert: readFileSync(join(folder, 'a.pem')) }, (request, response) => {
    authorizations.push(request.headers.authorization)
    request.resume().on('end', () => response.writeHead(200).end())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true })
})

async function put(given: { host?: string; authority?: string; verify?: boolean }): Promise<string> {
  authorizations = []
  const { port } = server.address() as AddressInfo
  const place = new HlsUpload({
    address: `https://${given.host ?? '127.0.0.1'}:${port}/live/a.m3u8`, token: new Secret('hush'), certificateAuthority: given.authority ?? '', verifyCertificate: given.verify ?? true,
  })
  const result = await place.put('a.ts', Buffer.alloc(1000), new AbortController().signal).then(() => 'taken', (error: StudioError) => error.reason)
  place.close()
  return result
}

it('is believed with the destination’s own authority, or without any verification', async () => {
  expect(await put({ authority: readFileSync(join(folder, 'a.pem'), 'utf8') })).toBe('taken')
  expect(authorizations).toEqual(['Bearer hush'])
  expect(await put({ verify: false })).toBe('taken')
})

it('gets neither media nor token while it is not believed', async () => {
  expect(await put({})).toBe('certificate-unknown-issuer')
  expect(authorizations).toEqual([])
  expect(await put({ host: 'localhost', authority: readFileSync(join(folder, 'a.pem'), 'utf8') })).toBe('certificate-wrong-host')
  expect(authorizations).toEqual([])
})
