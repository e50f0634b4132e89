import { execFileSync } from 'node:child_process'
import { afterAll, describe, expect, it } from 'vitest'
import { audioPacket, fakeHeaders, fakeProgram, videoPacket } from '../../bus/fake-program.ts'
import { adtsHeader } from './adts.ts'
import { readAvcC, toAnnexB } from './annex-b.ts'
import { TsReader } from './fake-ts-reader.ts'
import { TsMuxer } from './ts-muxer.ts'
import { nullPackets } from './ts-packets.ts'
import { programAssociation, programMap } from './ts-tables.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'castwright-ts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ffprobe = (() => {
  try {
    return execFileSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8' }).includes('libx264')
  } catch {
    return false
  }
})()

describe('tables', () => {
  it('are those that FFmpeg writes for the same program', () => {
    // `ffmpeg -f lavfi … -f mpegts -mpegts_transport_stream_id 1 -mpegts_service_id 1`: the same PIDs by default.
    expect(programAssociation().toString('hex')).toBe('00b00d0001c100000001f0002ab104b2')
    expect(programMap({ video: true, audio: true }, 0).toString('hex')).toBe('02b0170001c10000e100f0001be100f0000fe101f0002f44b99b')
  })
  it('name the clock with the sound where there is no picture, and rise in version', () => {
    const map = programMap({ video: false, audio: true }, 3)
    expect(map.readUInt16BE(8) & 0x1fff).toBe(0x101)
    expect((map[5] ?? 0) >> 1 & 0x1f).toBe(3)
  })
})

describe('pictures', () => {
  const parameters = readAvcC(Uint8Array.from([1, 0x42, 0, 0x1f, 0xff, 0xe1, 0, 2, 0x67, 0x42, 1, 0, 2, 0x68, 0xce]))
  it('get start codes, and their parameter sets in front of a key frame', () => {
    expect(toAnnexB(Uint8Array.of(0, 0, 0, 2, 0x65, 9), parameters, true).toString('hex')).toBe('0000000109f00000000167420000000168ce000000016509')
    expect(toAnnexB(Uint8Array.of(0, 0, 0, 1, 0x41, 0, 0, 0, 1, 0x42), parameters, false).toString('hex')).toBe('0000000109f000000001410000000142')
  })
  it('keep the parameter sets that they bring, and lose delimiters of their own', () => {
    const own = Uint8Array.of(0, 0, 0, 2, 9, 0xf0, 0, 0, 0, 1, 0x67, 0, 0, 0, 1, 0x68, 0, 0, 0, 1, 0x65)
    expect(toAnnexB(own, parameters, true).toString('hex')).toBe('0000000109f0000000016700000001680000000165')
  })
  it('go out as one unit where their lengths make no sense', () => {
    expect(toAnnexB(Uint8Array.of(0, 0, 0, 200, 1), parameters, false).toString('hex')).toBe('0000000109f000000001000000c801')
  })
})

it('writes the header of AAC-LC, 48 kHz, stereo', () => {
  expect(Buffer.from(adtsHeader(Uint8Array.of(0x11, 0x90), 100)).toString('hex')).toBe('fff14c800d7ffc')
})

describe('the stream', () => {
  const mux = (packets: Iterable<ReturnType<typeof videoPacket>>) => {
    const muxer = new TsMuxer()
    const reader = new TsReader()
    muxer.headers(fakeHeaders())
    for (const packet of packets) reader.push(muxer.packet(packet))
    return reader
  }

  it('holds every packet, in order and without a gap, and says where a decoder may begin', () => {
    const packets = [...fakeProgram(0, 4000, 1000)]
    const reader = mux(packets)
    expect(reader.media).toEqual(packets.map(({ kind, key }) => (kind === 'video' && key ? 'key' : kind)))
    expect(reader.gaps).toBe(0)
  })
  it('carries a clock that is never ahead of any time stamp', () => {
    const reader = mux(fakeProgram(1_000_000, 1_002_000))
    expect(reader.clocksMs[0]).toBe(500)
    expect(reader.clocksMs.at(-1)).toBeCloseTo(500 + 1967, -1)
  })
  it('goes on behind 2^33 ticks of the clock', () => {
    const wrapMs = 2 ** 33 / 90
    const reader = mux([videoPacket(0, true), videoPacket(wrapMs - 500, true), videoPacket(wrapMs, true)])
    expect(reader.clocksMs.map(Math.round)).toEqual([500, 0, 500])
  })
  it('repeats its tables with each key frame and every 100 ms', () => {
    const muxer = new TsMuxer()
    muxer.headers(fakeHeaders())
    const tables = (bytes: Buffer) => bytes.readUInt16BE(1) === 0x4000
    expect(tables(muxer.packet(videoPacket(0, true)))).toBe(true)
    expect(tables(muxer.packet(videoPacket(33)))).toBe(false)
    expect(tables(muxer.packet(audioPacket(110)))).toBe(true)
    expect(tables(muxer.packet(videoPacket(120, true)))).toBe(true)
  })
  it('has nothing for a packet that no header describes', () => {
    expect(new TsMuxer().packet(videoPacket(0, true))).toHaveLength(0)
  })
  it('can be filled with packets that mean nothing', () => {
    const reader = new TsReader()
    reader.push(nullPackets(7))
    expect(reader.media).toEqual([])
  })
})

describe.skipIf(!ffprobe)('what FFmpeg reads', () => {
  it('is the picture and the sound that were given, at the times that were given', () => {
    const flv = join(folder, 'in.mp4')
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30', '-f', 'lavfi', '-i', 'sine=440:sample_rate=48000', '-t', '3', '-c:v', 'libx264', '-bf', '0', '-g', '30', '-c:a', 'aac', flv])
    const { streams, packets } = JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-of', 'json', '-show_streams', '-show_packets', '-show_data', flv], { encoding: 'utf8', maxBuffer: 1 << 26 })) as {
      streams: { extradata: string }[]
      packets: { stream_index: number; pts_time: string; flags: string; data: string }[]
    }
    const bytesOf = (dump: string) => Buffer.from(dump.split('\n').map((line) => line.slice(10, 50).replaceAll(' ', '')).join(''), 'hex')
    const muxer = new TsMuxer()
    const headers = fakeHeaders()
    if (!headers.video || !headers.audio) throw new Error('the fake has both')
    muxer.headers({ ...headers, video: { ...headers.video, avcC: bytesOf(streams[0]?.extradata ?? '') }, audio: { ...headers.audio, asc: bytesOf(streams[1]?.extradata ?? '') } })
    const output = packets.map(({ stream_index, pts_time, flags, data }) =>
      muxer.packet({ ...(stream_index === 0 ? videoPacket(0) : audioPacket(0)), key: stream_index === 1 || flags.includes('K'), timestampUs: Math.round(Number(pts_time) * 1e6) + 5e6, data: bytesOf(data) }),
    )
    const ts = join(folder, 'out.ts')
    writeFileSync(ts, Buffer.concat(output))
    const errors = execFileSync('ffmpeg', ['-v', 'warning', '-xerror', '-i', ts, '-f', 'null', '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    expect(errors).toBe('')
    const hashes = (file: string) => execFileSync('ffmpeg', ['-v', 'error', '-i', file, '-map', '0:v', '-f', 'framemd5', '-'], { encoding: 'utf8' }).split('\n').filter((line) => line.startsWith('0,')).map((line) => line.split(',').at(-1))
    expect(hashes(ts)).toEqual(hashes(flv))
    const times = (file: string, of: string) => execFileSync('ffprobe', ['-v', 'error', '-select_streams', of, '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file], { encoding: 'utf8' }).split('\n').filter(Boolean).map((line) => Number.parseFloat(line))
    for (const of of ['v', 'a']) {
      const [given, got] = [times(flv, of), times(ts, of)]
      expect(got).toHaveLength(given.length)
      const shift = (times(ts, 'v')[0] ?? 0) - (times(flv, 'v')[0] ?? 0)
      for (const [index, at] of got.entries()) expect(Math.abs(at - shift - (given[index] ?? 0))).toBeLessThan(0.002)
    }
  })
})
