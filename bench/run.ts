import { congestion } from './congestion.ts'
import { drag } from './drag.ts'
import { goLive, pageReload, serverBack, soundAgainstPicture } from './back-again.ts'
import { load } from './load.ts'
import { memory } from './memory.ts'
import { recording } from './recording.ts'
import { holds, type Row, table } from './row.ts'
import { scenes, switches } from './scenes.ts'
import { secondCanvas } from './second-canvas.ts'
import { singles } from './singles.ts'
import { startUp } from './start-up.ts'
import { whip } from './whip.ts'

/**
 * `npm run bench [-- NAME ...]`: measures the table of docs/benchmarks.md on this computer. Without names everything but
 * `memory`, which takes an hour (`memory=MINUTES` for another length, `second-canvas=ROUNDS`), and `switches` (ten thousand of
 * scenes, seven minutes; `switches=COUNT`). Exit code 1 when a bar does not hold.
 */
const BENCHES: Readonly<Record<string, (value: string) => Promise<Row[]>>> = {
  load, 'start-up': startUp, 'go-live': goLive, 'server-back': serverBack, 'page-reload': pageReload, sync: soundAgainstPicture, whip, congestion, singles, 'second-canvas': (rounds) => secondCanvas(Number(rounds) || undefined), recording, drag, scenes, switches,
  memory: (minutes) => memory(Number(minutes || 60)),
}

const asked = process.argv.slice(2)
const unknown = asked.find((each) => !Object.hasOwn(BENCHES, each.split('=')[0] ?? ''))
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}. There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}

const rows: Row[] = []
for (const each of asked.length > 0 ? asked : Object.keys(BENCHES).filter((name) => name !== 'memory' && name !== 'switches')) {
  const [name = '', value = ''] = each.split('=')
  console.error(`… ${name}`)
  rows.push(...((await BENCHES[name]?.(value)) ?? []))
}
console.log(table(rows))
process.exitCode = rows.every(holds) ? 0 : 1
