import type { OutputFigures } from '@shared/domain/output.ts'

/** How texts and numbers are written in the chosen language. */
export interface RowWords {
  t(key: string, values?: Record<string, string | number>): string
  n(value: number, format?: { maximumFractionDigits: number }): string
}

const LIMITS = ['none', 'bandwidth', 'cpu']

/** What a protocol tells beyond the others (WHIP, SRT), as label and value; what is not known has no row. */
export function lineRows(line: OutputFigures['line'], { t, n }: RowWords): [label: string, value: string][] {
  if (!line) return []
  const { lossPercent, retransmits, codec, width, height, fps, limitedBy } = line
  const rows: [string, string][] = []
  if (lossPercent !== null) rows.push([t('destinations.figures.loss'), t('destinations.percent', { n: n(lossPercent, { maximumFractionDigits: 1 }) })])
  if (retransmits !== null) rows.push([t('destinations.figures.retransmits'), n(retransmits)])
  if (width !== null && height !== null) {
    const size = `${width} × ${height}`
    rows.push([t('destinations.figures.picture'), fps === null ? size : t('destinations.sizeAt', { size, fps: n(fps, { maximumFractionDigits: 1 }) })])
  }
  if (codec !== null) rows.push([t('destinations.figures.codec'), codec])
  if (limitedBy !== null) rows.push([t('destinations.figures.limitedBy'), t(`destinations.limits.${LIMITS.includes(limitedBy) ? limitedBy : 'other'}`)])
  return rows
}
