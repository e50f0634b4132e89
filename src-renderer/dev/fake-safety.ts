import type { SafeStartState } from '@shared/contracts/safe-start.ts'
import type { LogLine } from '@shared/contracts/logs.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import { Topic } from './topic.ts'

type Answer = <T>(call: string, input: unknown, answer: () => T) => Promise<T>

const LEVELS = ['debug', 'info', 'warn', 'error'] as const

/** What a studio remembers of the one before and writes of itself, both open to be set. */
export class FakeSafety {
  readonly state = new Topic<SafeStartState>({ safe: false, suggestSafe: false, uncleanEnd: null })
  /** Oldest first. */
  lines: LogLine[] = []

  safeStart(answer: Answer): Bridge['safeStart'] {
    return {
      answer: (input) => answer('answer', input, () => this.state.set({ ...this.state.state, safe: input.how === 'safe', uncleanEnd: null })),
      startSources: (input) => answer('startSources', input, () => this.state.set({ ...this.state.state, safe: false })),
      watch: (_topic, onState) => this.state.watch(onState as never),
    }
  }

  logs(answer: Answer): Bridge['logs'] {
    return {
      tail: (input) =>
        answer('tail', input, () => {
          const end = input.before === null ? this.lines.length : this.lines.findIndex(({ id }) => id === input.before)
          const found = this.lines.slice(0, end).filter(({ level, message, more }) => LEVELS.indexOf(level) >= LEVELS.indexOf(input.level) && `${message} ${more}`.toLowerCase().includes(input.text.toLowerCase()))
          const lines = found.slice(-input.limit)
          return { lines, before: found.length > lines.length ? (lines[0]?.id ?? null) : null }
        }),
      reveal: (input) => answer('reveal', input, () => {}),
      watch: () => () => {},
    }
  }
}
