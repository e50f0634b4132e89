import { describe, expect, it } from 'vitest'
import { systemClock } from '../base/clock.ts'
import { UsageError } from '../cli/usage.ts'
import { serveSpeedTests } from './serve-speed-tests.ts'

describe('serveSpeedTests', () => {
  it('says where it is and with which token, and ends when told', async () => {
    const ending = new AbortController()
    let said = ''
    const running = serveSpeedTests({ port: 0, clock: systemClock, write: (text) => (said += text), signal: ending.signal })
    while (!said.includes('Ctrl-C')) await systemClock.sleep(5)
    const [, port, token] = /^ {2}http:\/\/[\d.]+:(\d+)\/\?access_token=([\w-]{16})$/m.exec(said) ?? []
    const origin = `http://127.0.0.1:${port}/`
    expect((await fetch(`${origin}?access_token=${token}`)).status).toBe(200)
    expect((await fetch(origin)).status).toBe(403)
    await expect(serveSpeedTests({ port: Number(port), clock: systemClock, write() {} })).rejects.toThrow(UsageError)
    ending.abort()
    expect(await running).toBe(0)
    await expect(fetch(origin)).rejects.toThrow()
  })
})
