import { defineConfig, type ReporterDescription } from '@playwright/test'

/** `npm test` asks for a machine-readable report beside the readable one. */
const report = process.env['CASTWRIGHT_E2E_REPORT']
const reporters: ReporterDescription[] = [['list'], ...(report ? [['json', { outputFile: report }] as ReporterDescription] : [])]

/** What these look at does not depend on how busy the computer is: two of them run at a time. */
const SIDE_BY_SIDE = [
  'ui/**', 'fixtures/**', 'engine/stage.spec.ts', 'engine/device-checks.spec.ts', 'addresses.spec.ts', 'bad-input.spec.ts', 'browser-host.spec.ts', 'hls-output.spec.ts', 'recording-disk.spec.ts', 'recording-kill.spec.ts', 'recordings-page.spec.ts',
  'refusals.spec.ts', 'secrets.spec.ts', 'srt.spec.ts', 'start-modes.spec.ts', 'start.spec.ts', 'two-windows.spec.ts', 'webhooks.spec.ts', 'whep.spec.ts', 'whip-cuts.spec.ts', 'whip-server.spec.ts',
].map((path) => `**/e2e/${path}`)

/** All others measure time and processor load, so one runs at a time, and nothing beside it: `npm test` runs one project after the other. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  tsconfig: '../tsconfig.node.json',
  fullyParallel: false,
  workers: 2,
  projects: [
    { name: 'alone', testIgnore: SIDE_BY_SIDE, workers: 1 },
    { name: 'side-by-side', testMatch: SIDE_BY_SIDE.map((path) => (path.endsWith('**') ? `${path}/*.spec.ts` : path)), workers: 2 },
  ],
  // What judges times and rates meets computers that stand still for a second; `npm test` names what needed it.
  retries: 2,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: reporters,
})
