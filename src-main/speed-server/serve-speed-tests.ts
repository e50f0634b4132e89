import { randomBytes } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { hostText } from '@shared/domain/address.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { UsageError } from '../cli/usage.ts'
import { TOKEN_PARAMETER } from './speed-protocol.ts'
import { SpeedServer } from './speed-server.ts'

export interface SpeedTests {
  port: number
  clock: Clock
  /** Where the addresses are told. */
  write(text: string): void
  /** Ends it, too; without it, signals alone. */
  signal?: AbortSignal
}

/** `--speed-server`: a test server and nothing else, until a signal. Answers the exit code. Throws UsageError for a taken port. */
export async function serveSpeedTests({ port, clock, write, signal }: SpeedTests): Promise<number> {
  const token = randomBytes(12).toString('base64url')
  const server = await openServer(port, token, clock)
  const addresses = reachableAddresses().map((host) => `  http://${hostText(host)}:${server.port}/?${TOKEN_PARAMETER}=${token}\n`)
  write(`The test server is ready. On the other computer, enter this address as the test server:\n${addresses.join('')}Whoever has the address can use it until the server ends (Ctrl-C); the next start makes a new one.\n`)
  if (server.udpPort !== server.port) write(`Datagrams have another port, because theirs was taken: ${server.udpPort}. A firewall must let both through.\n`)
  await ended(signal)
  await server.close()
  return 0
}

async function openServer(port: number, token: string, clock: Clock): Promise<SpeedServer> {
  try {
    return await SpeedServer.open({ host: '0.0.0.0', port, token, clock })
  } catch (error) {
    const failure = StudioError.from(error)
    throw failure.reason === 'port-taken' ? new UsageError(`--speed-server ${port}: another program uses this port; choose another one.`) : failure
  }
}

/** What others can reach this computer by, as far as it knows; this computer's own name for itself when there is nothing else. */
function reachableAddresses(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((each) => each ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address)
  return found.length > 0 ? found : ['127.0.0.1']
}

function ended(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    const onEnd = (): void => {
      for (const name of names) process.off(name, onEnd)
      resolve()
    }
    for (const name of names) process.on(name, onEnd)
    signal?.addEventListener('abort', onEnd, { once: true })
  })
}
