import { z } from 'zod'

/** One station on the way. */
export interface Hop {
  number: number
  /** Its address; null = it does not answer. */
  ip: string | null
  /** 0 to 1. */
  lossRate: number
  /** The mean, ms; null = it does not answer. */
  rttMs: number | null
}

const MAX_HOPS = 40

const mtrReport = z.object({
  report: z.object({ hubs: z.array(z.object({ host: z.string().max(300), 'Loss%': z.number(), Avg: z.number() })).max(100) }),
})

/** `mtr --json`. null = this is no such report. */
export function hopsInMtr(text: string): Hop[] | null {
  let report: unknown
  try {
    report = JSON.parse(text)
  } catch {
    return null
  }
  const parsed = mtrReport.safeParse(report)
  if (!parsed.success) return null
  return parsed.data.report.hubs.slice(0, MAX_HOPS).map(({ host, 'Loss%': percent, Avg }, at) => {
    const silent = host === '???' || percent >= 100
    return { number: at + 1, ip: host === '???' ? null : host, lossRate: Math.min(1, Math.max(0, percent / 100)), rttMs: silent ? null : Avg }
  })
}

const IP = /(?<![\d.:])((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7})(?![\d.])/i

/**
 * `traceroute -n`, Windows' `tracert -d` and `tracepath -n`: a line for each station that begins with its number; a `*` for each
 * question without an answer. tracepath may tell one station several times, and `no reply` for a silent one.
 */
export function hopsInTrace(text: string): Hop[] {
  const hops = new Map<number, Hop>()
  for (const line of text.split(/\r?\n/)) {
    const [, numberText, rest = ''] = /^\s*(\d{1,2})[?:]*\s+(.*)$/.exec(line) ?? []
    const number = Number(numberText)
    if (numberText === undefined || number < 1 || number > MAX_HOPS || /\[LOCALHOST\]/.test(rest)) continue
    const times = [...rest.matchAll(/(<)?([\d.]+)\s?ms/g)].map(([, , ms]) => Number(ms)).filter((ms) => Number.isFinite(ms))
    const unanswered = (rest.match(/\*/g) ?? []).length + (/no reply/.test(rest) ? 1 : 0)
    const asked = times.length + unanswered
    if (asked === 0 || (hops.get(number)?.rttMs ?? null) !== null) continue
    const rttMs = times.length === 0 ? null : times.reduce((sum, ms) => sum + ms, 0) / times.length
    hops.set(number, { number, ip: times.length === 0 ? null : (IP.exec(rest.replaceAll(/[\d.]+\s?ms/g, ''))?.[1] ?? null), lossRate: unanswered / asked, rttMs })
  }
  return [...hops.values()].toSorted((a, b) => a.number - b.number)
}
