import { describe, expect, it } from 'vitest'
import type { RecordedFile, RecordedShow, RecordingStatus } from '@shared/domain/recording.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { Topic } from '../rpc/topic.ts'
import { followRecorder } from './follow-recorder.ts'
import { recordingNotices } from './recording-events.ts'
import type { StudioEvent } from './studio-event.ts'

type State = Pick<RecordingStatus, 'state' | 'failure' | 'files'>

function setUp() {
  const clock = new FakeClock()
  const file = (path: string, changes: Partial<RecordedFile> = {}): RecordedFile => ({
    path, format: 'mp4', kind: 'recording', sizeBytes: 9, durationMs: 5000, startedAtMs: clock.now(), width: 1280, height: 720, condition: 'good', ...changes,
  })
  const status = new Topic<State>({ state: 'idle', failure: null, files: [] })
  const shows = new Topic<readonly RecordedShow[]>([])
  const have = (...files: RecordedFile[]) => shows.set([{ showRunId: 'run', name: '', startedAtMs: 0, files }])
  have(file('old.mp4', { startedAtMs: clock.now() - 1 }))
  const events: StudioEvent[] = []
  const texts = new Map<string, string>()
  const readText = async (path: string) => texts.get(path) ?? Promise.reject(new Error('ENOENT'))
  const stop = followRecorder({ status, shows, folder: () => '/v', readText }, recordingNotices((event) => events.push(event)), clock)
  const go = (state: RecordingStatus['state'], failure?: { reason: 'recording-idle' | 'disk-full'; atMs: number }) => status.set({ ...status.value, state, failure: failure ? { ...failure, evidence: '' } : status.value.failure })
  return { clock, file, status, texts, have, go, stop, events, types: () => events.map((event) => (event.kind === 'recording' ? event.type : event.kind)) }
}

describe('followRecorder', () => {
  it('tells of a recording and its files once, and of nothing that was there before', () => {
    const { clock, file, have, go, events, types, stop } = setUp()
    go('recording')
    go('paused')
    go('recording')
    have(file('old.mp4', { startedAtMs: clock.now() - 1, condition: 'broken' }), file('a_1.mp4', { condition: 'writing' }), file('a.m3u8', { format: 'hls', condition: 'writing' }))
    have(file('a_1.mp4', { tracks: 'video' }), file('a.m3u8', { format: 'hls', condition: 'writing' }), file('r.mp4', { kind: 'replay' }), file('s.png', { kind: 'snapshot', format: 'png' }))
    have(file('a_1.mp4', { tracks: 'video' }), file('s.png', { kind: 'snapshot', format: 'png' }), file('a_2.flv', { format: 'flv', media: 'main' }), file('a.aac', { format: 'aac', tracks: 'audio', width: null, height: null }))
    go('finishing')
    go('idle')
    expect(types()).toEqual([301, 304, 310, 'snapshot', 310, 310, 302])
    expect(events[2]).toMatchObject({ taskId: `recording-${clock.now()}`, file: { path: '/v/a_1.mp4', format: 'mp4', endedAtMs: clock.now() + 5000, track: 'video', content: 'mix' } })
    expect(events[4]).toMatchObject({ file: { path: '/v/a_2.flv', content: 'main', track: 'audio_video' } })
    expect(events[5]).toMatchObject({ file: { path: '/v/a.aac', track: 'audio' } })
    expect(events[6]).toMatchObject({ why: 'stopped' })
    stop()
    go('recording')
    expect(events).toHaveLength(7)
  })

  it('tells of the first segment of a playlist, once, as soon as the playlist lists one', async () => {
    const { file, have, go, status, texts, events, types } = setUp()
    const writing = (sizeBytes: number) => status.set({ ...status.value, files: [{ format: 'hls', path: 'show/a.m3u8', sizeBytes, durationMs: sizeBytes }] })
    const settled = () => new Promise((resolve) => setImmediate(resolve))
    const head = '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:00010\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-TRTC-START-REC-TIME:1700000000123\n'
    go('recording')
    texts.set('/v/show/a.m3u8', `${head}#EXT-X-ENDLIST\n`)
    writing(1)
    have(file('show/a.m3u8', { format: 'hls', condition: 'writing', tracks: 'audio' }))
    await settled()
    writing(2)
    await settled()
    expect(types()).toEqual([301, 304])
    texts.set('/v/show/a.m3u8', `${head}#EXTINF:00000.500000,\na_20231114.ts\n#EXT-X-ENDLIST\n`)
    writing(3)
    writing(4)
    await settled()
    have(file('show/a.m3u8', { format: 'hls', condition: 'good' }))
    await settled()
    expect(types()).toEqual([301, 304, 307, 310])
    expect(events[2]).toMatchObject({ path: '/v/show/a_20231114.ts', beginMs: 1_700_000_000_123, track: 'audio', taskId: (events[1] as { taskId: string }).taskId })
  })

  it('tells of no segment of what was there before, and of none once it was told to stop', async () => {
    const { clock, file, have, go, texts, types, stop } = setUp()
    for (const name of ['old', 'new']) texts.set(`/v/${name}.m3u8`, '#EXTM3U\na.ts\n')
    have(file('old.m3u8', { format: 'hls', startedAtMs: clock.now() - 1, condition: 'writing' }))
    go('recording')
    have(file('new.m3u8', { format: 'hls', condition: 'writing' }))
    stop()
    await new Promise((resolve) => setImmediate(resolve))
    expect(types()).toEqual([301, 304])
  })

  it('says why it ended or could not begin', () => {
    const { clock, go, events } = setUp()
    go('recording')
    go('idle', { reason: 'recording-idle', atMs: clock.now() })
    go('recording')
    go('idle')
    go('idle', { reason: 'disk-full', atMs: clock.now() + 1 })
    go('recording')
    go('idle', { reason: 'disk-full', atMs: clock.now() + 2 })
    expect(events.map((event) => ('why' in event ? event.why : 'failed' in event && event.failed))).toEqual([false, 'idle', false, 'stopped', true, false, 'failed'])
  })
})
