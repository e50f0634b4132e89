import { defineConfig, type ReporterDescription } from '@playwright/test'

/** `npm test` asks for a machine-readable report beside the readable one. */
const report = process.env['CASTWRIGHT_E2E_REPORT']
const reporters: ReporterDescription[] = [['list'], ...(report ? [['json', { outputFile: report }] as ReporterDescription] : [])]

/** End-to-end tests measure time and processor load, so one runs at a time. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  tsconfig: '../tsconfig.node.json',
  fullyParallel: false,
  workers: 1,
  // What judges times and rates meets computers that stand still for a second; `npm test` names what needed it.
  retries: 2,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: reporters,
})
