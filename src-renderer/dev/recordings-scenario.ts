import type { RecordedFile, RecordedShow } from '@shared/domain/recording.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { FakeBridge, FakeBridgeOptions } from './fake-bridge.ts'

type Arrange = (bridge: FakeBridge, engine: unknown, nowMs: number) => void

const LONG = '第二季度全员大会（现场与线上同步）— Quarterly all-hands with a very long name that somebody pasted from a calendar entry'

function file(path: string, startedAtMs: number, part: Partial<RecordedFile> = {}): RecordedFile {
  return { path, format: 'mp4', kind: 'recording', sizeBytes: 1_840_000_000, durationMs: 5_400_000, startedAtMs, width: 1280, height: 720, condition: 'good', ...part }
}

function shows(nowMs: number): RecordedShow[] {
  const hour = 3_600_000
  const user = '1400_c3R1ZGlv__UserId_s_YW5u__UserId_e'
  return [
    {
      showRunId: 'a', name: 'Physics, Tuesday', startedAtMs: nowMs - hour, files: [
        file('1400_c3R1ZGlv_1.mp4', nowMs - hour), file('1400_c3R1ZGlv_2.mp4', nowMs - hour / 2, { condition: 'writing', durationMs: null, sizeBytes: 412_000_000 }),
        file('1400_c3R1ZGlv.m3u8', nowMs - hour, { format: 'hls', sizeBytes: 2_100_000_000 }), file('replay_20261120.mp4', nowMs - hour / 3, { kind: 'replay', durationMs: 30_000, sizeBytes: 9_800_000 }),
        file('snapshot.png', nowMs - hour / 4, { format: 'png', kind: 'snapshot', durationMs: null, sizeBytes: 812_000 }),
      ],
    },
    {
      showRunId: 'b', name: LONG, startedAtMs: nowMs - 26 * hour, files: [
        file(`lessons/7b/${user}_main_video_1.mp4`, nowMs - 26 * hour, { durationMs: 611_000, sizeBytes: 98_000_000 }), file(`lessons/7b/${user}_main_video_2.mp4`, nowMs - 25.8 * hour, { durationMs: 1_260_000, sizeBytes: 210_000_000 }),
        file(`lessons/7b/${user}_aux_video.mkv`, nowMs - 26 * hour, { format: 'mkv', condition: 'unfinished', sizeBytes: 330_000_000 }), file('YW5u_1700000000000_av.mp4', nowMs - 26 * hour, { kind: 'merged', durationMs: 1_871_000 }),
        file('hall.flv', nowMs - 25 * hour, { format: 'flv', condition: 'broken', durationMs: null, width: null, height: null, sizeBytes: 4096 }),
      ],
    },
    { showRunId: 'other-2026-10-02', name: '', startedAtMs: nowMs - 1200 * hour, files: [file('interview.ts', nowMs - 1200 * hour, { format: 'ts', durationMs: 83_000, sizeBytes: 22_000_000 }), file('interview.aac', nowMs - 1200 * hour, { format: 'aac', kind: 'converted', width: null, height: null, durationMs: 83_000, sizeBytes: 1_300_000 })] },
  ]
}

const arrange: Arrange = (bridge, _engine, nowMs) => {
  bridge.recorded.shows.set(shows(nowMs))
  bridge.recorded.jobs.set([
    { id: 'j1', kind: 'repair', title: 'lessons/7b/1400_c3R1ZGlv__UserId_s_YW5u__UserId_e_aux_video.mkv', progress: 0.62, state: 'running', failure: null, result: [] },
    { id: 'j2', kind: 'join', title: '1400_c3R1ZGlv_joined.mp4', progress: null, state: 'waiting', failure: null, result: [] },
    { id: 'j3', kind: 'convert', title: 'hall.mp4', progress: 0.1, state: 'failed', failure: { reason: 'disk-full', evidence: 'av_interleaved_write_frame(): No space left on device' }, result: [] },
  ])
}

/** Fifty shows of ten files, every other one with long names: what scrolling and narrow windows have to bear. */
const arrangeMany: Arrange = (bridge, _engine, nowMs) => {
  const base = (show: number) => (show % 2 ? '1400_c3R1ZGlv' : `高一物理/2026-autumn/${'c2VjdGlvbiBiIG9mIHRoZSBwaHlzaWNzIGNvdXJzZQ..'.repeat(3)}__UserId_s_YW5uYS5sZW5hLm1hcmlhQGV4YW1wbGUub3Jn__UserId_e_main_video`)
  bridge.recorded.shows.set(Array.from({ length: 50 }, (_, show) => ({
    showRunId: `s${show}`, name: show % 2 ? `Lesson ${50 - show}` : `${LONG} ${50 - show}`, startedAtMs: nowMs - show * 86_400_000,
    files: Array.from({ length: 10 }, (_, each) => file(`lesson-${50 - show}/${base(show)}_${each + 1}.mp4`, nowMs - show * 86_400_000 + each * 5_400_000)),
  })))
}

export const RECORDINGS_SCENARIOS: Readonly<Record<string, { options: FakeBridgeOptions; arrange?: Arrange }>> = {
  recordings: { options: {}, arrange },
  'recordings-empty': { options: {} },
  'recordings-many': { options: {}, arrange: arrangeMany },
  'recordings-refused': {
    options: {},
    arrange: (bridge, engine, nowMs) => {
      arrange(bridge, engine, nowMs)
      bridge.recorded.jobs.set([])
      bridge.recorded.folder.set({ ...bridge.recorded.folder.state, undoable: 3 })
      bridge.recorded.refuseJoin = new StudioError('pieces-differ', 'hall.flv: flv, not mp4')
    },
  },
  'recordings-no-ffmpeg': { options: {}, arrange: (bridge, engine, nowMs) => {
    arrange(bridge, engine, nowMs)
    bridge.recorded.jobs.set([])
    bridge.recorded.folder.set({ ...bridge.recorded.folder.state, hasFfmpeg: false })
  } },
}
