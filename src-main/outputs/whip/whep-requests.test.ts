import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { FakeWhipServer, type Reply } from './fake-whip-server.ts'
import { ANSWER, OFFER } from './sdp-sample.ts'
import { whepRequests } from './whep-requests.ts'

let server: FakeWhipServer | null = null
afterEach(() => server?.close())

async function setUp(script: Record<string, Reply[]>) {
  server = await new FakeWhipServer(script).listen()
  const { origin, asked } = server
  const { play, pageGone } = whepRequests(systemClock)
  const request = { address: `${origin}/whep/live`, token: 'viewer', method: 'POST' as const, contentType: 'application/sdp', body: OFFER, session: '' }
  return { origin, asked, pageGone, play: (changes: Partial<Omit<typeof request, 'method'>> & { method?: 'POST' | 'PATCH' | 'DELETE' } = {}) => play({ ...request, ...changes }) }
}

describe('the requests of a WHEP player', () => {
  it('an offer gets its answer, and the session’s own address for what follows', async () => {
    const { origin, asked, play } = await setUp({ POST: [{ status: 201, headers: { Location: 's/1', ETag: 'tag', Link: '<stun:a>; rel="ice-server"' }, body: ANSWER }] })
    const answer = await play()
    expect(answer).toEqual({ status: 201, body: ANSWER, session: `${origin}/whep/s/1`, iceServers: [{ urls: ['stun:a'] }], retryAfterMs: null })
    await play({ method: 'PATCH', contentType: 'application/trickle-ice-sdpfrag', body: 'x', session: answer.session })
    await play({ method: 'DELETE', contentType: '', body: '', session: answer.session })
    expect(asked.map(({ method, path, headers }) => [method, path, headers.authorization, headers['if-match']])).toEqual([
      ['POST', '/whep/live', 'Bearer viewer', undefined],
      ['PATCH', '/whep/s/1', 'Bearer viewer', 'tag'],
      ['DELETE', '/whep/s/1', 'Bearer viewer', undefined],
    ])
  })

  it('takes a user name and a password from the address where there is no token', async () => {
    const { origin, asked, play } = await setUp({ POST: [{ status: 201, headers: { Location: '/s/3' }, body: ANSWER }] })
    const address = `${origin.replace('//', '//me:hush@')}/whep/live`
    const { session } = await play({ address, token: '' })
    await play({ address, token: '', method: 'DELETE', contentType: '', body: '', session })
    expect(session).toBe(`${origin}/s/3`)
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Basic bWU6aHVzaA==', 'Basic bWU6aHVzaA=='])
  })

  it('a counter-offer is answered at the session’s address', async () => {
    const { origin, asked, play } = await setUp({ POST: [{ status: 406, headers: { Location: '/s/2' }, body: OFFER }] })
    const counter = await play()
    expect(counter).toMatchObject({ status: 406, body: OFFER, session: `${origin}/s/2` })
    expect(await play({ method: 'PATCH', body: ANSWER, session: counter.session })).toMatchObject({ status: 204, session: counter.session })
    expect(asked[1]).toMatchObject({ path: '/s/2', body: ANSWER, headers: { 'content-type': 'application/sdp' } })
  })

  it('nothing is live yet: the player is told when to ask again', async () => {
    const { play } = await setUp({ POST: [{ status: 409, headers: { 'Retry-After': '3' } }] })
    expect(await play()).toMatchObject({ status: 409, session: '', retryAfterMs: 3000 })
  })

  it('the token stays at the address that it was entered for', async () => {
    const { asked, play } = await setUp({})
    await play({ method: 'DELETE', body: '', contentType: '', address: 'http://localhost:1/whep', session: `${server?.origin}/s` })
    expect(asked[0]?.headers).not.toHaveProperty('authorization')
  })

  it('sessions of a page that is gone are ended, with their token, also one that was just being asked for', async () => {
    const { asked, play, pageGone } = await setUp({ POST: [1, 2, 3].map((each) => ({ status: 201, headers: { Location: `/s/${each}` }, body: ANSWER })) })
    const { session } = await play()
    await play()
    await play({ method: 'DELETE', contentType: '', body: '', session })
    const late = play()
    pageGone()
    await late
    const ended = () => asked.filter(({ method }) => method === 'DELETE')
    while (ended().length < 3) await systemClock.sleep(2)
    expect(ended().map(({ path, headers }) => [path, headers.authorization])).toEqual([['/s/1', 'Bearer viewer'], ['/s/2', 'Bearer viewer'], ['/s/3', 'Bearer viewer']])
  })

  it('no answer at all is a reason', async () => {
    const { play } = await setUp({ POST: ['reset'] })
    await expect(play()).rejects.toMatchObject({ reason: 'connection-lost' })
    await expect(play({ address: 'rtmp://localhost/live' })).rejects.toMatchObject({ reason: 'address-scheme-unknown' })
    await expect(play({ address: 'https://localhost/a', session: 'http://localhost/b' })).rejects.toMatchObject({ reason: 'redirect-refused' })
  })
})
