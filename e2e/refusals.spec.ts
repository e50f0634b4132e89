import { expect, test } from '@playwright/test'
import { broadcast } from '../src-shared/contracts/broadcast.ts'
import { Certificates } from './fixtures/certificates.ts'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { OwnProcess } from './fixtures/own-process.ts'
import { Relay } from './fixtures/relay.ts'
import { patternShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { until } from './fixtures/until.ts'

/** Servers that say no, certificates that are not right, and places that are not there: each its own reason, each its own consequence. */

test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')

let certificates: Certificates
let server: NginxRtmp
let studio: SteeredStudio
test.beforeAll(async () => {
  certificates = await Certificates.create()
  server = await NginxRtmp.start({ tls: certificates.good })
  studio = await SteeredStudio.start(patternShow({ width: 640, height: 360, videoKbps: 800 }))
})
test.afterAll(async () => {
  await studio.close()
  await server.close()
  await certificates.close()
})
test.beforeEach(() => { server.answer = 200 })
test.afterEach(async () => {
  await studio.endShow()
  await studio.rpc.stateWhen(broadcast, 'status', ({ live }) => !live)
  // A second *Go live* within 3 s is refused as a double click.
  await new Promise((resolve) => setTimeout(resolve, 3000))
})

/** Waits until the studio has given up on a destination: no further attempt, the user must act. */
const givenUp = (id: string) => studio.output(id, ({ state, final, nextAttemptAtMs }) => state === 'failed' && final && nextAttemptAtMs === null, 15_000)

test('a refused key stops at once and says so', async () => {
  server.answer = 403
  const asked = server.asked.length
  const id = await studio.goLiveTo({ address: server.address, key: 'wrong-key' })
  expect((await givenUp(id)).failure?.reason).toBe('key-rejected')
  await new Promise((resolve) => setTimeout(resolve, 3000))
  expect(server.asked.length - asked).toBe(1)
})

test('a place that somebody else holds stops at once and says so', async () => {
  const other = new OwnProcess('ffmpeg', ['-v', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=30', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', '-pix_fmt', 'yuv420p', '-f', 'flv', `${server.address}/taken`])
  try {
    await server.receives('taken')
    const id = await studio.goLiveTo({ address: server.address, key: 'taken' })
    expect((await givenUp(id)).failure?.reason).toBe('already-publishing')
    expect(await server.stream('taken')).toMatchObject({ publishing: true, video: { width: 160 } })
  } finally {
    await other.stop()
  }
})

test('a name that does not resolve is tried again', async () => {
  const id = await studio.goLiveTo({ address: 'rtmp://no-such-host.invalid/live', key: 'a' })
  const first = await studio.output(id, ({ failure }) => failure !== null)
  expect(first.failure?.reason).toBe('name-not-resolved')
  expect(first.final).toBe(false)
  expect((await studio.output(id, ({ attempt }) => attempt >= 3)).final).toBe(false)
})

test('a port where nobody listens is tried again, and works once somebody does', async () => {
  const relay = await Relay.to(server.rtmpPort)
  try {
    await relay.refuse()
    const id = await studio.goLiveTo({ address: `rtmp://127.0.0.1:${relay.port}/live`, key: 'late' })
    const failed = await studio.output(id, ({ failure }) => failure !== null)
    expect(failed.failure?.reason).toBe('connection-refused')
    expect(failed.final).toBe(false)
    await studio.output(id, ({ attempt }) => attempt >= 2)
    await relay.accept()
    await studio.output(id, ({ state }) => state === 'running', 5000)
    await server.receives('late', { moreThanBytes: 10_000 })
  } finally {
    await studio.endShow()
    await relay.close()
  }
})

test('a web server is no RTMP server', async () => {
  const id = await studio.goLiveTo({ address: `rtmp://127.0.0.1:${server.httpPort}/live`, key: 'a' })
  const failed = await studio.output(id, ({ failure }) => failure !== null, 15_000)
  expect(failed.failure?.reason).toMatch(/^(not-rtmp|handshake-failed|server-closed)$/)
})

test('RTMPS works with an authority that the destination trusts', async () => {
  const id = await studio.goLiveTo({ address: server.secureAddress, key: 'secure', certificateAuthority: certificates.authorityPem })
  await studio.output(id, ({ state }) => state === 'running')
  await server.receives('secure', { moreThanBytes: 50_000 })
})

test('RTMPS by an authority that nobody knows stops at once', async () => {
  const id = await studio.goLiveTo({ address: server.secureAddress, key: 'unseen' })
  expect((await givenUp(id)).failure?.reason).toBe('certificate-unknown-issuer')
  expect(server.asked).not.toContain('unseen')
})

for (const [which, reason] of [['expired', 'certificate-expired'], ['wrongHost', 'certificate-wrong-host'], ['unknownIssuer', 'certificate-unknown-issuer']] as const) {
  test(`RTMPS with a certificate that is ${which} stops at once, also with a trusted authority`, async () => {
    const other = await NginxRtmp.start({ tls: certificates[which] })
    try {
      const id = await studio.goLiveTo({ address: other.secureAddress, key: 'secure', certificateAuthority: certificates.authorityPem })
      expect((await givenUp(id)).failure?.reason).toBe(reason)
      expect(other.asked).toEqual([])
    } finally {
      await other.close()
    }
  })
}

test('a corrected key goes live without ending the show', async () => {
  server.answer = 403
  const id = await studio.goLiveTo({ address: server.address, key: 'not-yet' })
  await givenUp(id)
  server.answer = 200
  await studio.rpc.service(broadcast).retryNow({ destinationId: id })
  await studio.output(id, ({ state }) => state === 'running')
  await until('media flows', async () => (await server.stream('not-yet'))?.publishing)
})
