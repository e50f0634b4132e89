import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT, tool } from './set-up/paths.mjs'

const CONFIGURATION = join(ROOT, '.dependency-cruiser.cjs')

/** One offence against each rule: the rule, the file, and what it imports. */
const OFFENCES = [
  ['no-circles', 'src-main/broadcast/figures.ts', './session.ts'],
  ['no-missing-import', 'src-main/cli/options.ts', './gone.ts'],
  ['shared-imports-only-shared', 'src-shared/domain/scene.ts', '../../src-main/base/clock.ts'],
  ['shared-imports-only-shared', 'src-shared/domain/source.ts', 'node:fs'],
  ['kit-imports-nothing', 'src-shared/kit/machine.ts', '../domain/show.ts'],
  ['domain-before-contracts', 'src-shared/domain/show-edits.ts', '../contracts/shows.ts'],
  ['texts-know-no-contracts', 'src-shared/texts/reasons.ts', '../contracts/shows.ts'],
  ['main-knows-no-page', 'src-main/report/report.ts', '../../src-renderer/engine/draw.ts'],
  ['page-knows-no-main', 'src-renderer/stores/live.ts', '../../src-main/base/clock.ts'],
  ['page-has-no-node', 'src-renderer/stores/file.ts', 'node:fs'],
  ['electron-in-its-host-only', 'src-main/settings/paths.ts', 'electron'],
  ['electron-in-its-host-only', 'src-main/host/browser/window.ts', 'electron'],
  ['hosts-do-not-know-each-other', 'src-main/host/browser/shell.ts', '../electron/dialogs.ts'],
  ['only-roots-know-a-host', 'src-main/report/versions.ts', '../host/electron/dialogs.ts'],
  ['base-stands-on-nothing', 'src-main/base/scope.ts', '../bus/bus.ts'],
  ['only-the-root-is-above', 'src-main/rehearsal/server.ts', '../studio.ts'],
  ['program-knows-no-later-stage', 'src-main/program/intake.ts', '../outputs/output.ts'],
  ['bus-knows-no-outputs', 'src-main/bus/queue.ts', '../outputs/output.ts'],
  ['outputs-know-no-session', 'src-main/outputs/runner.ts', '../settings/store.ts'],
  ['engine-knows-no-vue', 'src-renderer/engine/compositor.ts', 'vue'],
  ['engine-knows-no-vue', 'src-renderer/engine/mixer.ts', '../stores/sound.ts'],
  ['stores-know-no-views', 'src-renderer/stores/panels.ts', '../views/Stage.vue'],
  ['one-file-spawns', 'src-main/process/ffmpeg.ts', 'node:child_process'],
  ['tests-are-not-imported', 'src-main/settings/helper.ts', './store.test.ts'],
  ['fakes-are-for-tests', 'src-main/settings/times.ts', '../base/fake-clock.ts'],
  ['what-ships-is-a-dependency', 'src-main/settings/tool.ts', 'a-dev-tool'],
]

/** Imports that look like offences but are how it should be. */
const LEGAL = [
  ['src-main/host/electron/app.ts', 'electron'],
  ['src-main/main.ts', 'electron'],
  ['src-main/process/child.ts', 'node:child_process'],
  ['src-main/process/child.test.ts', 'node:child_process'],
  ['src-main/outputs/rtmp.ts', '../bus/bus.ts'],
  ['src-main/studio.ts', './outputs/output.ts'],
  ['src-main/run-studio.ts', './studio.ts'],
  ['src-main/outputs/output-history.ts', '../rpc/topic.ts'],
  ['src-main/rpc/both-ends.test.ts', '../../src-renderer/engine/draw.ts'],
  ['src-main/base/keep-alive.test.ts', './fake-clock.ts'],
  ['src-renderer/stores/view-model.ts', 'vue'],
  ['src-shared/contracts/live.ts', '../domain/show.ts'],
]

const OTHERS = [
  'src-main/base/clock.ts', 'src-main/base/fake-clock.ts', 'src-main/bus/bus.ts', 'src-main/outputs/output.ts',
  'src-main/settings/store.ts', 'src-main/settings/store.test.ts', 'src-main/host/electron/dialogs.ts', 'src-renderer/engine/draw.ts',
  'src-renderer/stores/sound.ts', 'src-shared/domain/show.ts', 'src-shared/contracts/shows.ts', 'src-main/rpc/topic.ts',
]

let root
let violations

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'castwright-layers-'))
  const put = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  put('package.json', JSON.stringify({ type: 'module', dependencies: { vue: '*' }, devDependencies: { 'a-dev-tool': '*', electron: '*' } }))
  for (const name of ['vue', 'electron', 'a-dev-tool']) {
    put(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    put(`node_modules/${name}/index.js`, 'module.exports = { it: 1 }')
  }
  const imports = (to) => `import { it } from '${to}'\nexport const its = it\n`
  for (const path of OTHERS) put(path, 'export const it = 1\n')
  put('src-renderer/views/Stage.vue', '<script setup lang="ts">\nconst a = 1\n</script>\n<template><p>{{ a }}</p></template>\n')
  for (const [path, to] of LEGAL) put(path, imports(to))
  for (const [, path, to] of OFFENCES) put(path, imports(to))
  put('src-main/broadcast/session.ts', imports('./figures.ts'))

  const cruiser = tool('dependency-cruiser/bin/dependency-cruiser.mjs')
  const { stdout, stderr } = spawnSync(process.execPath, [cruiser, '--config', CONFIGURATION, '--output-type', 'json', 'src-main', 'src-renderer', 'src-shared'], {
    cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
  })
  if (!stdout.startsWith('{')) throw new Error(stderr)
  violations = JSON.parse(stdout).summary.violations.map(({ rule, from }) => `${rule.name} ${from}`)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('the layers', () => {
  it.each(OFFENCES)('%s: %s must not import %s', (rule, path) => {
    expect(violations).toContain(`${rule} ${path}`)
  })

  it.each(LEGAL)('%s may import %s', (path) => {
    expect(violations.filter((each) => each.endsWith(` ${path}`))).toEqual([])
  })

  it('have no rule that nothing provokes', () => {
    const { forbidden } = createRequire(import.meta.url)(CONFIGURATION)
    expect(new Set(OFFENCES.map(([rule]) => rule))).toEqual(new Set(forbidden.map(({ name }) => name)))
  })
})
