import { writeFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import type { WhipPeer } from '../src-shared/contracts/whip.ts'
import { serveBrowserCheck } from './fixtures/browser-check.ts'
import { PageBrowser } from './fixtures/page-browser.ts'
import { until } from './fixtures/until.ts'

// The page's half of WHIP in a real browser: program tracks → peer → another peer of the same page, which decodes.

interface Seen {
  offers: string[]
  answers: string[]
  candidates: string[]
  connections: string[]
  failures: string[]
  restarts: number
  firstAcknowledgedMs: number | null
  figures: { packetsAcknowledged: number; framesSent: number; bytesSent: number; bitrateKbps: number; codec: string | null; width: number | null; height: number | null; fps: number | null; rttMs: number | null } | null
}
interface Inbound {
  framesDecoded: number
  frameWidth: number
  frameHeight: number
  packetsReceived: number
}

let served: Awaited<ReturnType<typeof serveBrowserCheck>>
let browser: PageBrowser
let complaints: string[]

test.beforeAll(async () => {
  served = await serveBrowserCheck('src-renderer/engine/whip/whip.browser-check.ts')
})
test.afterAll(async () => {
  await served?.close()
})
test.beforeEach(async () => {
  browser = await PageBrowser.open()
  complaints = []
  browser.page.on('console', (message) => {
    if (message.type() === 'warning' || message.type() === 'error') complaints.push(message.text())
  })
  await browser.page.goto(served.url)
  await until('the engine is there', () => browser.page.evaluate('window.check !== undefined'))
})
test.afterEach(async () => {
  await browser?.close()
})

const wish = (changes: Partial<WhipPeer> = {}): WhipPeer => ({
  peerId: 'peer-1', destinationId: 'd', content: 'mix', videoCodec: 'h264', degradation: 'maintain-resolution', startKbps: 1500, maxKbps: 2000, audioKbps: 128, floor: { kbps: 500, frameRate: 30 }, restart: 0, iceServers: [], relayOnly: false, ...changes,
})
const page = (): Page => browser.page
const seen = (): Promise<Seen> => page().evaluate('window.check.state()')
const peers = (...all: WhipPeer[]): Promise<void> => page().evaluate(`window.check.peers(${JSON.stringify(all)})`)
const received = (): Promise<{ video: Inbound | null; audio: Inbound | null; videoCodec: { mimeType: string; sdpFmtpLine?: string } | null}> => page().evaluate('window.check.received()')
const composed = (): Promise<number> => page().evaluate('window.check.composed()')

async function decoded(moreThan: number): Promise<Awaited<ReturnType<typeof received>>> {
  return until(`${moreThan} frames are decoded`, async () => {
    const now = await received()
    return (now.video?.framesDecoded ?? 0) > moreThan && (now.audio?.packetsReceived ?? 0) > moreThan ? now : null
  }, { timeoutMs: 30_000 }).catch(async (error: unknown) => {
    throw new Error(`${String(error)} ${JSON.stringify({ ...(await seen()), offers: 0, answers: 0 })}`)
  })
}

test('nothing is composed for peers until one is wanted, and nothing after the last is gone', async () => {
  const idle = await composed()
  await peers(wish())
  await decoded(60)
  await until('the engine reports what it composes', async () => (await composed()) > idle + 30)
  await peers()
  let [before, same] = [await composed(), 0]
  await until('composing has stopped', async () => {
    const now = await composed()
    same = now === before ? same + 1 : 0
    before = now
    return same >= 40
  })
  expect((await seen()).failures).toEqual([])
  expect(complaints).toEqual([])
})

for (const [videoCodec, mimeType] of [['h264', 'video/H264'], ['vp8', 'video/VP8'], ['vp9', 'video/VP9'], ['av1', 'video/AV1']] as const) {
  test(`${videoCodec}: pictures of the right size, stereo sound, honest figures`, async () => {
    await peers(wish({ videoCodec }))
    const { video, videoCodec: codec } = await decoded(90)
    expect(video).toMatchObject({ frameWidth: 640, frameHeight: 360 })
    expect(codec?.mimeType).toBe(mimeType)
    const sent = await page().evaluate<{ type: string; mimeType?: string; sdpFmtpLine?: string }[]>('window.check.sent()')
    if (process.env['WHIP_STATS']) await writeFile(process.env['WHIP_STATS'], JSON.stringify(sent))
    expect(sent.find((each) => each.type === 'codec' && each.mimeType === 'audio/opus')?.sdpFmtpLine).toMatch(/(?=.*stereo=1)(?=.*useinbandfec=1)/)
    const { video: sender } = await page().evaluate<Record<string, { degradationPreference?: string; encodings: { maxBitrate: number }[] }>>('window.check.parameters()')
    expect(sender).toMatchObject({ degradationPreference: 'maintain-resolution', encodings: [{ maxBitrate: 2_000_000 }] })
    const { figures, offers, answers, failures, connections } = await until('figures with acknowledged packets', async () => {
      const now = await seen()
      return (now.figures?.packetsAcknowledged ?? 0) > 50 ? now : null
    })
    expect(figures).toMatchObject({ width: 640, height: 360 })
    expect(figures?.codec).toContain(mimeType.slice(6))
    expect(figures?.framesSent).toBeGreaterThan(60)
    expect(figures?.bitrateKbps).toBeGreaterThan(50)
    expect(failures).toEqual([])
    expect(connections.at(-1)).toBe('connected connected connected')
    const offer = offers[0] ?? ''
    expect(offer.match(/^a=rtcp-mux-only/gm)).toHaveLength(2)
    expect(offer.match(/^a=setup:actpass/gm)).toHaveLength(2)
    expect(offer.match(/^a=sendonly/gm)).toHaveLength(2)
    expect(new Set([...offer.matchAll(/^a=msid:(\S+)/gm)].map((each) => each[1])).size).toBe(1)
    expect(offer).toContain('useinbandfec=1')
    expect(answers).toHaveLength(1)
    if (videoCodec === 'h264') expect([...offer.matchAll(/profile-level-id=(....)/g)].map((each) => each[1])).toEqual(['42e0', '4d00'])
  })
}

test('the user’s floor is obeyed: fewer pictures below it, no lower rate where it is switched off, over the same session', async () => {
  const encoding = async () => (await page().evaluate<Record<string, { encodings: { maxFramerate?: number }[] }>>('window.check.parameters()'))['video']?.encodings[0]
  const fps = async () => (await seen()).figures?.fps ?? 0
  await peers(wish())
  await decoded(60)
  expect((await encoding())?.maxFramerate).toBeUndefined()
  // More than the line can be found to take: the ceiling is 2000 kbit/s.
  await peers(wish({ floor: { kbps: 4000, frameRate: 30 } }))
  await until('every second picture is coded', async () => (await encoding())?.maxFramerate === 15 && (await fps()) > 5 && (await fps()) < 20)
  await peers(wish({ floor: null }))
  await until('all are coded again', async () => (await encoding())?.maxFramerate === undefined && (await fps()) > 20)
  await decoded(((await received()).video?.framesDecoded ?? 0) + 60)
  const { offers, failures, connections } = await seen()
  expect([offers.length, failures, connections.at(-1)]).toEqual([1, [], 'connected connected connected'])
})

test('an ICE restart keeps the session, its media and its counters', async () => {
  await peers(wish())
  await decoded(60)
  const before = await seen()
  const framesBefore = (await received()).video?.framesDecoded ?? 0
  await peers(wish({ restart: 1 }))
  await until('the page has restarted', async () => (await seen()).restarts === 1)
  await decoded(framesBefore + 90)
  const after = await seen()
  const ufrag = (sdp = '') => /a=ice-ufrag:(\S+)/.exec(sdp)?.[1]
  expect(ufrag(after.offers[1])).not.toBe(ufrag(after.offers[0]))
  expect(after.figures?.framesSent).toBeGreaterThan(before.figures?.framesSent ?? 0)
  expect(after.failures).toEqual([])
})

test('a restart that the server refuses leaves the session as it was', async () => {
  await peers(wish())
  await decoded(60)
  const framesBefore = (await received()).video?.framesDecoded ?? 0
  await page().evaluate('window.check.refuseRestarts()')
  await peers(wish({ restart: 1 }))
  await until('the page has tried', async () => (await seen()).restarts === 1)
  await decoded(framesBefore + 90)
  expect((await seen()).failures).toEqual([])
})

test('the ceiling is changed on the living connection', async () => {
  await peers(wish({ maxKbps: 2000 }))
  await decoded(60)
  await peers(wish({ maxKbps: 150 }))
  await until('the rate has come down', async () => ((await seen()).figures?.bitrateKbps ?? 9999) < 150 + 128 + 60, { timeoutMs: 30_000 })
  expect((await seen()).offers).toHaveLength(1)
})

test('two peers share one program, and one that goes leaves the other', async () => {
  await peers(wish(), wish({ peerId: 'peer-2', videoCodec: 'vp8' }))
  await until('both have offered', async () => (await seen()).answers.length === 2)
  await peers(wish({ peerId: 'peer-2', videoCodec: 'vp8' }))
  await decoded(60)
  expect(complaints).toEqual([])
})

test('a single source takes the mix’s place and gives it back, with its own size and colour, without another offer', async () => {
  const shows = (width: number, isRed: boolean) =>
    until(`the far side shows ${width} pixels, ${isRed ? '' : 'not '}red`, async () => {
      const [red = 0, green = 0, blue = 0] = await page().evaluate<number[]>('window.check.colour()')
      return (await received()).video?.frameWidth === width && isRed === (red > 150 && green < 70 && blue < 70)
    }, { timeoutMs: 30_000 })
  await page().evaluate('window.check.single(true)')
  await peers(wish())
  await shows(640, false)
  await peers(wish({ content: 'main', maxKbps: 400 }))
  await shows(320, true)
  const { audio } = await received()
  await until('sound goes on', async () => ((await received()).audio?.packetsReceived ?? 0) > (audio?.packetsReceived ?? 0) + 20)
  await until('the figures are those of the single source', async () => (await seen()).figures?.width === 320)
  await peers(wish())
  await shows(640, false)
  await page().evaluate('window.check.single(false)')
  const { offers, failures } = await seen()
  expect([offers.length, failures]).toEqual([1, []])
  expect(complaints).toEqual([])
})
