import { describe, expect, it } from 'vitest'
import type { AudioHeader, VideoHeader } from '@shared/domain/packet.ts'
import { decodeMessage, type PortMessage } from '@shared/domain/wire.ts'
import { ProgramSender } from './program-sender.ts'

const VIDEO: VideoHeader = { codec: 'avc', codecString: 'avc1.4d001f', width: 1280, height: 720, frameRate: 30, bitrateKbps: 2500, avcC: Uint8Array.of(1, 2) }
const AUDIO: AudioHeader = { codec: 'aac', sampleRate: 48_000, channels: 2, bitrateKbps: 128, asc: Uint8Array.of(3) }
const chunk = (bytes: number, timestamp = 1000) =>
  ({ byteLength: bytes, timestamp, copyTo: (into: Uint8Array) => into.fill(7) }) as unknown as EncodedVideoChunk
const sound = { kind: 'audio', key: true, timestampUs: 5, durationUs: 21_333, data: Uint8Array.of(4, 5) } as const

function rig() {
  const sent: PortMessage[] = []
  let keyFrames = 0
  const sender = new ProgramSender((message) => sent.push(decodeMessage(message)), () => void keyFrames++)
  const kinds = () => sent.map((each) => (each.type === 'headers' ? `headers ${each.headers.epoch}` : `${each.packet.kind} ${each.packet.epoch}`))
  return { sender, sent, kinds, keyFrames: () => keyFrames }
}

describe('the program sender', () => {
  it('opens with one set of headers, then packets of that epoch', () => {
    const { sender, sent, kinds } = rig()
    sender.onOpen()
    sender.onCommand({ type: 'credit', bytes: 10_000 })
    sender.onStart()
    sender.setAudioHeader(AUDIO)
    sender.sendAudio(sound)
    sender.setVideoHeader(VIDEO)
    sender.sendVideo(chunk(4), true, 33_333)
    sender.sendAudio(sound)
    expect(kinds()).toEqual(['headers 2', 'video 2', 'audio 2'])
    expect(sent[0]).toMatchObject({ headers: { video: { codecString: 'avc1.4d001f' }, audio: { sampleRate: 48_000 } } })
    expect(sent[1]).toMatchObject({ packet: { key: true, timestampUs: 1000, durationUs: 33_333, data: Uint8Array.of(7, 7, 7, 7) } })
  })

  it('raises the epoch only when a header really changes', () => {
    const { sender, sent, kinds } = rig()
    sender.onOpen()
    sender.setVideoHeader(VIDEO)
    sender.setVideoHeader({ ...VIDEO, bitrateKbps: 900 })
    sender.setVideoHeader({ ...VIDEO, avcC: Uint8Array.of(9) })
    expect(kinds()).toEqual(['headers 1', 'headers 1', 'headers 2'])
    expect(sent[1]).toMatchObject({ headers: { video: { bitrateKbps: 900 } } })
  })

  it('says the headers again on a new connection, and begins there with a key frame', () => {
    const { sender, kinds, keyFrames } = rig()
    sender.onOpen()
    sender.setVideoHeader(VIDEO)
    sender.onLost()
    sender.sendVideo(chunk(4), true, 1)
    const before = keyFrames()
    sender.onOpen()
    sender.onCommand({ type: 'credit', bytes: 1000 })
    expect(keyFrames()).toBeGreaterThan(before)
    sender.sendVideo(chunk(4), false, 1)
    sender.sendVideo(chunk(4), true, 1)
    expect(kinds()).toEqual(['headers 1', 'headers 1', 'video 1'])
  })

  it('passes on that a key frame is wanted', () => {
    const { sender, keyFrames } = rig()
    sender.onCommand({ type: 'key-frame' })
    expect(keyFrames()).toBe(1)
  })
})
