/** What a WHIP server sends after an ICE restart (RFC 8840), made of a whole answer. */
export function fragmentOf(answer: string): string {
  const lines = answer.split(/\r?\n/)
  const first = lines.findIndex((line) => line.startsWith('m='))
  const second = lines.findIndex((line, at) => at > first && line.startsWith('m='))
  const media = lines.slice(first, second < 0 ? undefined : second)
  const ice = media.filter((line) => /^a=ice-(ufrag|pwd):/.test(line))
  return [...ice, media[0], 'a=mid:0', ...media.filter((line) => /^a=(candidate|end-of-candidates)/.test(line)), ''].join('\r\n')
}
