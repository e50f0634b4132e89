import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { bundledFfmpeg } from './dependencies.mjs'
import { findBrowser, findNginx, findNginxModule, hasChineseFont, onPath } from './find.mjs'
import { installCommand, missingNeeds, NEEDS, packageManager, packagesFor } from './needs.mjs'
import { run } from './run.mjs'

/** What is there now. A few dozen questions to the file system, no program is started. */
export function lookAround(root) {
  return {
    browser: findBrowser() !== null,
    ffmpeg: bundledFfmpeg(root) !== null || onPath(['ffmpeg']) !== null,
    chineseFont: hasChineseFont(),
    ffprobe: onPath(['ffprobe']) !== null,
    openssl: onPath(['openssl']) !== null,
    nginxRtmp: findNginx() !== null && findNginxModule('ngx_rtmp_module.so') !== null && findNginxModule('ngx_stream_module.so') !== null,
    janus: onPath(['janus']) !== null,
    coturn: onPath(['turnserver']) !== null,
  }
}

/**
 * Gets what is missing for `purpose`, or says how to. On Debian's family as root it is installed; elsewhere the
 * command is printed. `dispensable` names needs that something else covers. `tell(key, sentence)` says a sentence once.
 * Returns false when the studio cannot go on without the user.
 */
export async function provide({ root, purpose, dispensable = [], say, tell }) {
  const isMissing = () => missingNeeds(purpose, lookAround(root)).filter((name) => !dispensable.includes(name))
  let missing = isMissing()
  if (missing.length === 0) return true

  const manager = packageManager(process.platform, readOsRelease(), (program) => onPath([program]) !== null)
  const isRoot = process.getuid?.() === 0
  if (manager === 'apt' && isRoot) {
    const packages = packagesFor(manager, missing)
    say(`Installing system packages with apt, as this is Debian or Ubuntu and you are root: ${packages.join(', ')}.`)
    const code = await installWithApt(packages)
    if (code !== 0) say(`apt ended with code ${code}.`)
    missing = isMissing()
  }

  const hard = missing.filter((name) => NEEDS[name].without === null)
  const commandFor = (names) => installCommand(manager, packagesFor(manager, names), { root: isRoot })
  if (hard.length > 0) {
    say(`Missing: ${hard.map((name) => NEEDS[name].what).join(', ')}.`)
    const command = commandFor(missing)
    say(command ? `Install with this command, then start again:\n\n  ${command}\n` : 'Install it from its own site, then start again.')
    if (hard.includes('browser')) say('An installed browser in another place is found through the variable CASTWRIGHT_BROWSER.')
    return false
  }
  for (const name of missing) {
    const command = commandFor([name])
    tell(`missing-${name}`, `Not found: ${NEEDS[name].what}; ${NEEDS[name].without}${command ? ` To get it: ${command}` : ''}`)
  }
  return true
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}

/** Debian's way to say "install, but start no service": nginx is a test tool here and must not listen on port 80. */
const POLICY_FILE = '/usr/sbin/policy-rc.d'

async function installWithApt(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const ownPolicy = !existsSync(POLICY_FILE)
  if (ownPolicy) writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const updated = await run('apt-get', ['update', '-q'], { env })
    if (updated !== 0) return updated
    const install = (names) => run('apt-get', ['install', '-y', '-q', '-o', 'Dpkg::Use-Pty=0', '--no-install-recommends', ...names], { env })
    let installed = await install(packages)
    // One name that this release does not know fails them all (Ubuntu has no `chromium` of its own): then each by itself.
    if (installed !== 0 && packages.length > 1) {
      for (const name of packages) if ((await install([name])) === 0) installed = 0
    }
    if (installed === 0 && packages.includes('nginx') && existsSync('/run/systemd/system')) {
      await run('systemctl', ['disable', '--now', 'nginx'], { quiet: true })
    }
    return installed
  } finally {
    if (ownPolicy) rmSync(POLICY_FILE, { force: true })
  }
}
