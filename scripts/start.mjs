/** `npm start [-- options]`: gets ready when needed, then runs the studio in Electron or in an installed browser. */
import { spawn } from 'node:child_process'
import { requireNode } from './set-up/node-version.mjs'

requireNode()
const { setUp } = await import('./set-up/set-up.mjs')
const { askedHost, chooseHost } = await import('./set-up/choose-host.mjs')
const { electronBinary } = await import('./set-up/electron.mjs')
const { hasDisplay } = await import('./set-up/find.mjs')
const { ownEnvironment, ownNode, ROOT } = await import('./set-up/paths.mjs')
const { exitCode } = await import('./set-up/run.mjs')

const options = process.argv.slice(2)
const asked = askedHost(options)
process.exitCode = (await setUp({ purpose: 'start', host: asked })) || (await startStudio())

function startStudio() {
  const binary = electronBinary(ROOT)
  const { host, why } = chooseHost({ asked, binary, display: hasDisplay() })
  // stdout belongs to the studio: `--report -` writes JSON there.
  process.stderr.write(`${why}\n`)
  if (host === null) return 2
  const [program, args] = host === 'electron' ? [binary, ['.', ...options]] : [ownNode(), ['--enable-source-maps', 'out/main/serve.js', ...options]]
  // Chromium's sandbox cannot be set up by root on Linux; this is Electron's own variable for that.
  const asRoot = host === 'electron' && process.platform === 'linux' && process.getuid?.() === 0
  return runStudio(program, args, ownEnvironment(asRoot ? { ELECTRON_DISABLE_SANDBOX: '1' } : {}))
}

/** Runs the studio in the foreground, passes signals on, and returns its exit code. */
function runStudio(program, args, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', env })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      // Ctrl-C in a terminal reaches the studio directly, as it does every program in the foreground.
      process.on(signal, () => { if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal) })
    }
    child.on('error', (error) => {
      process.stderr.write(`The studio could not be started: ${error.message}\n`)
      resolve(1)
    })
    child.on('exit', (code, signal) => resolve(exitCode(code, signal)))
  })
}
