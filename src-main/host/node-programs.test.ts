import { expect, it } from 'vitest'
import { systemClock } from '../base/clock.ts'
import { startNodeProgram } from './browser/node-program.ts'
import type { NodeChild } from './host.ts'
import { NodePrograms } from './node-programs.ts'

/** A program that ends when it is told to by its test or by `stop`. */
function fakeProgram(): NodeChild & { exit(): void; stops: number } {
  const exits: ((code: number | null) => void)[] = []
  const exit = () => {
    for (const handler of exits) handler(0)
  }
  const program = {
    pid: 1,
    stops: 0,
    send() {},
    onMessage() {},
    onExit: (handler: (code: number | null) => void) => void exits.push(handler),
    exit,
    stop() {
      program.stops++
      exit()
      return Promise.resolve()
    },
  }
  return program
}

it('forgets programs that have ended, however often they are started anew', async () => {
  const programs = new NodePrograms()
  const started = Array.from({ length: 100 }, fakeProgram)
  for (const program of started) {
    programs.own(program)
    program.exit()
  }
  const last = fakeProgram()
  programs.own(last)
  expect(programs.count).toBe(1)
  await programs.close()
  expect(programs.count).toBe(0)
  expect([last.stops, started.reduce((sum, each) => sum + each.stops, 0)]).toEqual([1, 0])
})

it('stops what is started after its end', async () => {
  const programs = new NodePrograms()
  await programs.close()
  const late = fakeProgram()
  programs.own(late)
  expect(late.stops).toBe(1)
})

it('forgets a program that could not even be started', async () => {
  const programs = new NodePrograms()
  const program = programs.own(startNodeProgram('x'.repeat(8_000_000), [], systemClock))
  await new Promise((resolve) => program.onExit(resolve))
  expect(programs.count).toBe(0)
})
