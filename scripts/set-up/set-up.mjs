import { build, buildState } from './build.mjs'
import { bundledFfmpeg, dependenciesState, installDependencies, isBorrowed } from './dependencies.mjs'
import { downloadElectron, electronBinary, electronVersion, shouldDownload } from './electron.mjs'
import { hasDisplay, onPath } from './find.mjs'
import { ROOT, STAMP_FILE } from './paths.mjs'
import { readStamp, writeStamp } from './stamp.mjs'
import { provide } from './system.mjs'

/**
 * Makes this checkout ready and returns 0, or the exit code with which to stop: 2 when the user must install something,
 * else that of the step that failed. Does nothing, quickly, when everything is ready. Everything it says goes to stderr.
 *
 * `purpose`: `verify` needs the packages only; `start` also a build, a browser or Electron, and FFmpeg; `test` also the real
 * servers, but builds by itself later. `host` is what the user asked for, if anything.
 */
export async function setUp({ purpose, host = null }) {
  const say = (sentence) => process.stderr.write(`${sentence}\n`)
  let stamp = readStamp(STAMP_FILE)
  const keep = (part) => {
    stamp = { ...stamp, ...part }
    writeStamp(STAMP_FILE, stamp)
  }
  const tell = (key, sentence) => {
    if (stamp.told?.includes(key)) return
    say(sentence)
    keep({ told: [...(stamp.told ?? []), key] })
  }

  const dependencies = dependenciesState(ROOT, stamp.dependencies)
  if (!dependencies.installed) {
    const code = await installDependencies(ROOT, say)
    if (code !== 0) {
      if (!isBorrowed(ROOT)) say(`npm ci ended with code ${code}; its last lines say why. Nothing else was changed.`)
      return code
    }
    stamp = {}
  }
  if (stamp.dependencies !== dependencies.now) keep({ dependencies: dependencies.now })
  if (purpose === 'verify') return 0

  const electron = await provideElectron({ purpose, host, stamp, say, keep, tell })
  const electronWillDo = electron && hasDisplay() && host !== 'browser' && purpose === 'start'
  if (!(await provide({ root: ROOT, purpose: purpose === 'start' ? 'start' : 'test', dispensable: electronWillDo ? ['browser'] : [], say, tell }))) return 2
  if (bundledFfmpeg(ROOT) === null && onPath(['ffmpeg']) !== null) {
    tell('ffmpeg-static', 'The FFmpeg that comes with the packages could not be downloaded; the one installed on this computer is used and nothing is lost.')
  }
  return purpose === 'test' ? 0 : buildWhenNeeded(say)
}

/** Builds when the sources differ from what `out/` was made of. Returns 0 or the build's exit code. */
export async function buildWhenNeeded(say = () => {}) {
  const before = readStamp(STAMP_FILE)
  const state = buildState(ROOT, before.build)
  if (!state.built) {
    say('Building the studio; this happens when its sources have changed.')
    const code = await build()
    if (code !== 0) return code
  }
  if (before.build !== state.now) writeStamp(STAMP_FILE, { ...before, build: state.now })
  return 0
}

async function provideElectron({ purpose, host, stamp, say, keep, tell }) {
  const binary = electronBinary(ROOT)
  const version = electronVersion(ROOT)
  const usable = host !== 'browser' && (hasDisplay() || (purpose === 'test' && onPath(['xvfb-run']) !== null))
  if (!shouldDownload({ binary, version, remembered: stamp.electron, usable, wish: process.env.CASTWRIGHT_ELECTRON })) return binary !== null
  const arrived = await downloadElectron(ROOT, say)
  keep({ electron: { version, arrived } })
  if (!arrived) {
    tell('electron', 'Electron could not be downloaded; the studio works the same in an installed browser (CASTWRIGHT_ELECTRON=retry tries the download again).')
  }
  return arrived
}
