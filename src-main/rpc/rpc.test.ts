import { createServer } from 'node:http'
import type { Channel } from '@shared/contracts/messages.ts'
import { memoryChannelPair } from '@shared/contracts/memory-channel.ts'
import { call, nothing, service } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { z } from 'zod'
import { connect } from '../../src-renderer/bridge/connect.ts'
import { portChannel } from '../../src-renderer/bridge/port-channel.ts'
import { openSocketChannel } from '../../src-renderer/bridge/socket-channel.ts'
import type { Logger } from '../base/logger.ts'
import { rpcChannel as overSocket } from '../host/browser/socket-channel.ts'
import { asMainPort, fakePortPair } from '../host/electron/fake-electron.ts'
import { rpcChannel as overPort } from '../host/electron/port-channel.ts'
import { serve } from './serve.ts'
import { Topic } from './topic.ts'

const kitchen = service('kitchen', {
  calls: {
    cook: call(z.object({ dish: z.string().min(1), minutes: z.int().max(90).default(10) }), z.object({ text: z.string() })),
    wait: call(z.object({}), nothing),
    burn: call(z.object({ how: z.enum(['known', 'bug', 'wrong-output']) }), z.object({ ok: z.boolean() })),
  },
  topics: { menu: z.array(z.string()), heat: z.object({ celsius: z.number() }) },
})
const cellar = service('cellar', { calls: { fetch: call(z.object({}), z.object({ wine: z.string() })) }, topics: {} })

interface Ends {
  main: Channel
  page: Channel
  close(): Promise<void> | void
}

/** A page and its main process, joined by what really carries their messages. */
const transports: Record<string, () => Promise<Ends>> = {
  'in memory': () => {
    const [main, page] = memoryChannelPair()
    return Promise.resolve({ main, page, close() {} })
  },
  'over a WebSocket': async () => {
    const http = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => http.once('listening', resolve))
    const server = new WebSocketServer({ server: http })
    const main = new Promise<Channel>((resolve) => server.once('connection', (socket) => resolve(overSocket(socket))))
    const { port } = http.address() as { port: number }
    const page = await openSocketChannel(`ws://127.0.0.1:${port}`)
    return {
      main: await main,
      page,
      async close() {
        for (const client of server.clients) client.terminate()
        await new Promise((resolve) => http.close(resolve))
      },
    }
  },
  "over Electron's ports": () => {
    const [mine, its] = fakePortPair()
    const port = {
      postMessage: (message: unknown) => its.postMessage(message),
      start: () => its.start(),
      close: () => its.close(),
      addEventListener: (name: string, handler: (event: unknown) => void) => its.on(name, handler),
    }
    return Promise.resolve({ main: overPort(asMainPort(mine)), page: portChannel(port), close() {} })
  },
}

describe.each(Object.entries(transports))('a contract %s', (_name, join) => {
  let ends: Ends
  let menu: Topic<string[]>
  let heat: Topic<{ celsius: number }>
  const logged: string[] = []
  const received: unknown[] = []
  let release: () => void
  const note = (message: string, fields?: Record<string, unknown>): void => void logged.push(`${message} ${JSON.stringify(fields ?? {})}`)
  const log: Logger = { debug: note, info: note, warn: note, error: note, child: () => log }

  beforeEach(async () => {
    logged.length = 0
    received.length = 0
    ends = await join()
    menu = new Topic(['soup'])
    heat = new Topic({ celsius: 20 })
    serve(ends.main, [
      [
        kitchen,
        {
          cook(input) {
            received.push(input)
            return { text: `${input.dish} in ${input.minutes}` }
          },
          wait: () => new Promise<void>((resolve) => (release = resolve)),
          burn({ how }) {
            if (how === 'known') throw new StudioError('disk-full', 'no room left')
            if (how === 'bug') throw new TypeError('secret /home/me is not a function')
            return { ok: 'yes' } as never
          },
        },
        { menu, heat },
      ],
      [cellar, { fetch: () => Promise.resolve({ wine: 'red' }) }, {}],
    ], log)
  })
  afterEach(() => ends.close())

  it('answers calls, with defaults filled in once', async () => {
    expect(await connect(kitchen, ends.page).cook({ dish: 'soup' })).toEqual({ text: 'soup in 10' })
    expect(received).toEqual([{ dish: 'soup', minutes: 10 }])
  })

  it('answers each call of each client with its own answer', async () => {
    const [one, two] = [connect(kitchen, ends.page), connect(kitchen, ends.page)]
    const answers = await Promise.all([one.cook({ dish: 'a' }), two.cook({ dish: 'b' }), connect(cellar, ends.page).fetch({}), one.cook({ dish: 'c' })])
    expect(answers).toEqual([{ text: 'a in 10' }, { text: 'b in 10' }, { wine: 'red' }, { text: 'c in 10' }])
  })

  it('may answer nothing, and later than others', async () => {
    const client = connect(kitchen, ends.page)
    const waiting = client.wait({})
    await client.cook({ dish: 'soup' })
    release()
    expect(await waiting).toBeUndefined()
  })

  it('rejects with the reason and evidence of main', async () => {
    const error = await connect(kitchen, ends.page).burn({ how: 'known' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StudioError)
    expect(error).toMatchObject({ reason: 'disk-full', evidence: 'no room left' })
    expect(logged).toEqual([])
  })

  it.each(['bug', 'wrong-output'] as const)('keeps the details of a %s to the log', async (how) => {
    await expect(connect(kitchen, ends.page).burn({ how })).rejects.toMatchObject({ reason: 'unexpected', evidence: 'kitchen.burn' })
    expect(logged.join()).toContain('kitchen.burn failed unexpectedly')
    expect(logged.join()).toContain('stack')
  })

  it('refuses an input that does not fit before it is sent, and main refuses it too', async () => {
    await expect(connect(kitchen, ends.page).cook({ dish: '' })).rejects.toMatchObject({ reason: 'input-invalid' })
    const loose = service('kitchen', { calls: { cook: call(z.unknown(), z.unknown()) }, topics: {} })
    await expect(connect(loose, ends.page).cook({ dish: 'x', minutes: 'hunter2' })).rejects.toMatchObject({
      reason: 'input-invalid',
      evidence: expect.stringMatching(/^minutes: (?!.*hunter2)/) as string,
    })
    expect(received).toEqual([])
  })

  it('refuses calls and services that are not in it', async () => {
    const other = (name: string, callName: string) => connect(service(name, { calls: { [callName]: call(z.unknown(), z.unknown()) }, topics: {} }), ends.page)
    await expect(other('kitchen', 'constructor')['constructor']?.({})).rejects.toMatchObject({ reason: 'not-found' })
    await expect(other('kitchen', '__proto__x')['__proto__x']?.({})).rejects.toMatchObject({ reason: 'not-found' })
    await expect(other('attic', 'cook')['cook']?.({})).rejects.toMatchObject({ reason: 'not-found' })
  })

  it('survives messages that are none', async () => {
    for (const message of [null, 7, 'text', [], {}, { type: 'call' }, { type: 'call', id: 'x', service: 'kitchen', call: 'cook', input: {} }, { type: 'watch', service: 'kitchen', topic: 'toString' }]) ends.page.send(message)
    expect(await connect(kitchen, ends.page).cook({ dish: 'soup' })).toEqual({ text: 'soup in 10' })
    expect(received).toHaveLength(1)
  })

  it('tells a topic at once, then every change, to each who watches', async () => {
    const client = connect(kitchen, ends.page)
    const first: string[][] = []
    const second: string[][] = []
    const stop = client.watch('menu', (state) => first.push(state))
    await expect.poll(() => first).toEqual([['soup']])
    menu.set(['soup', 'fish'])
    await expect.poll(() => first.at(-1)).toEqual(['soup', 'fish'])
    client.watch('menu', (state) => second.push(state))
    await expect.poll(() => second).toEqual([['soup', 'fish']])
    stop()
    menu.set([])
    await expect.poll(() => second.at(-1)).toEqual([])
    expect(first).toHaveLength(2)
  })

  it('stops sending what nobody watches, and starts again with the newest state', async () => {
    const client = connect(kitchen, ends.page)
    const states: number[] = []
    const watch = () => client.watch('heat', ({ celsius }) => states.push(celsius))
    const stop = watch()
    await expect.poll(() => states).toEqual([20])
    stop()
    await client.cook({ dish: 'soup' })
    heat.set({ celsius: 30 })
    heat.set({ celsius: 40 })
    watch()
    await expect.poll(() => states).toEqual([20, 40])
  })

  it('ends with the channel: waiting calls are rejected, topics are let go', async () => {
    const client = connect(kitchen, ends.page)
    let watched = 0
    client.watch('menu', () => watched++)
    await expect.poll(() => watched).toBe(1)
    const waiting = client.wait({})
    waiting.catch(() => {})
    await client.cook({ dish: 'soup' })
    const closed = new Promise<void>((resolve) => ends.main.onClose(resolve))
    ends.main.close()
    await expect(waiting).rejects.toMatchObject({ reason: 'connection-lost' })
    await closed
    await expect(client.cook({ dish: 'late' })).rejects.toMatchObject({ reason: 'connection-lost' })
    menu.set(['never told'])
    release()
    await new Promise((resolve) => setImmediate(resolve))
    expect(watched).toBe(1)
  })
})
