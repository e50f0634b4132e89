import type { z } from 'zod'

/** The first thing that is wrong with some data, in plain words: `scenes › 1 › items › 3 › width: …`. Counts from one. */
export function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0]
  if (!issue) return 'something in it is wrong'
  const place = issue.path.map((part) => (typeof part === 'number' ? String(part + 1) : String(part))).join(' › ')
  const said = issue.message.charAt(0).toLowerCase() + issue.message.slice(1)
  return place ? `${place}: ${said}` : said
}
