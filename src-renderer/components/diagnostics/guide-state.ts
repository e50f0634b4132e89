import { computed } from 'vue'
import type { CheckState } from '@shared/domain/diagnostics.ts'
import { useDiagnosticsStore } from '../../stores/diagnostics-store.ts'
import { GUIDE, type GuideStep, ownChecks, type Standing, stepStanding, verdictOf } from './guide.ts'

/** How the guide stands: each step by its checks, and all of them together. */
export function useGuideState() {
  const diagnostics = useDiagnosticsStore()
  const step = computed<GuideStep>(() => GUIDE.find(({ id }) => id === diagnostics.stepId) ?? GUIDE[0]!)
  const statesOf = (names: readonly string[]): CheckState[] => diagnostics.all.filter(({ name }) => names.includes(name)).toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
  const isTried = (each: GuideStep): boolean => statesOf(ownChecks(each)).some(({ status }) => status !== 'pending')
  const standings = computed(() => new Map(GUIDE.map((each) => [each.id, stepStanding(each, statesOf([...(isTried(each) ? each.checks : ownChecks(each)), ...each.extras]), isInRun)] as const)))
  const isInRun = ({ name }: CheckState): boolean => diagnostics.run.running && diagnostics.run.checks.some((each) => each.name === name)
  const untried = computed(() => GUIDE.filter((each) => each.id !== 'verdict' && (!isTried(each) || (each.decides !== undefined && standingOfStep(each.id) === 'skipped'))))
  const verdict = computed(() => verdictOf(diagnostics.all, untried.value.length))
  const standingOfStep = (id: GuideStep['id']): Standing => standings.value.get(id) ?? 'untried'

  function go(by: 1 | -1): void {
    const next = GUIDE[GUIDE.indexOf(step.value) + by]
    if (next) diagnostics.stepId = next.id
  }

  return { step, statesOf, isTried, standingOfStep, isInRun, untried, verdict, go }
}
