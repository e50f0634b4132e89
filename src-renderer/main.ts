import { config } from 'zod'
import { closeWhenLost } from './app/close-when-lost.ts'
import { systemPageClock } from './base/page-clock.ts'
import { openBridge } from './bridge/bridge.ts'
import { pageClock } from './engine/clock.ts'
import { CheckAids } from './engine/diagnostics/measure/check-aids.ts'
import { LendingDevices } from './engine/diagnostics/measure/lending-devices.ts'
import { createEngine } from './engine/engine.ts'
import { browserPeers, followWhipPeers } from './engine/whip/whip-peers.ts'

// The page's policy forbids code made from text, which zod would otherwise try first.
config({ jitless: true })

/** Codecs to do without, from the page's address: `?without=h264`. For tests of machines that lack an encoder. */
const withoutCodecs = new URLSearchParams(location.search).getAll('without')

async function start(): Promise<void> {
  const bridge = await openBridge()
  const info = await bridge.studio.info({})
  const devices = new LendingDevices(navigator.mediaDevices)
  const given = { bridge, engine: createEngine(bridge.engineLink, { withoutCodecs, devices, safe: info.safe ?? false }), clock: systemPageClock, checkAids: new CheckAids() }
  closeWhenLost(bridge, given.engine)
  bridge.onLost(bridge.safeStart.watch('state', ({ safe }) => given.engine.setSafe(safe)))
  const stopPeers = followWhipPeers({ link: bridge.whip, clock: pageClock, openProgram: (content) => given.engine.openProgramStream(content), ...browserPeers })
  bridge.onLost(stopPeers)
  // Nobody waits for it: the first screen comes first.
  void import('./app/carry-out-checks.ts').then(({ carryOutChecks }) => carryOutChecks(bridge, given.checkAids, devices))
  void import('./app/look-after-show.ts').then(({ lookAfterShow }) => lookAfterShow(bridge, given.engine))
  if (info.headless) {
    const { runHeadless } = await import('./app/headless.ts')
    await runHeadless(given)
  } else {
    const { mountStudio } = await import('./app/mount-studio.ts')
    await mountStudio(given, info)
  }
}

start().catch(async (thrown: unknown) => {
  const { showUnreachable } = await import('./app/unreachable.ts')
  await showUnreachable(thrown)
})
