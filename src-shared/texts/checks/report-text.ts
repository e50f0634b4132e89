import type { CheckStatus } from '../../domain/diagnostics.ts'
import type { DiagnosticReport } from '../../domain/diagnostic-report.ts'
import { type CheckLanguage, findingText, questionOf } from './finding-text.ts'

interface ReportWords {
  title: string
  made: string
  redacted: string
  computer: string
  result: string
  found: string
  none: string
  status: Record<CheckStatus, string>
}

const WORDS: Record<CheckLanguage, ReportWords> = {
  en: {
    title: 'Castwright: what was checked', made: 'Made', redacted: 'Names of devices and people, addresses and paths were left out.', computer: 'Castwright and computer', result: 'Result', found: 'What was found', none: 'Nothing was checked.',
    status: { pass: 'good', warn: 'take care', fail: 'wrong', error: 'could not be checked', skipped: 'left out', running: 'still running', pending: 'not begun' },
  },
  'zh-CN': {
    title: 'Castwright 检查报告', made: '生成时间', redacted: '已去除设备名、人名、地址和路径。', computer: 'Castwright 与电脑', result: '结果', found: '检查内容', none: '没有检查任何项目。',
    status: { pass: '正常', warn: '注意', fail: '有问题', error: '无法检查', skipped: '已跳过', running: '进行中', pending: '未开始' },
  },
}

const WORST_FIRST: readonly CheckStatus[] = ['fail', 'error', 'warn', 'pass', 'skipped', 'running', 'pending']

/** A report as a page to read, in Markdown. What it quotes cannot become markup: it may come from anybody. */
export function reportText(report: DiagnosticReport, language: CheckLanguage): string {
  const words = WORDS[language]
  const { app, summary } = report
  const versions = Object.entries(app.versions).map(([name, version]) => `${name} ${version}`)
  const counts = WORST_FIRST.flatMap((status) => (summary.counts[status] ? [`${words.status[status]} ${summary.counts[status]}`] : []))
  const results = WORST_FIRST.flatMap((status) => report.results.filter((each) => each.status === status))
  const lines = [
    `# ${words.title}`,
    '',
    `${words.made}: ${report.createdAt}`,
    ...(report.redacted ? [words.redacted] : []),
    `${words.computer}: ${quoted([`Castwright ${app.version}`, app.host, app.platform, app.arch, app.locale, ...versions].join(', '))}`,
    `${words.result}: **${words.status[summary.status]}**${counts.length > 0 ? ` (${counts.join(', ')})` : ''}`,
    '',
    `## ${words.found}`,
    '',
    ...(results.length === 0 ? [words.none] : []),
    ...results.map(({ name, status, finding }) => {
      const { says, advice } = findingText(name, finding ?? { code: status }, language)
      return `- **${words.status[status]}** ${quoted(questionOf(name, language))} ${quoted(says)}${advice ? ` ${quoted(advice)}` : ''}${finding?.evidence ? ` (${quoted(finding.evidence)})` : ''}`
    }),
  ]
  return `${lines.join('\n')}\n`
}

/** On one line, without what Markdown or HTML would act upon. */
const quoted = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').replace(/[\\`*_<>[\]#|]/g, (sign) => `\\${sign}`)
