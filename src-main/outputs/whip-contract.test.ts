import { Secret } from '../base/secret.ts'
import { newDestination } from '@shared/domain/destination.ts'
import { Topic } from '../rpc/topic.ts'
import { describeOutput, type OutputFixture, type ServerMode } from './output-contract.ts'
import { fakeLog } from './whip/fake-log.ts'
import { FakeWhipPage } from './whip/fake-whip-page.ts'
import { FakeWhipServer } from './whip/fake-whip-server.ts'
import { WHIP_LIMITS } from './whip/whip-limits.ts'
import { whipOutput } from './whip/whip-output.ts'
import { type RatesByContent, WhipPeers } from './whip/whip-peers.ts'
import { whipRatesOf } from './whip/whip-rates.ts'

let ids = 0

async function whipFixture(mode: ServerMode): Promise<OutputFixture> {
  const server = await new FakeWhipServer(mode === 'refuses' ? { POST: [{ status: 403 }] } : {}).listen()
  const { origin } = server
  if (mode === 'absent') await server.close()
  const peers = new WhipPeers(new Topic<RatesByContent>({ mix: whipRatesOf({ videoKbps: 2500, audioKbps: 128, frameRate: 30 }, { enabled: true, floorKbps: 500 }) }), () => `peer ${ids++}`)
  const page = new FakeWhipPage(peers)
  const received: ('key' | 'video' | 'audio')[] = []
  page.onMedia = (kind) => received.push(kind)
  const run = whipOutput({ peers, log: fakeLog(), limits: { ...WHIP_LIMITS, silentMs: 300, restoreMs: mode === 'accepts' ? 1000 : 300, partingMs: 200, watchMs: 20 } })
  const destination = newDestination({ id: 'whip', name: '', kind: 'whip', enabled: true, address: `${origin}/whip` })
  return {
    run: (outputRun) => run({ destination, token: new Secret('token'), turnSecret: new Secret('') }, outputRun),
    received: () => received,
    saidGoodbye: () => server.requests('DELETE').length > 0,
    openConnections: () => server.sockets.size + page.living.size,
    cut: () => {
      page.arrives = false
      server.script['PATCH'] = ['reset']
      server.script['DELETE'] = ['reset']
      page.say('disconnected')
    },
    stall: () => void (page.arrives = false),
    breakLine: () => {
      server.script['PATCH'] = [{ status: 200, headers: { ETag: '"second"' }, body: 'a=ice-ufrag:r\r\na=ice-pwd:q\r\n' }]
      page.arrives = false
      page.say('disconnected')
      return () => {
        page.arrives = true
        page.say('connected')
      }
    },
    close: async () => {
      page.close()
      if (mode !== 'absent') await server.close()
    },
  }
}

describeOutput('WHIP', whipFixture, 'own')
