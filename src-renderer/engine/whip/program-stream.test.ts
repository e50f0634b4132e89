import { describe, expect, it } from 'vitest'
import { SharedProgramStream } from './program-stream.ts'

function setUp() {
  const log: string[] = []
  const shared = new SharedProgramStream(() => {
    log.push('open')
    return { stream: { id: `stream-${log.length}` } as MediaStream, flows: async () => {}, close: () => log.push('close') }
  })
  return { log, shared }
}

describe('SharedProgramStream', () => {
  it('opens for the first and closes after the last', () => {
    const { log, shared } = setUp()
    expect(log).toEqual([])
    const [a, b] = [shared.acquire(), shared.acquire()]
    expect(a.stream).toBe(b.stream)
    a.close()
    expect(log).toEqual(['open'])
    b.close()
    expect(log).toEqual(['open', 'close'])
    shared.acquire()
    expect(log).toEqual(['open', 'close', 'open'])
  })

  it('counts a user who closes twice once', () => {
    const { log, shared } = setUp()
    const [a] = [shared.acquire(), shared.acquire()]
    a.close()
    a.close()
    expect(log).toEqual(['open'])
  })
})
