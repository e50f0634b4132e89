import { describe, expect, it } from 'vitest'
import { openBridge } from './bridge.ts'
import { ElectronPorts, type PreloadDoor } from './electron-ports.ts'

/** A window as far as the bridge uses one, with a preload script that hands over real ports. */
class FakePage extends EventTarget {
  readonly location = { href: 'app://studio/', host: 'studio', origin: 'app://studio' }
  readonly origin = 'app://studio'
  readonly asked: string[] = []
  /** Main's ends, in the order in which they were handed over. */
  readonly mainEnds: MessagePort[] = []
  readonly castwrightDoor: PreloadDoor = {
    connect: (purpose) => {
      this.asked.push(purpose)
      queueMicrotask(() => this.handOver(purpose))
    },
  }

  handOver(purpose: string, from: { source?: unknown; origin?: string } = {}): MessagePort {
    const { port1, port2 } = new MessageChannel()
    const event = Object.assign(new Event('message'), { data: { castwrightPort: purpose }, source: from.source ?? this, origin: from.origin ?? this.origin, ports: [port2] })
    this.mainEnds.push(port1)
    this.dispatchEvent(event)
    return port1
  }
}

const nextMessage = (port: MessagePort): Promise<unknown> =>
  new Promise((resolve) => {
    port.addEventListener('message', (event) => resolve(event.data), { once: true })
    port.start()
  })

describe('the bridge under Electron', () => {
  const open = async () => {
    const page = new FakePage()
    const bridge = await openBridge(page as unknown as Window)
    const [rpc, program] = page.mainEnds
    if (!rpc || !program) throw new Error('no ports were handed over')
    return { page, bridge, rpc, program }
  }

  it('calls main over the port that it was given', async () => {
    const { bridge, rpc } = await open()
    const asked = nextMessage(rpc)
    const answer = bridge.studio.networkUp({})
    expect(await asked).toMatchObject({ type: 'call', service: 'studio', call: 'networkUp' })
    rpc.postMessage({ type: 'result', id: 1, output: undefined })
    expect(await answer).toBeUndefined()
    rpc.close()
  })

  it('hands the engine a program port at once, says that it is the one in use, and asks for the next', async () => {
    const { page, bridge, rpc, program } = await open()
    expect(page.asked).toEqual(['rpc', 'program'])
    const opened = nextMessage(program)
    expect(bridge.engineLink.programPort()).toMatchObject({ kind: 'port' })
    expect(() => bridge.engineLink.programPort()).toThrow(expect.objectContaining({ reason: 'too-soon' }) as Error)
    expect(await opened).toBe('open')
    expect(page.asked).toEqual(['rpc', 'program', 'program'])
    expect(bridge.engineLink.programPort()).toMatchObject({ kind: 'port' })
    for (const port of page.mainEnds) port.close()
    rpc.close()
  })

  it('hands the engine a port for a single stream, besides the one of the mix', async () => {
    const { page, bridge, rpc, program } = await open()
    const port = bridge.engineLink.singlePort('aux')
    const single = await expect.poll(() => page.mainEnds[2]).toBeDefined().then(() => page.mainEnds[2] as MessagePort)
    const [opened, transport] = [nextMessage(single), await port]
    expect(transport).toMatchObject({ kind: 'port' })
    expect(await opened).toBe('open aux')
    const mix = nextMessage(program)
    bridge.engineLink.programPort()
    expect(await mix).toBe('open')
    for (const each of page.mainEnds) each.close()
    rpc.close()
  })

  it('tells when main is gone, also to those who ask late', async () => {
    const { bridge, rpc } = await open()
    const lost = new Promise((resolve) => bridge.onLost(resolve))
    rpc.close()
    expect(await lost).toBe('ended')
    expect(await new Promise((resolve) => bridge.onLost(resolve))).toBe('ended')
    await expect(bridge.broadcast.end({})).rejects.toMatchObject({ reason: 'connection-lost' })
  })

  it('tells main that the network is back', async () => {
    const { page, rpc } = await open()
    const asked = nextMessage(rpc)
    page.dispatchEvent(new Event('online'))
    expect(await asked).toMatchObject({ call: 'networkUp' })
    rpc.close()
  })

  it('knows where pictures are', async () => {
    const { bridge, rpc } = await open()
    expect(bridge.assetUrl('a b')).toBe('app://studio/assets/a%20b')
    rpc.close()
  })

  it('takes ports from its own window alone', async () => {
    const page = new FakePage()
    const ports = new ElectronPorts({ connect() {} }, page as unknown as Window)
    const opening = ports.open()
    page.handOver('rpc', { source: {} })
    page.handOver('rpc', { origin: 'https://evil.example' })
    page.handOver('other')
    const real = page.handOver('rpc')
    queueMicrotask(() => page.handOver('program'))
    const port = await opening
    const heard = nextMessage(real)
    port.postMessage('here')
    expect(await heard).toBe('here')
    for (const end of page.mainEnds) end.close()
  })
})
