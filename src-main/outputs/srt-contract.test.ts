import { describe } from 'vitest'
import { srtOptions } from '@shared/domain/destination.ts'
import { Secret } from '../base/secret.ts'
import { describeOutput, type OutputFixture, type ServerMode } from './output-contract.ts'
import { FakeSrtPeer, freeUdpPort, hasSrt, untilTaken } from './srt/fake-srt-peer.ts'
import { SRT_LIMITS } from './srt/srt-limits.ts'
import { srtOutput } from './srt/srt-output.ts'

const runSrt = srtOutput({ ...SRT_LIMITS, stallMs: 1000, reportMs: 100 })

async function srtFixture(mode: ServerMode): Promise<OutputFixture> {
  const port = await freeUdpPort()
  const peer = mode === 'absent' ? null : new FakeSrtPeer(`srt://127.0.0.1:${port}?mode=listener${mode === 'refuses' ? '&passphrase=another-one' : ''}`)
  if (peer) await untilTaken(port)
  return {
    run: (run) =>
      runSrt(
        {
          address: `srt://127.0.0.1:${port}`,
          options: srtOptions.parse({ latencyMs: 120 }),
          streamId: new Secret(''),
          passphrase: new Secret(mode === 'refuses' ? 'the-wrong-one' : ''),
          ffmpegPath: () => Promise.resolve('ffmpeg'),
        },
        run,
      ),
    received: () => peer?.stream.media ?? [],
    saidGoodbye: () => peer?.ended ?? false,
    // One that waits for its first caller has no connection yet.
    openConnections: () => (peer?.listens && peer.stream.media.length > 0 ? 1 : 0),
    cut: () => peer?.kill(),
    stall: () => peer?.freeze(),
    close: async () => peer?.close(),
  }
}

describe.skipIf(!hasSrt)('with FFmpeg', { timeout: 20_000 }, () => describeOutput('SRT', srtFixture))
