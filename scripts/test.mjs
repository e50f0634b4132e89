/**
 * `npm test`: gets ready, then the gate and the end-to-end tests. Every step runs even when an earlier one failed,
 * so that one run tells everything; the last line on stdout is `N passed, N failed[, N skipped]`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requireNode } from './set-up/node-version.mjs'

requireNode()
const { setUp } = await import('./set-up/set-up.mjs')
const { END_TO_END, endToEnd, gateSteps, runStep } = await import('./gate/steps.mjs')
const { add, passedAgain, playwrightCounts, stepCounts, stolenPercent, summary, vitestCounts } = await import('./gate/counts.mjs')

const ready = await runStep('set-up', () => setUp({ purpose: 'test' }))
process.exitCode = ready === 0 ? await testEverything() : ready

async function testEverything() {
  const folder = mkdtempSync(join(tmpdir(), 'castwright-test-'))
  const before = processorTimes()
  try {
    const unitReport = join(folder, 'unit.json')
    let counts = { passed: 0, failed: 0, skipped: 0 }
    let built = true
    for (const [name, step] of Object.entries(gateSteps({ unitReport }))) {
      const code = await runStep(name, step)
      if (name === 'unit') counts = add(counts, stepCounts(unitReport, vitestCounts, code))
      else if (code !== 0) counts = add(counts, { passed: 0, failed: 1, skipped: 0 })
      if (name === 'build') built = code === 0
    }
    for (const group of built ? END_TO_END : []) {
      const report = join(folder, `end-to-end-${group}.json`)
      const code = await runStep(`end to end, ${group}`, () => endToEnd(group, report))
      counts = add(counts, endToEndCounts(report, code))
    }
    sayStolen(before)
    process.stdout.write(`\n${summary(counts)}\n`)
    return counts.failed === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Tests that needed a further try are named; whether they count is said in counts.mjs. */
function endToEndCounts(file, exitCode) {
  const again = passedAgain(readReport(file))
  if (again.length > 0) process.stdout.write(`\nPassed, but not at the first try:\n${again.map((name) => `  ${name}\n`).join('')}`)
  return stepCounts(file, playwrightCounts, exitCode)
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

/** null where there is no /proc. */
function processorTimes() {
  try {
    return readFileSync('/proc/stat', 'utf8')
  } catch {
    return null
  }
}

function sayStolen(before) {
  const percent = stolenPercent(before, processorTimes())
  if (percent !== null && percent >= 1) process.stdout.write(`\nMeanwhile ${percent.toFixed(0)} % of this computer’s processor time was taken by others on the same hardware.\n`)
}
