import { afterEach, describe, expect, it } from 'vitest'
import type { PortCommand } from '@shared/domain/wire.ts'
import { FakeEngineClock } from '../fake-clock.ts'
import { openProgramPort, type ProgramPort } from './program-port.ts'

const open: { close(): void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

function overPort(): { port: ProgramPort; other: MessagePort; commands: PortCommand[]; opened: () => number } {
  const { port1, port2 } = new MessageChannel()
  const commands: PortCommand[] = []
  let opened = 0
  const port = openProgramPort({ kind: 'port', port: port1 }, new FakeEngineClock(), {
    onOpen: () => void opened++,
    onCommand: (command) => commands.push(command),
    onLost: () => {},
  })
  open.push(port, port2)
  return { port, other: port2, commands, opened: () => opened }
}

describe('the program over a message port', () => {
  it('sends copies: nothing is transferred, because Electron would lose the message', async () => {
    const { port, other } = overPort()
    const message = Uint8Array.of(1, 2, 3)
    const received = new Promise<unknown>((resolve) => {
      other.addEventListener('message', (event) => resolve(event.data))
      other.start()
    })
    port.send(message)
    expect(message.byteLength).toBe(3)
    expect(await received).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('is open at once and passes on what main commands, but nothing else', async () => {
    const { other, commands, opened } = overPort()
    expect(opened()).toBe(1)
    for (const message of ['no JSON', { type: 'credit', bytes: -1 }, { type: 'credit', bytes: 5 }, JSON.stringify({ type: 'key-frame' })]) other.postMessage(message)
    await expect.poll(() => commands).toEqual([{ type: 'credit', bytes: 5 }, { type: 'key-frame' }])
  })
})
