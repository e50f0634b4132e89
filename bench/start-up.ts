import { Studio } from '../e2e/fixtures/studio.ts'
import { TestFolder } from '../e2e/fixtures/shows.ts'
import { until } from '../e2e/fixtures/until.ts'
import { median } from '../e2e/fixtures/stream-check.ts'
import type { Row } from './row.ts'

/** From the start of the program to a page that is connected and composes; the second start with the same data. */
export async function startUp(): Promise<Row[]> {
  const folder = await TestFolder.create()
  const times: number[] = []
  try {
    for (let round = 0; round < 4; round++) {
      const startMs = performance.now()
      const studio = await Studio.start({ dataDir: folder.path, args: ['--to', 'rehearsal'] })
      try {
        await until('the page is connected', () => studio.stderr.includes('program port opened'), { timeoutMs: 30_000, everyMs: 5 })
        if (round > 0) times.push(performance.now() - startMs)
        await studio.end()
      } finally {
        await studio.close()
      }
    }
  } finally {
    await folder.close()
  }
  return [{ what: 'start to a connected page, warm', value: median(times) / 1000, unit: 's', atMost: 3, note: 'without the checks of npm start' }]
}
