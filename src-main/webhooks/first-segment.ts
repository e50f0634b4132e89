/** The first segment that a recording's playlist lists, and when its first frame was (wall time, ms); null while it lists none. Pure. */
export function firstSegmentIn(playlist: string): { name: string; beginMs: number | null } | null {
  const lines = playlist.split('\n').map((line) => line.trim())
  const name = lines.find((line) => line !== '' && !line.startsWith('#'))
  if (name === undefined) return null
  const began = /^#EXT-X-TRTC-START-REC-TIME:(\d+)$/
  const beginMs = lines.flatMap((line) => began.exec(line)?.[1] ?? [])[0]
  return { name, beginMs: beginMs === undefined ? null : Number(beginMs) }
}
