/** One line of the table: a measured figure, and the bar that it has to hold (none = for comparison only). */
export interface Row {
  what: string
  value: number
  unit: string
  /** The value must not be above this. */
  atMost?: number
  note?: string
}

export const holds = ({ value, atMost }: Row): boolean => atMost === undefined || value <= atMost

export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.what,
    `${format(row.value)} ${row.unit}`,
    row.atMost === undefined ? '' : `≤ ${format(row.atMost)} ${row.unit}`,
    row.atMost === undefined ? '' : holds(row) ? 'holds' : 'FAILS',
    row.note ?? '',
  ])
  const head = ['what', 'measured', 'bar', '', 'note']
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.map(line)].join('\n')
}

const format = (value: number): string => String(Math.round(value * 100) / 100)
