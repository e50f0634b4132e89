import { describe } from 'vitest'
import { hlsOptions } from '@shared/domain/destination.ts'
import { Secret } from '../base/secret.ts'
import { FakeUploadServer } from './hls/fake-upload-server.ts'
import { HLS_LIMITS } from './hls/hls-limits.ts'
import { hlsOutput } from './hls/hls-output.ts'
import { TsReader } from './mpegts/fake-ts-reader.ts'
import { describeOutput, type OutputFixture, type ServerMode } from './output-contract.ts'

async function hlsFixture(mode: ServerMode): Promise<OutputFixture> {
  const server = new FakeUploadServer()
  const stream = new TsReader()
  const port = await server.listen()
  if (mode === 'absent') await server.close()
  if (mode === 'refuses') server.answer = (_, response) => (response.writeHead(403).end(), true)
  server.onPut = (path, bytes) => path.endsWith('.ts') && stream.push(bytes)
  let stalled = false
  let gone = mode === 'absent'
  const run = hlsOutput({ ...HLS_LIMITS, stallMs: 1500, retryMs: 100, reportMs: 100 })
  return {
    run: (given) =>
      run({ address: `http://127.0.0.1:${port}/live/index.m3u8`, options: hlsOptions.parse({ segmentSeconds: 1 }), token: new Secret(''), certificateAuthority: '', verifyCertificate: true }, given),
    received: () => stream.media,
    saidGoodbye: () => server.text('/live/index.m3u8').includes('#EXT-X-ENDLIST'),
    // One that is not read from cannot show that the other end has gone.
    openConnections: () => (stalled ? 0 : server.sockets.size),
    cut: () => {
      gone = true
      void server.close()
    },
    stall: () => {
      stalled = true
      server.stall()
    },
    close: async () => {
      if (!gone) await server.close()
    },
  }
}

describe('HLS by PUT', { timeout: 20_000 }, () => describeOutput('HLS', hlsFixture))
