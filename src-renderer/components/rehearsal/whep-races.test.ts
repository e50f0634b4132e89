import { describe, expect, it } from 'vitest'
import { FakePageClock } from '../../base/fake-page-clock.ts'
import { FakeWhepConnection } from './fake-whep-connection.ts'
import { WhepPlayer } from './whep-player.ts'

type Answer = { status: number; body: string; session: string; iceServers: never[]; retryAfterMs: null }

const answer = (status: number, session: string): Answer => ({ status, body: 'sdp', session, iceServers: [], retryAfterMs: null })

/** Each request waits until the test answers it. */
function setUp() {
  const clock = new FakePageClock()
  const requests: string[] = []
  const waiting: ((answer: Answer) => void)[] = []
  const connections: FakeWhepConnection[] = []
  const player = new WhepPlayer({ address: 'https://sfu.example.com/whep', token: 't' }, {
    clock,
    makeConnection: () => {
      const made = new FakeWhepConnection()
      connections.push(made)
      return made as unknown as RTCPeerConnection
    },
    play: ({ method, session }) => {
      requests.push(`${method} ${session}`.trim())
      return new Promise((resolve) => (method === 'DELETE' ? resolve(answer(200, session)) : waiting.push(resolve)))
    },
    onState: () => {},
    onStream: () => {},
  })
  return { clock, requests, waiting, player, connections }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve()
}

describe('WhepPlayer, when things take their time', () => {
  it('gives back a session that is answered after it has given up waiting, and keeps the one that it has', async () => {
    const { clock, requests, waiting, connections } = setUp()
    await settle()
    clock.advance(15_000)
    clock.advance(1000)
    await settle()
    expect(requests).toEqual(['POST', 'POST'])
    waiting[1]?.(answer(201, 'second'))
    await settle()
    waiting[0]?.(answer(201, 'first'))
    await settle()
    expect(requests).toEqual(['POST', 'POST', 'DELETE first'])
    expect(connections[1]?.log).toContain('answer: sdp')
    expect(connections[0]?.log).not.toContain('answer: sdp')
  })

  it('says nothing of a counter-offer that it is closed over', async () => {
    const { clock, requests, waiting, player, connections } = setUp()
    FakeWhepConnection.gathers = false
    try {
      await settle()
      clock.advance(500)
      await settle()
      waiting[0]?.(answer(406, 'theirs'))
      await settle()
      player.close()
      clock.advance(500)
      await settle()
      expect(requests).toEqual(['POST', 'DELETE theirs'])
      expect(connections.at(-1)?.log.at(-1)).toBe('close')
    } finally {
      FakeWhepConnection.gathers = true
    }
  })

  it('waits for a connection from the server’s word on, not from its own', async () => {
    const { clock, requests, waiting } = setUp()
    await settle()
    clock.advance(14_000)
    waiting[0]?.(answer(201, 'slow'))
    await settle()
    clock.advance(14_000)
    await settle()
    expect(requests).toEqual(['POST'])
    clock.advance(1000)
    await settle()
    expect(requests).toEqual(['POST', 'DELETE slow'])
  })
})
