import { expect, it } from 'vitest'
import type { AudioCoderOptions } from '../audio/audio-coder.ts'
import { SoundTracks } from './sound-tracks.ts'

const open = (track: number) => ({ type: 'track-open', track, format: { bitrateKbps: 128, channels: 2 }, audio: {} as MessagePort }) as const

function setUp() {
  const log: string[] = []
  const made: AudioCoderOptions[] = []
  const sender = { sendAudio: ({ track }: { track?: number }) => void log.push(`sent ${track}`), setTracks: (count: number) => void log.push(`${count} tracks`) }
  const tracks = new SoundTracks(sender, (options) => {
    const n = made.push(options)
    return { start: () => void log.push(`start ${n}`), stop: () => {}, close: () => void log.push(`close ${n}`) }
  })
  const packet = (n: number) => made[n - 1]?.onPacket({ kind: 'audio', key: true, timestampUs: 0, durationUs: 21_333, data: new Uint8Array(1) })
  return { tracks, packet, take: () => log.splice(0) }
}

it('codes each track by itself and sends it with its number', () => {
  const { tracks, packet, take } = setUp()
  tracks.handle(open(2))
  tracks.handle(open(5))
  expect(take()).toEqual(['start 1', '1 tracks', 'start 2', '2 tracks'])
  packet(2)
  packet(1)
  expect(take()).toEqual(['sent 5', 'sent 2'])
})

it('ends a coder with its track, or when another takes its place', () => {
  const { tracks, take } = setUp()
  tracks.handle(open(2))
  tracks.handle(open(2))
  tracks.handle({ type: 'track-close', track: 2 })
  tracks.close()
  expect(take()).toEqual(['start 1', '1 tracks', 'close 1', 'start 2', '1 tracks', 'close 2', '0 tracks'])
})
