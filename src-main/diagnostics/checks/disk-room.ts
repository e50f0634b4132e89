import { diagnostic } from '@shared/diagnostics/diagnostic.ts'
import type { MainCheckParts } from '../main-check-parts.ts'

/** GB free where recordings go; the limits of OBS Studio's statistics. */
const WARN_GB = 5
const FAIL_GB = 1

export const diskRoom = ({ recordingsFolder, freeBytes }: Pick<MainCheckParts, 'recordingsFolder' | 'freeBytes'>) =>
  diagnostic({
    name: 'system.disk',
    group: 'system',
    uses: 'disk',
    timeoutMs: 5000,
    async perform() {
      const freeGb = Math.round((await freeBytes(recordingsFolder())) / 1e8) / 10
      const status = freeGb < FAIL_GB ? 'fail' : freeGb < WARN_GB ? 'warn' : 'pass'
      return {
        status,
        code: ({ pass: 'enough', warn: 'little', fail: 'none' } as const)[status],
        params: { freeGb }, value: freeGb, unit: 'GB', threshold: { warn: WARN_GB, fail: FAIL_GB, worse: 'below' },
        ...(status !== 'pass' && { actions: ['free-disk'] }),
      }
    },
  })
