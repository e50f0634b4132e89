import { z } from 'zod'
import type { PlatformServers } from '@shared/contracts/addresses.ts'
import { parsePushAddress } from '@shared/domain/address.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { fetchJson } from './fetch-json.ts'

/** No account needed; the order of the list is the platform's. Source: its video broadcast reference. */
export const TWITCH_INGESTS = 'https://ingest.twitch.tv/ingests'
const TIMEOUT_MS = 5000
const MAX_SERVERS = 60

const answer = z.object({
  ingests: z.array(
    z.object({
      name: z.string().max(200), url_template: z.string().max(500), url_template_secure: z.string().max(500).optional(),
      availability: z.number().optional(), priority: z.number().optional(), default: z.boolean().optional(),
    }),
  ),
})

/** The servers of the list as it was in November 2026, for when it cannot be had. `any` finds the nearest by itself. */
const KNOWN: readonly [name: string, host: string][] = [
  ['Europe: Frankfurt', 'euc10'], ['Europe: Ireland', 'euw10'], ['Europe: Paris', 'euw30'], ['Europe: Stockholm', 'eun10'], ['US: Ohio', 'use20'], ['US: N. Virginia', 'use10'],
  ['US: Oregon', 'usw20'], ['South America: São Paulo', 'sae10'], ['Asia: Tokyo', 'apn10'], ['Asia: Seoul', 'apn20'], ['Asia: Singapore', 'aps10'], ['Asia: Mumbai', 'aps30'], ['Australia: Sydney', 'aps20'],
]
const BUILT_IN = [
  { name: 'any', address: 'rtmps://ingest.global-contribute.live-video.net/app' },
  ...KNOWN.map(([name, host]) => ({ name, address: `rtmps://${host}.contribute.live-video.net/app` })),
]

/** The list of ingest servers: asked for, else the built-in one. Never rejects. */
export async function twitchServers(clock: Pick<Clock, 'sleep'>, address = TWITCH_INGESTS): Promise<PlatformServers> {
  try {
    const { ingests } = answer.parse(await fetchJson({ address, timeoutMs: TIMEOUT_MS, maxBytes: 500_000 }, clock))
    const usable = ingests.filter((each) => each.availability === undefined || each.availability > 0).toSorted(byPriority)
    const servers = usable.flatMap((each) => serverOf(each.default === true ? 'any' : each.name, each.url_template_secure ?? each.url_template)).slice(0, MAX_SERVERS)
    if (servers.length === 0) throw new StudioError('protocol-error', 'the list is empty')
    return { servers, fresh: true, evidence: '' }
  } catch (thrown) {
    const { reason, evidence } = thrown instanceof z.ZodError ? new StudioError('protocol-error', 'the list looks different') : StudioError.from(thrown)
    return { servers: BUILT_IN, fresh: false, evidence: evidence === '' ? reason : evidence }
  }
}

const byPriority = (a: { priority?: number | undefined }, b: { priority?: number | undefined }): number => (a.priority ?? Number.MAX_SAFE_INTEGER) - (b.priority ?? Number.MAX_SAFE_INTEGER)

/** `rtmps://host/app/{stream_key}` → the address without the place for the key; nothing for what cannot be sent to. */
function serverOf(name: string, template: string): { name: string; address: string }[] {
  const address = template.replace(/\/?\{stream_key\}.*$/, '')
  try {
    parsePushAddress(address, '-')
    return [{ name, address }]
  } catch {
    return []
  }
}
