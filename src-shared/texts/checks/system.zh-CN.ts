import type { SameChecks } from './check-text.ts'
import type { SYSTEM_EN } from './system.en.ts'

export const SYSTEM_ZH_CN: SameChecks<typeof SYSTEM_EN> = {
  'system.disk': {
    asks: '录制的磁盘空间够吗？',
    findings: {
      enough: { says: '录制所在磁盘剩余 {freeGb} GB。', advice: '' },
      little: { says: '录制所在磁盘仅剩 {freeGb} GB。', advice: '长时间节目前请清理空间，或录制到其他磁盘。' },
      none: { says: '录制所在磁盘几乎没有空间：{freeGb} GB。', advice: '请清理空间，或录制到其他磁盘。' },
    },
  },
}
