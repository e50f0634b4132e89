/** `npm run verify`: types → layers → lint → unit → build, stopping at the first failure. */
import { requireNode } from './set-up/node-version.mjs'

requireNode()
const { setUp } = await import('./set-up/set-up.mjs')
const { gateSteps, runStep } = await import('./gate/steps.mjs')

let code = await setUp({ purpose: 'verify' })
for (const [name, step] of Object.entries(gateSteps())) {
  if (code === 0) code = await runStep(name, step)
}
process.exitCode = code
