import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import type { RecordingSettings } from '@shared/domain/recording.ts'
import { DISK_RESERVE_BYTES, WARN_BELOW_MINUTES } from '../../recording/disk-watch.ts'
import { SHOW_CHECK_MS, type ShowCheckParts } from './show-check-parts.ts'

/** Minutes of recording that there should be room for: below the first a usual show may not fit, below the second the recorder warns at once. */
const MINUTES = { warn: 60, fail: WARN_BELOW_MINUTES, worse: 'below' } as const

/** Whether the recording of the show fits, when there will be one. */
export const showDisk = ({ recording, recordingsFolder, freeBytes, show }: Pick<ShowCheckParts, 'recording' | 'recordingsFolder' | 'freeBytes' | 'show'>) =>
  diagnostic({
    name: 'show.disk',
    group: 'show',
    uses: 'nothing',
    timeoutMs: SHOW_CHECK_MS,
    async perform() {
      const { wanted, settings } = recording()
      if (!wanted) return { status: 'skipped', code: 'not-recording' }
      return judgeRoom(await freeBytes(recordingsFolder()), bytesPerMinute(settings, show().encoding))
    },
  })

/** What all files of a recording grow by: every stream in every format, at the rate that is set. */
export function bytesPerMinute({ streams, formats, content }: Pick<RecordingSettings, 'streams' | 'formats' | 'content'>, { videoKbps, audioKbps }: Pick<Encoding, 'videoKbps' | 'audioKbps'>): number {
  const kbpsOf = (format: RecordingSettings['formats'][number]): number =>
    (content === 'audio' || format === 'aac' ? 0 : videoKbps) + (content === 'video' && format !== 'aac' ? 0 : audioKbps)
  return (streams.length * formats.reduce((sum, format) => sum + kbpsOf(format), 0) * 1000 * 60) / 8
}

export function judgeRoom(freeBytes: number, perMinute: number): FindingOf<'show.disk'> {
  const minutes = Math.floor(Math.max(0, freeBytes - DISK_RESERVE_BYTES) / perMinute)
  const status = minutes < MINUTES.fail ? 'fail' : minutes < MINUTES.warn ? 'warn' : 'pass'
  return {
    status,
    code: ({ pass: 'enough', warn: 'little', fail: 'none' } as const)[status],
    params: { minutes, hours: Math.floor(minutes / 60), freeGb: Math.round(freeBytes / 1e8) / 10 }, value: minutes, unit: 'min', threshold: MINUTES,
    ...(status !== 'pass' && { actions: ['free-disk'] }),
  }
}
