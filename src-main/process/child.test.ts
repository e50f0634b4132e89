import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../base/clock.ts'
import { type Child, type ChildResult, type ChildSpec, startChild } from './child.ts'

/** Starts a small Node program. Grace times are short so that stubborn ones are seen through quickly. */
function program(source: string, spec: Partial<ChildSpec> = {}): Child {
  return startChild(
    { command: process.execPath, args: ['-e', source], stdin: 'pipe', stdout: 'pipe', endOfInputGraceMs: 300, terminateGraceMs: 300, ...spec },
    systemClock,
  )
}

/** Resolves with the first text that the child writes. */
const firstOutput = (child: Child): Promise<string> =>
  new Promise((resolve) => child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim())))

/** A process that has ended counts as such even while nobody has collected it (containers without an init). */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('a child', () => {
  it('that ends by itself tells its code, time and last words', async () => {
    const result = await program(`process.stderr.write('no such thing'); process.exitCode = 3`).done
    expect(result).toMatchObject({ spawned: true, code: 3, signal: null, stopped: false, killed: false, stderrTail: 'no such thing' })
    expect(result.ranMs).toBeGreaterThan(0)
  })

  it('that does not exist is told in the same shape', async () => {
    const child = startChild({ command: '/nonexistent/program', args: [] }, systemClock)
    expect(await child.done).toMatchObject({ spawned: false, code: null, signal: null, stopped: false, killed: false })
    expect((await child.done).stderrTail).toContain('ENOENT')
    expect(await child.stop()).toMatchObject({ spawned: false, stopped: false })
  })

  it('that the system refuses at once is told in the same shape', async () => {
    // Longer than any system takes: the refusal comes while the program is being started, not as an event.
    const child = startChild({ command: process.execPath, args: ['x'.repeat(8_000_000)], messages: true }, systemClock)
    expect(await child.done).toMatchObject({ spawned: false, code: null, stopped: false, killed: false })
    expect((await child.done).stderrTail).toMatch(/E2BIG|ENAMETOOLONG/)
    child.send('nobody hears it')
    expect(await child.stop()).toMatchObject({ spawned: false })
  })

  it.skipIf(process.platform === 'win32')('that there is no file handle for is told in the same shape', async () => {
    const modules = [new URL('child.ts', import.meta.url), new URL('../base/clock.ts', import.meta.url)].map((url) => JSON.stringify(url.href))
    const source = `
      const { startChild } = await import(${modules[0]})
      const { systemClock } = await import(${modules[1]})
      const { openSync, closeSync } = await import('node:fs')
      const start = () => startChild({ command: 'true', args: [], stdin: 'pipe', stdout: 'pipe', messages: true, extraPipes: 0 }, systemClock)
      await start().done
      const handles = []
      try { for (;;) handles.push(openSync('/dev/null')) } catch {}
      const child = start()
      const result = await child.done
      await child.stop()
      for (const handle of handles) closeSync(handle)
      console.log(JSON.stringify(result))`
    const shell = startChild(
      { command: '/bin/sh', args: ['-c', 'ulimit -n 100; exec "$0" --input-type=module -e "$1"', process.execPath, source], stdout: 'pipe' },
      systemClock,
    )
    const result = JSON.parse(await firstOutput(shell)) as ChildResult
    expect(result).toMatchObject({ spawned: false, code: null, signal: null, stopped: false })
    expect(result.stderrTail).toContain('file handle')
    expect((await shell.done).code).toBe(0)
  })

  it('that heeds the end of its input ends by itself', async () => {
    const child = program(`process.stdin.resume().on('end', () => process.exit(0)); console.log('up')`)
    await firstOutput(child)
    expect(await child.stop()).toMatchObject({ code: 0, stopped: true, killed: false })
  })

  it('gets its farewell before the end of its input', async () => {
    const child = program(`let text = ''; process.stdin.on('data', (d) => (text += d)).on('end', () => process.exit(text === 'q' ? 7 : 1)); console.log('up')`, { farewell: 'q' })
    await firstOutput(child)
    expect((await child.stop()).code).toBe(7)
  })

  it('that ignores its input gets SIGTERM', async () => {
    const child = program(`setInterval(() => {}, 1000); console.log('up')`)
    await firstOutput(child)
    expect(await child.stop()).toMatchObject({ code: null, signal: 'SIGTERM', stopped: true, killed: false })
  })

  it('that ignores SIGTERM is killed', async () => {
    const child = program(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')`)
    await firstOutput(child)
    expect(await child.stop()).toMatchObject({ code: null, signal: 'SIGKILL', stopped: true, killed: true })
  })

  it('that hangs is killed although its loop never turns', async () => {
    const child = program(`console.log('up'); process.on('SIGTERM', () => {}); for (;;) {}`)
    await firstOutput(child)
    expect(await child.stop()).toMatchObject({ signal: 'SIGKILL', killed: true })
  })

  it('that floods stderr neither blocks nor fills the memory', async () => {
    const result = await program(`const line = 'x'.repeat(1023) + '\\n'; for (let i = 0; i < 20000; i++) require('fs').writeSync(2, line); require('fs').writeSync(2, 'last')`).done
    expect(result.code).toBe(0)
    expect(result.stderrTail.length).toBe(8 * 1024)
    expect(result.stderrTail.endsWith('last')).toBe(true)
  })

  it('takes its grandchildren with it, stubborn ones too', async () => {
    const child = program(`
      const grandchild = require('child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: 'inherit' })
      console.log(grandchild.pid); process.stdin.resume().on('end', () => process.exit(0))`)
    const pid = Number(await firstOutput(child))
    expect(isRunning(pid)).toBe(true)
    expect(await child.stop()).toMatchObject({ code: 0, stopped: true })
    await until(() => !isRunning(pid))
  })

  it('leaves no grandchild behind when it crashes', async () => {
    const child = program(`
      const grandchild = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
      console.log(grandchild.pid); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50)`)
    const pid = Number(await firstOutput(child))
    expect(await child.done).toMatchObject({ signal: 'SIGKILL', stopped: false, killed: false })
    await until(() => !isRunning(pid))
  })

  it('is stopped once, however often it is told', async () => {
    const child = program(`process.stdin.resume().on('end', () => process.exit(0)); console.log('up')`)
    await firstOutput(child)
    const [first, second] = await Promise.all([child.stop(), child.stop()])
    expect(first).toBe(second)
    expect(await child.stop()).toBe(first)
  })

  it('talks in messages, and ends when the studio lets go of it', async () => {
    const child = program(`process.on('message', (m) => process.send({ echo: m })); process.on('disconnect', () => process.exit(5)); process.send('up')`, { messages: true, stdin: 'ignore' })
    const received: unknown[] = []
    child.onMessage((message) => received.push(message))
    await until(() => received.length === 1)
    child.send({ n: 1 })
    await until(() => received.length === 2)
    expect(received).toEqual(['up', { echo: { n: 1 } }])
    expect(await child.stop()).toMatchObject({ code: 5, killed: false })
  })

  it('has further pipes where it was asked for them', async () => {
    const child = program(`const fs = require('fs'); fs.createReadStream(null, { fd: 3 }).on('data', (d) => fs.writeSync(4, d.toString().toUpperCase())).on('end', () => {})`, { extraPipes: 2, stdin: 'ignore' })
    const answer = new Promise<string>((resolve) => child.pipes[1]?.once('data', (data: Buffer) => resolve(data.toString())))
    child.pipes[0]?.write('hello')
    expect(await answer).toBe('HELLO')
    await child.stop()
  })

  it('lasts exactly as long as the input grace before SIGTERM', async () => {
    const child = program(`setInterval(() => {}, 1000); console.log('up')`, { endOfInputGraceMs: 120 })
    await firstOutput(child)
    const before = systemClock.monotonicMs()
    await child.stop()
    expect(systemClock.monotonicMs() - before).toBeGreaterThanOrEqual(115)
  })
})
