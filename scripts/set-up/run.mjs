import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ownEnvironment, ROOT } from './paths.mjs'

/**
 * Runs a program to its end and returns its exit code (128 + signal number when a signal ended it, 127 when it
 * could not be started, 124 after `timeoutMs`). Its output goes to stderr unless `stdout` says `inherit`,
 * because the stdout of `npm start` belongs to the studio's report.
 */
export function run(program, args, { stdout = 'stderr', timeoutMs = 0, env = {}, quiet = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const output = quiet ? ['ignore', 'ignore', 'ignore'] : ['ignore', stdout === 'inherit' ? 'inherit' : process.stderr, 'inherit']
    const child = spawn(program, args, { cwd: ROOT, stdio: output, env: ownEnvironment(env), shell })
    let timedOut = false
    const timer = timeoutMs > 0 && setTimeout(() => { timedOut = true; child.kill('SIGKILL') }, timeoutMs)
    const finish = (code) => {
      if (timer) clearTimeout(timer)
      resolve(code)
    }
    child.on('error', () => finish(127))
    child.on('exit', (code, signal) => finish(timedOut ? 124 : exitCode(code, signal)))
  })
}

/** What a shell would report for a program that ended this way. */
export function exitCode(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0)
}
