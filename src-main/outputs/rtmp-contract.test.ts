import { Secret } from '../base/secret.ts'
import { describeOutput, type OutputFixture, type ServerMode } from './output-contract.ts'
import { FakeRtmpServer } from './rtmp/fake-rtmp-server.ts'
import { RTMP_LIMITS } from './rtmp/rtmp-limits.ts'
import { rtmpOutput } from './rtmp/rtmp-output.ts'

/** FLV video tag: frame type 1 = key in the upper half, then the packet type: 1 = coded pictures (0 = decoder configuration). */
const KEY_FRAME = 0x17
const CODED = 1

async function rtmpFixture(mode: ServerMode): Promise<OutputFixture> {
  const server = new FakeRtmpServer({
    publish: (peer, usual) => (mode === 'refuses' ? peer.status('error', 'NetStream.Publish.BadName', 'Stream already publishing') : usual()),
  })
  const port = await server.listen()
  if (mode === 'absent') await server.close()
  const runRtmp = rtmpOutput({ ...RTMP_LIMITS, stallMs: 1000, connectMs: 2000, reportMs: 100 })
  const media = (kind: 'audio' | 'video') => server.peers.flatMap((peer) => peer.media(kind)).filter(({ payload }) => payload[1] === CODED)
  return {
    run: (run) => runRtmp({ address: `rtmp://127.0.0.1:${port}/live`, key: new Secret('key'), certificateAuthority: '', verifyCertificate: true }, run),
    received: () => [...media('video').map(({ payload }) => (payload[0] === KEY_FRAME ? ('key' as const) : ('video' as const))), ...media('audio').map(() => 'audio' as const)],
    saidGoodbye: () => server.peers.some((peer) => peer.commands.includes('deleteStream')),
    // One that is not read from cannot show that the other end has gone.
    openConnections: () => server.peers.filter((peer) => !peer.closed && !peer.socket.isPaused()).length,
    cut: () => server.peers.forEach((peer) => peer.socket.destroy()),
    stall: () => server.peers.forEach((peer) => peer.socket.pause()),
    close: async () => {
      if (mode !== 'absent') await server.close()
    },
  }
}

describeOutput('RTMP', rtmpFixture)
