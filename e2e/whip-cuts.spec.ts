import { expect, test } from '@playwright/test'
import { addDestination } from './fixtures/add-destination.ts'
import { janusMissing } from './fixtures/janus.ts'
import { JanusWhip } from './fixtures/janus-whip.ts'
import { patternShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { UdpRelay } from './fixtures/udp-relay.ts'
import { sleep, until } from './fixtures/until.ts'

// The line of the media is cut, without a word to either side, while HTTP still works: studio → relay → Janus.

test.skip(janusMissing !== null, janusMissing ?? '')

const SHOW = patternShow({ width: 640, height: 360, videoKbps: 800 })

/** Every way to the server, old and new ones, is cut together. */
class Line {
  readonly #relays = new Map<number, Promise<UdpRelay>>()
  #cut = false

  readonly to = async (port: number, host: string): Promise<number> => {
    const opening = this.#relays.get(port) ?? UdpRelay.to(port, host)
    this.#relays.set(port, opening)
    const relay = await opening
    if (this.#cut) relay.cut()
    return relay.port
  }

  /** Packets that went through to the server. */
  async passed(): Promise<number> {
    return (await Promise.all(this.#relays.values())).reduce((sum, { passed }) => sum + passed.up, 0)
  }

  async cut(): Promise<void> {
    this.#cut = true
    for (const relay of await Promise.all(this.#relays.values())) relay.cut()
  }

  async resume(): Promise<void> {
    this.#cut = false
    for (const relay of await Promise.all(this.#relays.values())) relay.resume()
  }

  async close(): Promise<void> {
    for (const relay of await Promise.all(this.#relays.values())) await relay.close()
  }
}

/** The last acknowledgement may have come so long after the line was cut, by what was on its way. */
const NOTICED_BEFORE_MS = 2000

const tenths = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

for (const { seconds, restarts } of [{ seconds: 0, restarts: true }, { seconds: 12, restarts: true }, { seconds: 40, restarts: true }, { seconds: 0, restarts: false }]) {
  const length = seconds === 0 ? 'until it is noticed' : `of ${seconds} s`
  test(`a cut ${length} heals, with a server that ${restarts ? 'restarts ICE' : 'does not restart ICE'}`, async () => {
    test.setTimeout(240_000)
    const [server, line] = [await JanusWhip.start(), new Line()]
    server.detour = line.to
    server.takesRestarts = restarts
    const studio = await SteeredStudio.start(SHOW)
    try {
      const id = await addDestination(studio, { kind: 'whip', address: server.address }, { key: server.token })
      await studio.onlyDestinations(id)
      await studio.goLive()
      await studio.output(id, ({ state }) => state === 'running')
      await until('pictures arrive', () => server.video.marked > 30)
      // Not past the relay: the line that is cut is the line that is used.
      expect(await line.passed()).toBeGreaterThan(30)
      await line.cut()
      const untilMs = performance.now() + seconds * 1000
      await studio.output(id, ({ state }) => state === 'recovering')
      // Mended within the session or by a new one: nothing arrives, so *running* is not said before the line is back.
      while (performance.now() < untilMs) {
        expect((await studio.output(id, () => true)).state).not.toBe('running')
        await sleep(200)
      }
      const [pictures, sounds] = [server.video.marked, server.audio.packets]
      await line.resume()
      await until('pictures and sound arrive again', () => server.video.marked > pictures + 60 && server.audio.packets > sounds + 100, { timeoutMs: 60_000 })
      const { gaps, connects } = await studio.output(id, ({ state }) => state === 'running')
      const healed = gaps.map(({ reason, downMs, recoverMs }) => `${reason}, ${tenths(downMs)} without media, ${tenths(recoverMs)} of it for the mending that worked`)
      console.log(`  a cut ${length}: ${healed.join('; ')}; ${connects} connection${connects === 1 ? '' : 's'}; asked: ${server.asked.join(', ')}`)
      // What broke the line is put right where it broke first of all.
      expect(server.asked).toContain('PATCH restart')
      expect(gaps.length).toBeGreaterThan(0)
      expect(gaps.length).toBeGreaterThanOrEqual(connects - 1)
      expect(gaps[0]?.downMs).toBeGreaterThanOrEqual(seconds * 1000 - NOTICED_BEFORE_MS)
      // Each session but the last was ended, so that none blocks the place of the next.
      const count = (what: string) => server.asked.filter((each) => each === what).length
      expect(count('DELETE')).toBe(count('POST') - 1)
      await studio.endShow()
    } finally {
      await studio.close()
      await server.close()
      await line.close()
    }
  })
}
