import type { CheckState, Finding } from '@shared/domain/diagnostics.ts'
import type { CheckName } from '@shared/texts/checks/checks.en.ts'
import type { Bridge } from '../bridge/bridge.types.ts'

type Answer = <T>(call: string, input: unknown, answer: () => T) => Promise<T>

type Findings = Readonly<Partial<Record<CheckName, Finding>>>

/** As a look before a show finds it where all is well. */
export const ALL_WELL: Findings = {
  'show.sources': { status: 'pass', code: 'good', params: { n: 3 } },
  'show.sound': { status: 'pass', code: 'good', params: { names: 'USB Podcast Microphone' } },
  'show.destinations': { status: 'pass', code: 'good', params: { n: 2 } },
  'show.expiry': { status: 'skipped', code: 'none' },
  'show.disk': { status: 'skipped', code: 'not-recording' },
  'show.processor': { status: 'pass', code: 'good', params: { percent: 23 } },
  'show.clock': { status: 'pass', code: 'good' },
  'show.encoder': { status: 'pass', code: 'good', params: { name: 'h264 main (software)' } },
}

/** A look before the show that finds at once what it is told to find. */
export class FakePreflight {
  findings: Findings = ALL_WELL
  find: () => Findings = () => this.findings
  /** Answers wait for this. */
  hold: Promise<unknown> | null = null

  client(answer: Answer): Bridge['preflight'] {
    return {
      check: async (input) => {
        const report = await answer('check', input, () => ({ checks: Object.entries(this.find()).map(([name, finding]) => stateOf(name, finding)), durationMs: 620 }))
        await this.hold
        return report
      },
      watch: () => () => {},
    }
  }
}

const stateOf = (name: string, finding: Finding): CheckState => ({ name, group: 'show', status: finding.status, progress: 1, finding, startedAtMs: 0, durationMs: 120 })
