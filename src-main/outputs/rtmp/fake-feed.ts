import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { BusItem, BusSubscriber } from '../../bus/bus-subscriber.ts'

/** A bus subscription for tests: unbounded, and filled by hand. */
export class FakeFeed implements BusSubscriber {
  framesDropped = 0
  readonly #items: BusItem[] = []
  readonly #waiting = new Set<() => void>()
  #closed = false

  push(...items: BusItem[]): void {
    this.#items.push(...items)
    for (const wake of this.#waiting) wake()
  }

  async next(signal: AbortSignal): Promise<BusItem> {
    for (;;) {
      signal.throwIfAborted()
      const item = this.tryNext()
      if (item) return item
      if (this.#closed) throw new StudioError('no-program')
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        this.#waiting.add(wake)
        signal.addEventListener('abort', wake)
      })
    }
  }

  tryNext(): BusItem | null {
    return this.#items.shift() ?? null
  }

  get queuedMs(): number {
    const stamps = this.#items.flatMap((item) => (item.type === 'packet' ? [item.packet.timestampUs] : []))
    return stamps.length === 0 ? 0 : (Math.max(...stamps) - Math.min(...stamps)) / 1000
  }

  get queuedBytes(): number {
    return this.#items.reduce((sum, item) => sum + (item.type === 'packet' ? item.packet.data.length : 0), 0)
  }

  get waitingReaders(): number {
    return this.#waiting.size
  }

  close(): void {
    this.#closed = true
    for (const wake of this.#waiting) wake()
  }
}

export const FAKE_HEADERS: ProgramHeaders = {
  epoch: 1,
  video: { codec: 'avc', codecString: 'avc1.42e01f', width: 640, height: 360, frameRate: 30, bitrateKbps: 800, avcC: Uint8Array.of(1, 0x42, 0xe0, 0x1f, 0xff, 0xe0, 0) },
  audio: { codec: 'aac', sampleRate: 48_000, channels: 2, bitrateKbps: 128, asc: Uint8Array.of(0x11, 0x90) },
}

export function fakePacket(kind: 'video' | 'audio', timestampMs: number, bytes = 100, key = kind === 'audio'): Packet {
  return { kind, key, timestampUs: timestampMs * 1000, durationUs: 33_333, epoch: 1, data: new Uint8Array(bytes).fill(timestampMs & 0xff) }
}
