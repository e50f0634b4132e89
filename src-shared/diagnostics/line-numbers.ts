/** null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The mean difference from each round trip to the next, ms; null of fewer than two. */
export function jitterOf(rttsMs: readonly number[]): number | null {
  if (rttsMs.length < 2) return null
  let sum = 0
  for (let i = 1; i < rttsMs.length; i++) sum += Math.abs(rttsMs[i]! - rttsMs[i - 1]!)
  return sum / (rttsMs.length - 1)
}

/** What was sent, what came there and what came back, as shares that were lost; each null when it cannot be told. */
export function lossRates({ sent, there, back }: { sent: number; there: number | null; back: number }): { up: number | null; down: number | null } {
  // Nothing at all came back: datagrams are held up somewhere, which is another thing than a lossy line.
  if (sent === 0 || back === 0) return { up: null, down: null }
  // What came back has been there, whatever the server says.
  const arrived = there === null ? null : Math.min(sent, Math.max(there, back))
  return arrived === null ? { up: null, down: null } : { up: 1 - arrived / sent, down: 1 - back / arrived }
}
