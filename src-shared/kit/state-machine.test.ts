import { describe, expect, it } from 'vitest'
import { OUTPUT_MOVES, OUTPUT_STATES, type OutputState } from '../domain/output.ts'
import { StateMachine } from './state-machine.ts'

const states = Object.keys(OUTPUT_STATES) as OutputState[]
const legal = new Set([
  'idle→connecting', 'connecting→running', 'connecting→failed', 'connecting→disconnecting', 'running→recovering', 'running→disconnecting',
  'recovering→running', 'recovering→failed', 'recovering→disconnecting', 'failed→connecting', 'failed→idle', 'failed→disconnecting', 'disconnecting→idle',
])

describe('StateMachine', () => {
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('an output goes %s → %s only where that is legal', (from, to) => {
    const changes: string[] = []
    const machine = new StateMachine('output', OUTPUT_MOVES, from, (next, last) => changes.push(`${last}→${next}`))
    if (legal.has(`${from}→${to}`)) {
      machine.to(to)
      expect(machine.state).toBe(to)
      expect(changes).toEqual([`${from}→${to}`])
    } else {
      expect(() => machine.to(to)).toThrow(`output: ${from} → ${to} is not a legal change of state`)
      expect(machine.state).toBe(from)
      expect(changes).toEqual([])
    }
  })

  it('numbers the states as listeners know them', () => {
    expect(OUTPUT_STATES).toEqual({ idle: 0, connecting: 1, running: 2, recovering: 3, failed: 4, disconnecting: 5 })
  })
})
