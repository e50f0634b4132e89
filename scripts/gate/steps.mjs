import { join } from 'node:path'
import { ownNode, ROOT, tool } from '../set-up/paths.mjs'
import { run } from '../set-up/run.mjs'
import { buildWhenNeeded } from '../set-up/set-up.mjs'

const node = (script, ...args) => run(ownNode(), [script, ...args], { stdout: 'inherit' })
const inOrder = (...parts) => async () => {
  for (const part of parts) {
    const code = await part()
    if (code !== 0) return code
  }
  return 0
}

/**
 * The gate, in order. `unit` takes the file for vitest's JSON report, or nothing.
 * Every step is `() => Promise<exit code>`.
 */
export function gateSteps({ unitReport = null } = {}) {
  const reporters = unitReport ? ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`] : []
  return {
    types: inOrder(
      () => node(tool('typescript/bin/tsc'), '-p', 'tsconfig.node.json'),
      () => node(tool('vue-tsc/bin/vue-tsc.js'), '-p', 'tsconfig.web.json'),
    ),
    layers: inOrder(
      () => node(tool('dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', '.dependency-cruiser.cjs', 'src-main', 'src-renderer', 'src-shared'),
      () => node(join(ROOT, 'scripts/check-sources.mjs')),
    ),
    lint: () => node(tool('oxlint/bin/oxlint')),
    unit: () => node(tool('vitest/vitest.mjs'), 'run', ...reporters),
    build: () => buildWhenNeeded((sentence) => process.stdout.write(`${sentence}\n`)),
  }
}

/** The end-to-end tests, one group after the other: those that measure times first, while nothing else runs. */
export const END_TO_END = ['alone', 'side-by-side']
export const endToEnd = (group, report) =>
  run(ownNode(), [tool('@playwright/test/cli.js'), 'test', '-c', 'e2e/playwright.config.ts', '--project', group], { stdout: 'inherit', env: { CASTWRIGHT_E2E_REPORT: report } })

/** Runs one step, prints its name before and its duration after. Returns its exit code. */
export async function runStep(name, step) {
  process.stdout.write(`\n── ${name}\n`)
  const startedMs = performance.now()
  const code = await step()
  process.stdout.write(`── ${name}: ${code === 0 ? 'passed' : `FAILED (exit code ${code})`} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`)
  return code
}
