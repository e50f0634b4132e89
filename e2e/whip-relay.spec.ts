import { expect, test } from '@playwright/test'
import { broadcast } from '../src-shared/contracts/broadcast.ts'
import { addDestination } from './fixtures/add-destination.ts'
import { decodeFrames } from './fixtures/forwarded-video.ts'
import { janusMissing } from './fixtures/janus.ts'
import { JanusWhip } from './fixtures/janus-whip.ts'
import { patternShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { TurnServer, turnMissing } from './fixtures/turn-server.ts'
import { UdpRelay } from './fixtures/udp-relay.ts'
import { until } from './fixtures/until.ts'

// The hardest way out: all media through a TURN server, on a line that loses packets: studio → lossy relay → coturn → Janus.

test.skip(janusMissing !== null || turnMissing !== null, janusMissing ?? turnMissing ?? '')

/** Of each direction together: 5 %. */
const ONE_IN = 20

test('relay only, and with 5 % of the packets lost: what was lost is sent again, and the server’s pictures decode', async () => {
  const [server, turn] = [await JanusWhip.start(), await TurnServer.start()]
  const line = await UdpRelay.to(turn.port)
  const studio = await SteeredStudio.start(patternShow({ width: 640, height: 360, videoKbps: 800 }))
  try {
    const whip = { iceServers: [`turn:127.0.0.1:${line.port}?transport=udp`], iceUser: turn.user, relayOnly: true }
    const id = await addDestination(studio, { kind: 'whip', address: server.address, whip }, { key: server.token, passphrase: turn.secret })
    await studio.onlyDestinations(id)
    await studio.goLive()
    await studio.output(id, ({ state }) => state === 'running')
    await until('pictures and sound arrive', () => server.video.marked > 30 && server.audio.packets > 50)
    // Every packet that Janus has came through the TURN server.
    expect(line.passed.up).toBeGreaterThan(server.video.packets + server.audio.packets - 10)
    expect(turn.log).toMatch(/ALLOCATE processed, success/)

    line.loseEvery(ONE_IN)
    const lost = await studio.rpc.stateWhen(broadcast, 'figures', ({ outputs }) => (outputs[id]?.line?.lossPercent ?? 0) > 1 && (outputs[id]?.line?.retransmits ?? 0) > 5)
    expect(lost.outputs[id]?.framesDropped).toBe(0)
    const before = line.lost.up
    const { frames, missed } = await decodeFrames(server.video, 60)
    const lostUp = line.lost.up - before
    expect(frames).toBe(60)
    expect(lostUp).toBeGreaterThan(8)
    expect(missed).toBeLessThanOrEqual(lostUp / 4)
    expect(await studio.output(id, () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
    expect(await studio.studio.tracesText()).not.toContain(turn.secret)
  } finally {
    await studio.close()
    await line.close()
    await turn.close()
    await server.close()
  }
})
