import { readFile } from 'node:fs/promises'

/**
 * How many bytes the system still holds for one TCP connection: not yet sent, or sent and not yet confirmed.
 * Linux tells it in /proc/net/tcp and tcp6 (`tx_queue`); elsewhere, and when it cannot be read, null.
 * Without it a peer that stops reading is noticed only when the system's send buffer (up to 4 MiB) is full.
 */
export async function kernelQueueBytes(localPort: number, remotePort: number): Promise<number | null> {
  if (process.platform !== 'linux') return null
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const table = await readFile(file, 'latin1').catch(() => '')
    const bytes = findTransmitQueue(table, localPort, remotePort)
    if (bytes !== null) return bytes
  }
  return null
}

/**
 * Finds a connection by its two ports; a local port is given out once per connection to one server.
 * A line reads `sl local_address rem_address st tx_queue:rx_queue …`, all numbers in hexadecimal.
 */
export function findTransmitQueue(table: string, localPort: number, remotePort: number): number | null {
  const ESTABLISHED = '01'
  const [local, remote] = [hexPort(localPort), hexPort(remotePort)]
  for (const line of table.split('\n')) {
    const [, localAddress = '', remoteAddress = '', state, queues = ''] = line.trim().split(/\s+/)
    if (state !== ESTABLISHED || !localAddress.endsWith(local) || !remoteAddress.endsWith(remote)) continue
    const bytes = Number.parseInt(queues.split(':')[0] ?? '', 16)
    return Number.isNaN(bytes) ? null : bytes
  }
  return null
}

function hexPort(port: number): string {
  return `:${port.toString(16).toUpperCase().padStart(4, '0')}`
}
