import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../base/clock.ts'
import { postOnce } from './http-post.ts'

/** Made anew for each run by the `openssl` command: a certificate in the repository would expire. */
let folder = ''
let authority = ''
let server: Server
let received = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'castwright-notice-tls-'))
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost',
  ], { cwd: folder, stdio: 'pipe' })
  authority = readFileSync(join(folder, 'cert.pem'), 'utf8')
  server = createServer({ key: readFileSync(join(folder, 'key.pem')), cert: authority }, (_request, response) => {
    received++
    response.end('ok')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const post = (host: string, certificateAuthority: string) =>
  postOnce({ url: `https://${host}:${(server.address() as AddressInfo).port}/`, headers: {}, body: Buffer.from('{}'), withinMs: 5000, certificateAuthority }, systemClock, new AbortController().signal)

it('sends nothing to a server whose certificate it cannot check', async () => {
  await expect(post('localhost', '')).rejects.toMatchObject({ reason: 'certificate-unknown-issuer' })
  await expect(post('127.0.0.1', authority)).rejects.toMatchObject({ reason: 'certificate-wrong-host' })
  expect(received).toBe(0)
  expect(await post('localhost', authority)).toMatchObject({ status: 200, text: 'ok' })
  expect(received).toBe(1)
})
