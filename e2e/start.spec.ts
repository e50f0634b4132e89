import { expect, test } from '@playwright/test'
import { join } from 'node:path'
import { electronMissing } from './fixtures/electron.ts'
import { OwnProcess } from './fixtures/own-process.ts'
import { descendants, stillRunning } from './fixtures/process-table.ts'
import { TestFolder } from './fixtures/shows.ts'
import { ROOT, type Report } from './fixtures/studio.ts'
import { sleep, until } from './fixtures/until.ts'

/** What `npm start` and `npm run demo` do, by the script that they call. */

let folder: TestFolder
test.beforeEach(async () => { folder = await TestFolder.create() })
test.afterEach(() => folder.close())

function start(...options: string[]): { own: OwnProcess; out: { stdout: string; stderr: string } } {
  const out = { stdout: '', stderr: '' }
  const own = new OwnProcess(process.execPath, [join(ROOT, 'scripts/start.mjs'), '--data-dir', folder.file('data'), ...options], {
    cwd: ROOT,
    onStdout: (text) => { out.stdout += text },
    onStderr: (text) => { out.stderr += text },
  })
  return { own, out }
}

test('the demo rehearses and prints a report, and nothing else, on stdout', async () => {
  const { own, out } = start('--headless', '--fake-devices', '--to', 'rehearsal', '--for', '8', '--report', '-')
  try {
    expect((await own.ended).code).toBe(0)
    const report = JSON.parse(out.stdout) as Report
    expect(report.video.framesEncoded).toBeGreaterThan(200)
    expect(report.outputs).toHaveLength(1)
    expect(report.outputs[0]).toMatchObject({ kind: 'rehearsal', connects: 1, gaps: [] })
    expect(report.outputs[0]?.finalState).toBe('running')
    expect(report.outputs[0]?.bytesSent).toBeGreaterThan(100_000)
    expect(report.outputs[0]?.firstMediaMs).toBeLessThanOrEqual(1500)
    expect(out.stderr).toMatch(/^Castwright runs in .+\.$/m)
  } finally {
    await own.stop()
  }
})

test('a signal ends the studio and everything below it, by way of the start script', async () => {
  const { own, out } = start('--headless', '--fake-devices', '--to', 'rehearsal', '--host', 'browser')
  try {
    await until('the show is on', () => out.stderr.includes('output running'), { timeoutMs: 30_000 })
    // A show of less than a second has not been seen to work, and counts as failed.
    await sleep(2000)
    expect(descendants(own.pid).some(({ command }) => command.includes('--type=renderer'))).toBe(true)
    const below = descendants(own.pid)
    process.kill(own.pid, 'SIGTERM')
    expect((await own.ended).code).toBe(0)
    await until('everything has ended', () => stillRunning(below).length === 0, { timeoutMs: 5000 })
    expect(out.stdout).toBe('')
  } finally {
    await own.stop()
  }
})

test('a wrong call comes through with its exit code', async () => {
  const { own, out } = start('--nonsense')
  expect((await own.ended).code).toBe(2)
  expect(out.stderr).toContain('--nonsense')
})

test('Electron that is asked for and not there is a sentence, not a crash', async () => {
  test.skip(electronMissing === null, 'Electron is installed here')
  const { own, out } = start('--host', 'electron')
  expect((await own.ended).code).toBe(2)
  expect(out.stderr).toContain('CASTWRIGHT_ELECTRON=retry')
})
