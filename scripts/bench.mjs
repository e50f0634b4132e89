/** `npm run bench [-- options]`: gets ready like the tests do, builds, then measures. */
import { requireNode } from './set-up/node-version.mjs'

requireNode()
const { buildWhenNeeded, setUp } = await import('./set-up/set-up.mjs')
const { ownNode } = await import('./set-up/paths.mjs')
const { run } = await import('./set-up/run.mjs')

const say = (sentence) => process.stderr.write(`${sentence}\n`)
process.exitCode =
  (await setUp({ purpose: 'test' })) ||
  (await buildWhenNeeded(say)) ||
  (await run(ownNode(), ['--experimental-transform-types', '--disable-warning=ExperimentalWarning', 'bench/run.ts', ...process.argv.slice(2)], { stdout: 'inherit' }))
