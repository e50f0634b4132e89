import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { OutputFailure } from '@shared/domain/output.ts'
import { newDestination } from '@shared/domain/destination.ts'
import { DEFAULT_IDENTITY, type Webhook } from '@shared/domain/webhook.ts'
import { signedClassic } from './classic-body.ts'
import { compose } from './compose.ts'
import { destinationFacts } from './destination-facts.ts'
import type { DestinationFacts, FinishedFile, StudioEvent } from './studio-event.ts'

const AT = 1_664_209_748_180
const NOW = AT + 8
const identity = { roomId: '8489', userId: 'ann', recordId: 'lesson 7' }
const hook = (dialect: Webhook['dialect'], groups: Webhook['groups'] = ['room', 'media', 'recording', 'push', 'ingest']): Webhook => ({
  id: 'w', name: 'School', url: 'https://school.example/notices', dialect, applicationId: '1400000123', groups, enabled: true,
})
const bodyOf = (event: StudioEvent, dialect: Webhook['dialect'], who = identity, platform = 'linux') => {
  const draft = compose(event, hook(dialect), who, NOW, platform)
  return draft && (JSON.parse(draft.body) as Record<string, unknown>)
}
const common = { RoomId: 8489, EventTs: 1_664_209_748, EventMsTs: AT }
const destination: DestinationFacts = { name: 'Main', url: 'rtmp://live.example:1935/live', host: 'live.example', app: 'live', streamId: '8888_abc', recordId: '' }
const failure: OutputFailure = { reason: 'connection-lost', evidence: 'ECONNRESET', atMs: AT }
const file: FinishedFile = { path: '/videos/a b/1400_8489_1.mp4', format: 'mp4', sizeBytes: 1000, startedAtMs: AT - 60_000, endedAtMs: AT, durationMs: 60_000, track: 'audio_video', content: 'aux' }
const state = (status: number, of: OutputFailure | null = null): StudioEvent => ({ kind: 'push-state', destination, taskId: 't1', status, failure: of, atMs: AT })

describe('room dialect', () => {
  it('tells of the room', () => {
    expect(bodyOf({ kind: 'room', type: 101, atMs: AT }, 'room')).toEqual({ EventGroupId: 1, EventType: 101, CallbackTs: NOW, EventInfo: { ...common, UserId: 'ann' } })
    expect(bodyOf({ kind: 'room', type: 102, atMs: AT }, 'room')?.['EventInfo']).toEqual(common)
    const entered = { ...common, UserId: 'ann', Role: 20, UserType: 3, Reason: 1 }
    for (const [platform, terminal] of [['linux', 4], ['win32', 1], ['darwin', 100]] as const) {
      expect(bodyOf({ kind: 'room', type: 103, reason: 1, atMs: AT }, 'room', identity, platform)?.['EventInfo']).toEqual({ ...entered, TerminalType: terminal })
    }
    expect(bodyOf({ kind: 'room', type: 104, reason: 2, atMs: AT }, 'room')?.['EventInfo']).toEqual({ ...common, UserId: 'ann', Role: 20, Reason: 2 })
  })

  it.each([201, 202, 203, 204, 205, 206] as const)('tells of media: %i', (type) => {
    expect(bodyOf({ kind: 'media', type, atMs: AT }, 'room')).toEqual({ EventGroupId: 2, EventType: type, CallbackTs: NOW, EventInfo: { ...common, UserId: 'ann', Reason: 0 } })
  })

  it.each<[StudioEvent, object | null]>([
    [{ kind: 'recording', taskId: 'r', type: 301, failed: false, atMs: AT }, { Status: 0 }],
    [{ kind: 'recording', taskId: 'r', type: 301, failed: true, atMs: AT }, { Status: 1 }],
    [{ kind: 'recording', taskId: 'r', type: 302, why: 'stopped', atMs: AT }, { LeaveCode: 0 }],
    [{ kind: 'recording', taskId: 'r', type: 302, why: 'idle', atMs: AT }, { LeaveCode: 99 }],
    [{ kind: 'recording', taskId: 'r', type: 302, why: 'timed-out', atMs: AT }, { LeaveCode: 100 }],
    [{ kind: 'recording', taskId: 'r', type: 304, path: '/videos/a.m3u8', atMs: AT }, { FileList: 'a.m3u8' }],
    [{ kind: 'recording', taskId: 'r', type: 307, path: '/videos/a.ts', beginMs: AT, track: 'audio', atMs: AT }, { FileName: 'a.ts', UserId: 'ann', TrackType: 'audio', BeginTimeStamp: AT }],
    [{ kind: 'recording', taskId: 'r', type: 310, file, atMs: AT }, {
      Status: 0, FileList: ['1400_8489_1.mp4'],
      FileMessage: [{ FileName: '1400_8489_1.mp4', UserId: 'ann', TrackType: 'audio_video', MediaId: 'aux', StartTimeStamp: AT - 60_000, EndTimeStamp: AT }],
    }],
    [{ kind: 'recording', taskId: 'r', type: 310, file: { ...file, format: 'flv' }, atMs: AT }, null],
  ])('tells of recordings: %o', (event, payload) => {
    const body = bodyOf(event, 'room')
    const type = 'type' in event ? event.type : 0
    expect(body).toEqual(payload && { EventGroupId: 3, EventType: type, CallbackTs: NOW, EventInfo: { ...common, UserId: 'ann', TaskId: 'r', Payload: payload } })
  })

  it('tells of a destination by the number of its state', () => {
    expect(bodyOf(state(2), 'room')).toEqual({
      EventGroupId: 4, EventType: 401, CallbackTs: NOW,
      EventInfo: { ...common, UserId: 'ann', RoomType: 0, TaskId: 't1', Payload: { Url: 'rtmp://live.example:1935/live', Status: 2, ErrorCode: 0, ErrorMsg: '' } },
    })
    expect(bodyOf(state(3, failure), 'room')).toMatchObject({ EventInfo: { Payload: { Status: 3, ErrorCode: -1, ErrorMsg: 'connection-lost: The connection broke off.' } } })
    const refused = { ...failure, reason: 'connect-rejected' as const, serviceCode: '20406' }
    expect(bodyOf(state(4, refused), 'room')).toMatchObject({ EventInfo: { Payload: { ErrorCode: 20_406, ErrorMsg: 'connect-rejected: The account is in arrears.' } } })
  })

  it.each([['4294967295', 4_294_967_295, 0], ['4294967296', '4294967296', 1], ['0', '0', 1], ['007', '007', 1], ['class 3b', 'class 3b', 1]])('room %s', (roomId, id, type) => {
    expect(bodyOf(state(0), 'room', { ...identity, roomId })).toMatchObject({ EventInfo: { RoomId: id, RoomType: type } })
  })

  it('tells of streams from outside with a time of another name', () => {
    expect(bodyOf({ kind: 'ingest', type: 701, url: 'rtmp://cam/live', status: 2, atMs: AT }, 'room')).toEqual({
      EventGroupId: 7, EventType: 701, CallbackMsTs: NOW, EventInfo: { ...common, UserId: 'ann', Payload: { Url: 'rtmp://cam/live', Status: 2 } },
    })
  })
})

describe('classic dialect', () => {
  const stream = (started: boolean, of: OutputFailure | null = null): StudioEvent => ({ kind: 'stream', started, destination, sequence: '77', failure: of, atMs: AT })

  it('tells of a stream that started and broke off', () => {
    const same = {
      stream_id: '8888_abc', channel_id: '8888_abc', app: 'live.example', appname: 'live', appid: 1_400_000_123, stream_param: 'recordId=lesson%207',
      event_time: 1_664_209_748, sequence: '77', node: '', user_ip: '',
    }
    expect(bodyOf(stream(true), 'classic')).toEqual({ event_type: 1, ...same, errcode: 0, errorcode: 0, errmsg: '' })
    expect(bodyOf(stream(false, failure), 'classic')).toEqual({ event_type: 0, ...same, errcode: -1, errorcode: -1, errmsg: 'connection-lost: The connection broke off.' })
  })

  it('tells of files and snapshots', () => {
    expect(bodyOf({ kind: 'recording', taskId: 'r', type: 310, file, atMs: AT }, 'classic')).toEqual({
      event_type: 100, stream_id: '8489', channel_id: '8489', file_id: '1400_8489_1.mp4', file_format: 'mp4', file_size: 1000, video_url: 'file:///videos/a%20b/1400_8489_1.mp4',
      start_time: 1_664_209_688, end_time: 1_664_209_748, duration: 60, stream_param: 'recordId=lesson%207',
    })
    expect(bodyOf({ kind: 'snapshot', path: '/videos/a.png', sizeBytes: 5, width: 1280, height: 720, atMs: AT }, 'classic', DEFAULT_IDENTITY)).toMatchObject({
      event_type: 200, stream_id: 'studio', create_time: 1_664_209_748, file_size: 5, width: 1280, height: 720, pic_url: 'file:///videos/a.png', stream_param: '',
    })
  })

  it('is signed at the moment it is sent, for ten minutes', () => {
    const sent = JSON.parse(signedClassic({ event_type: 1 }, 'key', 1_000_999)) as Record<string, unknown>
    expect(sent).toEqual({ t: 1600, sign: createHash('md5').update('key1600').digest('hex'), event_type: 1 })
  })
})

it('tells each address only what it asked for and has words for', () => {
  const event: StudioEvent = { kind: 'media', type: 201, atMs: AT }
  expect(compose(event, hook('room', ['room', 'push']), identity, NOW, 'linux')).toBeNull()
  expect(compose(event, hook('classic'), identity, NOW, 'linux')).toBeNull()
  expect(compose(state(2), hook('classic'), identity, NOW, 'linux')).toBeNull()
  expect(compose({ kind: 'stream', started: true, destination, sequence: '1', failure: null, atMs: AT }, hook('room'), identity, NOW, 'linux')).toBeNull()
})

describe('destinationFacts', () => {
  const rtmp = newDestination({ id: 'd1', name: 'Main', kind: 'rtmp', address: 'rtmp://live.example/live', enabled: true })

  it('names a stream only where its name alone opens nothing', () => {
    expect(destinationFacts(rtmp, 's3cret-key')).toEqual({ name: 'Main', url: 'rtmp://live.example:1935/live', host: 'live.example', app: 'live', streamId: 'd1', recordId: '' })
    const signed = destinationFacts(rtmp, '8888_abc?txSecret=1234abcd&txTime=579ACB15&recordId=r%201')
    expect(signed).toMatchObject({ streamId: '8888_abc', recordId: 'r 1' })
    expect(JSON.stringify([signed, destinationFacts(rtmp, 's3cret-key')])).not.toMatch(/1234abcd|s3cret|579ACB15/)
  })

  it('knows every kind', () => {
    const facts = (kind: typeof rtmp.kind, address: string) => destinationFacts({ ...rtmp, kind, address }, 'k')
    expect(facts('rehearsal', '')).toMatchObject({ url: 'rehearsal', streamId: 'd1' })
    expect(facts('whip', 'https://u:p@whip.example:8443/whip/room?token=x')).toMatchObject({ url: 'https://whip.example:8443/whip/room', host: 'whip.example', app: 'whip' })
    const inPath = facts('whip', 'https://whip.example/0f3a9c2b7d1e4f5a8b6c/webRTC/publish')
    expect(inPath).toMatchObject({ url: 'https://whip.example/***/webRTC/publish', host: 'whip.example' })
    expect(JSON.stringify(inPath)).not.toContain('0f3a9c')
    expect(facts('srt', 'srt://srt.example:9000?streamid=x')).toMatchObject({ url: 'srt://srt.example:9000', host: 'srt.example' })
    expect(facts('hls', '/home/ann/hls')).toMatchObject({ url: '', host: '', app: '' })
    expect(facts('rtmp', 'nonsense')).toMatchObject({ url: '' })
  })
})
