/**
 * `npm test`: gets ready, then the gate and the end-to-end tests. Every step runs even when an earlier one failed,
 * so that one run tells everything; the last line on stdout is `N passed, N failed[, N skipped]`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requireNode } from './set-up/node-version.mjs'

requireNode()
const { setUp } = await import('./set-up/set-up.mjs')
const { endToEnd, gateSteps, runStep } = await import('./gate/steps.mjs')
const { add, playwrightCounts, stepCounts, summary, vitestCounts } = await import('./gate/counts.mjs')

const ready = await runStep('set-up', () => setUp({ purpose: 'test' }))
process.exitCode = ready === 0 ? await testEverything() : ready

async function testEverything() {
  const folder = mkdtempSync(join(tmpdir(), 'castwright-test-'))
  try {
    const unitReport = join(folder, 'unit.json')
    const endToEndReport = join(folder, 'end-to-end.json')
    let counts = { passed: 0, failed: 0, skipped: 0 }
    let built = true
    for (const [name, step] of Object.entries(gateSteps({ unitReport }))) {
      const code = await runStep(name, step)
      if (name === 'unit') counts = add(counts, stepCounts(unitReport, vitestCounts, code))
      else if (code !== 0) counts = add(counts, { passed: 0, failed: 1, skipped: 0 })
      if (name === 'build') built = code === 0
    }
    if (built) {
      const code = await runStep('end to end', () => endToEnd(endToEndReport))
      counts = add(counts, stepCounts(endToEndReport, playwrightCounts, code))
    }
    process.stdout.write(`\n${summary(counts)}\n`)
    return counts.failed === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
