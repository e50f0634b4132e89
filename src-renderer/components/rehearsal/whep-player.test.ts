import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { FakePageClock } from '../../base/fake-page-clock.ts'
import { FakeWhepConnection } from './fake-whep-connection.ts'
import { WhepPlayer } from './whep-player.ts'
import { whepVerdict } from './whep-retry.ts'

interface Answer {
  status: number
  body?: string
  session?: string
  retryAfterMs?: number
}

function setUp(answers: (Answer | StudioError)[]) {
  const clock = new FakePageClock()
  const [requests, states, connections]: [string[], string[], FakeWhepConnection[]] = [[], [], []]
  const player = new WhepPlayer({ address: 'https://sfu.example.com/whep', token: 't' }, {
    clock,
    makeConnection: () => {
      const made = new FakeWhepConnection()
      connections.push(made)
      return made as unknown as RTCPeerConnection
    },
    play: async ({ method, body, session }) => {
      requests.push([method, session, body].filter(Boolean).join(' '))
      const next = method === 'DELETE' ? { status: 200 } : (answers.shift() ?? { status: 500 })
      if (next instanceof StudioError) throw next
      return { body: '', session: '', iceServers: [], retryAfterMs: null, ...next }
    },
    onState: (state, reason) => states.push(reason ? `${state} ${reason}` : state),
    onStream: () => {},
  })
  return { clock, requests, states, connections, player, last: () => connections.at(-1) as FakeWhepConnection }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve()
}

describe('WhepPlayer', () => {
  it('offers to receive both, applies the answer, plays, and gives the session back', async () => {
    const { requests, states, last, player } = setUp([{ status: 201, body: 'their answer', session: 'https://sfu.example.com/s/1' }])
    await settle()
    expect(last().log).toEqual(['audio recvonly', 'video recvonly', 'answer: their answer'])
    last().become('connected')
    expect(states).toEqual(['connecting', 'playing'])
    player.close()
    await settle()
    expect(requests).toEqual(['POST our offer', 'DELETE https://sfu.example.com/s/1'])
    expect(last().log.at(-1)).toBe('close')
  })

  it('answers a counter-offer with a connection of its own', async () => {
    const { requests, connections, last } = setUp([{ status: 406, body: 'their offer', session: 'https://sfu.example.com/s/2' }, { status: 204, session: 'https://sfu.example.com/s/2' }])
    await settle()
    expect(connections).toHaveLength(2)
    expect(connections[0]?.log.at(-1)).toBe('close')
    expect(last().log).toEqual(['offer: their offer'])
    expect(requests).toEqual(['POST our offer', 'PATCH https://sfu.example.com/s/2 our answer'])
  })

  it('waits while nothing is live, from Retry-After on and twice as long each time', async () => {
    const { clock, requests, states } = setUp([{ status: 409, retryAfterMs: 2000 }, { status: 409, retryAfterMs: 2000 }, { status: 201, body: 'a', session: 's' }])
    await settle()
    expect(states.at(-1)).toBe('waiting')
    clock.advance(1999)
    await settle()
    expect(requests).toHaveLength(1)
    clock.advance(1)
    await settle()
    expect(requests).toHaveLength(2)
    clock.advance(3999)
    await settle()
    expect(requests).toHaveLength(2)
    clock.advance(1)
    await settle()
    expect(requests).toHaveLength(3)
  })

  it('does not try a refused token again', async () => {
    const { clock, requests, states } = setUp([{ status: 401 }])
    await settle()
    expect(states).toEqual(['connecting', 'stopped token-rejected'])
    clock.advance(600_000)
    await settle()
    expect(requests).toHaveLength(1)
  })

  it('comes back after a loss, giving the old session back first', async () => {
    const { clock, requests, states, last } = setUp([{ status: 201, body: 'a', session: 's1' }, { status: 201, body: 'b', session: 's2' }])
    await settle()
    last().become('connected')
    last().become('failed')
    expect(states.at(-1)).toBe('waiting connection-lost')
    clock.advance(1000)
    await settle()
    expect(requests).toEqual(['POST our offer', 'DELETE s1', 'POST our offer'])
  })

  it('tries again when the server is not there, and when no connection comes about', async () => {
    const { clock, states, requests } = setUp([new StudioError('connection-refused'), { status: 201, body: 'a', session: 's' }, { status: 500 }])
    await settle()
    expect(states.at(-1)).toBe('waiting connection-refused')
    clock.advance(1000)
    await settle()
    clock.advance(15_000)
    expect(states.at(-1)).toBe('waiting ice-failed')
    expect(requests).toEqual(['POST our offer', 'POST our offer', 'DELETE s'])
  })

  it('says and asks nothing more once closed', async () => {
    const { clock, states, requests, player } = setUp([{ status: 409 }])
    player.close()
    await settle()
    clock.advance(600_000)
    await settle()
    expect(states).toEqual(['connecting'])
    expect(requests).toEqual(['POST our offer'])
    expect(clock.pending).toBe(0)
  })
})

describe('whepVerdict', () => {
  it('goes by the class of a status', () => {
    expect(whepVerdict(418, null, 0)).toEqual({ kind: 'stop', reason: 'offer-rejected' })
    expect(whepVerdict(599, null, 1)).toEqual({ kind: 'wait', reason: 'server-error', delayMs: 2000 })
    expect(whepVerdict(503, 90_000, 3)).toEqual({ kind: 'wait', reason: 'server-busy', delayMs: 90_000 })
    expect(whepVerdict(404, null, 9)).toEqual({ kind: 'wait', reason: 'endpoint-not-found', delayMs: 30_000 })
  })
})
