import type { FindingText, RunnerCode } from './check-text.ts'

export const RUNNER_ZH_CN: Readonly<Record<RunnerCode, FindingText>> = {
  'timed-out': { says: '检查未能按时完成。', advice: '请重试；若仍如此，说明被检查的对象没有响应。' },
  cancelled: { says: '检查已取消。', advice: '' },
  'page-gone': { says: '执行此检查的窗口不存在。', advice: '请打开演播室窗口后重试。' },
  failed: { says: '检查无法进行。', advice: '请重试，并将报告发给协助你的人。' },
}
